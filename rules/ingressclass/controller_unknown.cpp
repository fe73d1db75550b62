// A class whose controller is almost that of an ALB.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view controllers[] = {alb::controller, alb::auto_mode_controller};

bool is_of_aws(std::string_view controller) {
  const std::string_view group = controller.substr(0, controller.find('/'));
  return group.ends_with("k8s.aws") || group.ends_with("amazonaws.com");
}

void check_one(const Resource& resource, Report& report) {
  const auto controller = IngressClass(resource).controller();
  if (!controller.is_known()) return;
  for (std::string_view known : controllers) {
    if (*controller == known) return;
  }
  const auto near = nearest(*controller, controllers);
  if (!near && !is_of_aws(*controller)) return;
  Finding finding = report.at(resource, controller.node(), format("controller `{}` is none of AWS's", shorten(*controller, 60)));
  const std::string_view meant = near.value_or(controllers[0]);
  finding.fix(format("change it to `{}`", meant), controller.node(), meant, Safety::unsafe);
}

}  // namespace

extern constinit const Rule ingressclass_controller_unknown = {
    .info = {.id = "ingressclass-controller-unknown",
             .summary = "an IngressClass names a controller of AWS that does not exist",
             .docs =
                 "The AWS Load Balancer Controller answers to `ingress.k8s.aws/alb`, EKS Auto Mode to `eks.amazonaws.com/alb`, letter for "
                 "letter. Names that belong to AWS or are a slip away are reported; other controllers' names are their own business.",
             .effect = "no controller takes the Ingresses of this class; no load balancer is made",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/",
             .severity = Severity::error,
             .fixes = FixPolicy::always},
    .reads = {Kind::ingress_class},
    .check_one = check_one,
};

}  // namespace hop::rules
