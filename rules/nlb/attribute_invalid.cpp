// Attributes of a Service's load balancer or target groups that AWS does not have, or not with this value.
#include "model/aws/attributes.h"
#include "model/aws/nlb.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::optional<aws::AttributeOf> attributes_in(std::string_view suffix) {
  if (suffix == "aws-load-balancer-attributes") return aws::AttributeOf::network_load_balancer;
  if (suffix.starts_with("aws-load-balancer-target-group-attributes")) return aws::AttributeOf::network_target_group;
  return std::nullopt;
}

void check_one(const Resource& resource, Report& report) {
  const nlb::Maker maker = nlb::maker_of(Service(resource));
  const bool surely = maker == nlb::Maker::controller || maker == nlb::Maker::auto_mode;
  if (!surely && maker != nlb::Maker::in_tree && maker != nlb::Maker::either) return;
  for (const nlb::ServiceAnnotation& annotation : nlb::annotations_of(resource)) {
    const auto of = attributes_in(annotation.suffix);
    if (!of || !text_of(annotation.value).is_known()) continue;
    for (const aws::AttributeFault& fault : aws::attribute_faults(*of, annotation.value.str())) {
      const Span place = annotation.value.part_span(fault.pair.begin, fault.pair.end);
      Finding finding = report.at(resource, annotation.value, place, fault.text);
      finding.target(fault.key);
      if (fault.unheard || !surely) finding.severity(Severity::warning);
      if (fault.meant) finding.label(format("`{}`?", *fault.meant));
    }
  }
}

}  // namespace

extern constinit const Rule nlb_attribute_invalid = {
    .info =
        {.id = "nlb-attribute-invalid",
         .summary = "an attribute of a Service's NLB or its target groups does not exist or cannot have this value",
         .docs =
             "`aws-load-balancer-attributes` and `aws-load-balancer-target-group-attributes` are handed to AWS as they are. Keys and "
             "values "
             "are compared with the Elastic Load Balancing API's reference; a key that resembles none of it may be newer than the table "
             "and is a warning.\n\nAn error where the AWS Load Balancer Controller surely makes the load balancer.",
         .effect = "AWS refuses the request; the controller stops with FailedDeployModel",
         .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
         .severity = Severity::error},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
