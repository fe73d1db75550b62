// A certificate in a Secret, for a Gateway that becomes a load balancer of AWS.
#include "graph/gateway_class.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) {
    if (!is_aws_gateway_controller(controller_of(graph, gateway))) continue;
    const Lookup found = graph.find(*gateway, Kind::gateway_class, "", gateway.class_name().str());
    for (yaml::Node listener : gateway.listeners()) {
      const yaml::Node references = listener["tls"]["certificateRefs"];
      if (references.size() == 0) continue;
      report.at_key(*gateway, references, "the load balancer does not read `certificateRefs`")
          .note(found.target->spec()["controllerName"], "this class makes load balancers of AWS");
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_alb_certificate_ignored = {
    .info = {.id = "gatewayapi-alb-certificate-ignored",
             .summary = "a Gateway that becomes a load balancer of AWS names certificates in Secrets",
             .docs =
                 "For the classes of the AWS Load Balancer Controller certificates come from ACM: those of `listenerConfigurations` in the "
                 "LoadBalancerConfiguration, or found by the host names of listeners and routes.",
             .effect = "the Secret's certificate is not served; without one in ACM the listener is not made",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/",
             .severity = Severity::warning,
             .applies = {Component::controller, {2, 13}},
             .ineffective = true},
    .reads = {Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
