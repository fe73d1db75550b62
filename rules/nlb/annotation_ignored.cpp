// An annotation that the one who makes the load balancer does not read.
#include "model/aws/nlb.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_by_controller(nlb::Maker maker) { return maker == nlb::Maker::controller || maker == nlb::Maker::auto_mode; }

/// The words of a Classic load balancer: an NLB does not speak HTTP.
bool is_classic_protocol(const nlb::ServiceAnnotation& annotation) {
  const std::string folded = lower(annotation.value.str());
  return annotation.suffix == "aws-load-balancer-backend-protocol" && (folded == "http" || folded == "https");
}

void check_one(const Resource& resource, Report& report) {
  const nlb::Maker maker = nlb::maker_of(Service(resource));
  const bool classic = maker == nlb::Maker::either;
  if (!classic && !is_by_controller(maker) && maker != nlb::Maker::in_tree) return;
  for (const nlb::ServiceAnnotation& annotation : nlb::annotations_of(resource)) {
    if (annotation.row == nullptr) continue;
    const bool only_in_tree = annotation.row->reader == aws::Reader::in_tree || is_classic_protocol(annotation);
    const std::string_view name = annotation.suffix;
    if (only_in_tree && is_by_controller(maker)) {
      report.at_key(resource, annotation.value, format("`{}` is for Classic load balancers; this one is an NLB", name));
    } else if (only_in_tree && classic) {
      report.at_key(resource, annotation.value, format("`{}` holds for a Classic load balancer only", name))
          .severity(Severity::info)
          .effect("where the AWS Load Balancer Controller is installed the Service gets an NLB, and the annotation does nothing");
    } else if (annotation.row->reader == aws::Reader::controller && maker == nlb::Maker::in_tree) {
      report.at_key(resource, annotation.value, format("`{}` is read by the AWS Load Balancer Controller only", name))
          .note(nlb::annotation(resource, "type").node(), "`nlb` leaves the load balancer to the cloud provider")
          .effect("ignored, unless the controller's webhook took the Service over when it was created");
    }
  }
}

}  // namespace

extern constinit const Rule nlb_annotation_ignored = {
    .info = {.id = "nlb-annotation-ignored",
             .summary = "a Service carries an annotation that the controller which makes its load balancer does not read",
             .docs =
                 "The cloud provider inside Kubernetes makes Classic load balancers and, with `aws-load-balancer-type: nlb`, NLBs; the AWS "
                 "Load Balancer Controller makes NLBs. Idle timeout, connection draining and the protocols `http` and `https` exist for "
                 "Classic ones only; `scheme`, `nlb-target-type`, attributes and others are the controller's.\n\nInfo where nothing says "
                 "who makes it.",
             .effect = "the annotation does nothing: timeouts, protocols or the scheme are not those that are written",
             .source =
                 "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#legacy-cloud-provider",
             .severity = Severity::warning,
             .ineffective = true},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
