// An annotation of a Service that looks like one of AWS's, but nobody reads it.
#include "model/aws/nlb.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::optional<std::string_view> meant(std::string_view suffix) {
  std::vector<std::string_view> names;
  for (const aws::Annotation& annotation : nlb::annotations()) names.push_back(annotation.suffix);
  const auto near = nearest(suffix, names);
  return near && !near->ends_with('.') ? near : std::nullopt;
}

void check_one(const Resource& resource, Report& report) {
  for (const nlb::ServiceAnnotation& annotation : nlb::annotations_of(resource)) {
    if (annotation.row != nullptr) continue;
    Finding finding = report.at_key(resource, annotation.value,
                                    format("annotation `{}` is none that AWS's controllers read", shorten(annotation.suffix, 60)));
    const auto name = meant(annotation.suffix);
    if (!name || nlb::annotations_for_service(resource)[std::string(nlb::prefix) + std::string(*name)]) continue;
    if (auto edit = rename_key(annotation.value, std::string(nlb::prefix) + std::string(*name)))
      finding.fix(format("change it to `{}`", *name), {*edit}, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule nlb_annotation_unknown = {
    .info =
        {.id = "nlb-annotation-unknown",
         .summary = "a Service carries an annotation for AWS's load balancers that no controller reads",
         .docs =
             "Annotations that begin with `service.beta.kubernetes.io/aws-load-balancer-` are compared with the references of the AWS Load "
             "Balancer Controller and of the cloud provider inside Kubernetes.",
         .effect = "the annotation is ignored without a word; what it was to set keeps its default",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
         .severity = Severity::warning,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Kind::k8s_gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
