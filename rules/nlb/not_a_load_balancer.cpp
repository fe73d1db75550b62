// Settings of a load balancer on a Service that has none.
#include "model/aws/nlb.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const Service service(resource);
  if (service->opaque || service->patched || service.type().is_unknown()) return;
  const std::string_view type = service.type().value_or("ClusterIP");
  if (type == "LoadBalancer") return;
  const auto of_class = text_of(service.spec()["loadBalancerClass"]);
  if (of_class.is_known()) {
    report.at(service, of_class.node(), format("`loadBalancerClass` on a Service of type `{}`", shorten(type, 24)))
        .effect("the API server refuses the Service")
        .note(service.type_node() ? service.type_node() : service->name_node(), "it is no LoadBalancer");
    return;
  }
  // The controller makes load balancers for node ports too, where `aws-load-balancer-type` says so.
  if (type == "NodePort" || type == "ExternalName") return;
  for (const nlb::ServiceAnnotation& annotation : nlb::annotations_of(resource)) {
    if (!annotation.suffix.starts_with("aws-load-balancer-")) continue;
    report.at_key(resource, annotation.value, format("annotations for a load balancer on a Service of type `{}`", shorten(type, 24)))
        .severity(Severity::warning)
        .note(service.type_node() ? service.type_node() : service->name_node(), "it is no LoadBalancer");
    return;
  }
}

}  // namespace

extern constinit const Rule nlb_not_a_load_balancer = {
    .info =
        {.id = "nlb-not-a-load-balancer",
         .summary = "a Service that is no LoadBalancer says how AWS makes its load balancer",
         .docs =
             "`loadBalancerClass` is allowed on Services of type LoadBalancer only. Annotations `aws-load-balancer-*` are read on "
             "Services of type LoadBalancer, and on NodePort ones that the controller is told to take; on a ClusterIP Service, which is "
             "what a Service without `type` is, nobody reads them.",
         .effect = "no load balancer is made",
         .source = "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class; "
                   "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/",
         .severity = Severity::error},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
