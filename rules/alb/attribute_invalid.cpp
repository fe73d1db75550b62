// Attributes of a load balancer or target group that AWS does not have, or not with this value.
#include "model/aws/annotations.h"
#include "model/aws/attributes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::pair<std::string_view, aws::AttributeOf> annotations[] = {
    {"load-balancer-attributes", aws::AttributeOf::application_load_balancer},
    {"frontend-nlb-attributes", aws::AttributeOf::network_load_balancer},
    {"target-group-attributes", aws::AttributeOf::application_target_group}};

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const auto& [suffix, of] : annotations) {
      const AlbAnnotation* annotation = annotated.find(suffix);
      if (annotation == nullptr || !annotation->text().is_known()) continue;
      for (const aws::AttributeFault& fault : aws::attribute_faults(of, *annotation->text())) {
        const yaml::Node value = annotation->value;
        Finding finding = report.at(*annotated.resource, value, value.part_span(fault.pair.begin, fault.pair.end), fault.text);
        finding.target(fault.key);
        if (fault.unheard) finding.severity(Severity::warning);
        const Span key = value.part_span(fault.pair.begin, fault.pair.begin + fault.key.size());
        // Escapes would make the key another length.
        if (fault.meant && fault.pair.text.starts_with(fault.key) && key.size() == fault.key.size())
          finding.fix(format("change it to `{}`", *fault.meant), std::vector<Edit>{{key, std::string(*fault.meant)}}, Safety::unsafe);
      }
    }
  }
}

}  // namespace

extern constinit const Rule alb_attribute_invalid = {
    .info = {.id = "alb-attribute-invalid",
             .summary = "an attribute of an ALB or its target group does not exist or cannot have this value",
             .docs = "`load-balancer-attributes`, `frontend-nlb-attributes` and `target-group-attributes` are handed to AWS as they are. "
                     "Keys and values are compared with "
                     "the Elastic Load Balancing API's reference; a key that resembles none of it may be newer than the table and is a "
                     "warning.",
             .effect = "AWS refuses the request; the controller stops with FailedDeployModel",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
