// A load balancer class that looks like one of AWS and is none.
#include "model/aws/nlb.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view classes[] = {"service.k8s.aws/nlb", "eks.amazonaws.com/nlb"};

void check_one(const Resource& resource, Report& report) {
  const Service service(resource);
  const auto of_class = text_of(service.spec()["loadBalancerClass"]);
  if (!of_class.is_known() || nlb::maker_of(service) != nlb::Maker::other) return;
  const auto meant = nearest(*of_class, classes);
  if (!meant) return;
  report.at(service, of_class.node(), format("no controller of AWS has the load balancer class `{}`", shorten(*of_class, 40)))
      .fix(format("change it to `{}`", *meant), of_class.node(), *meant, Safety::unsafe);
}

}  // namespace

extern constinit const Rule nlb_class_unknown = {
    .info = {.id = "nlb-class-unknown",
             .summary = "a Service's load balancer class is a slip away from one of AWS",
             .docs = "The AWS Load Balancer Controller takes Services of class `service.k8s.aws/nlb`, EKS Auto Mode those of "
                     "`eks.amazonaws.com/nlb`. Classes that resemble neither belong to somebody else and are left alone.",
             .effect = "nobody makes the load balancer: the Service waits for its address for ever",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/#configuration",
             .severity = Severity::error,
             .fixes = FixPolicy::always},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
