// A Service of type LoadBalancer that an ALB already stands in front of.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<std::uint32_t> told;
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.service.found() || !group.to_gateway()) continue;
    const Service service(*group.service.target);
    if (service.type().equals("LoadBalancer") != Truth::yes || service->origin == Origin::known || !told.insert(service->id).second)
      continue;
    const bool ip = group.target_type.is("ip");
    const bool written = service->origin == Origin::manifest;
    Finding finding = report.at(service, service.type_node(),
                                format("gateway Service `{}` brings a load balancer of its own beside the ALB", service->name));
    finding.label(written ? "a second entry" : "the installation's default is LoadBalancer, a second entry");
    finding.note(group.backend.path.service(), "this ALB Ingress sends to it");
    // Instance targets need node ports; the controller can take ip targets from any type.
    if (written)
      finding.fix(format("set the type to {}", ip ? "ClusterIP" : "NodePort"), service.type_node(), ip ? "ClusterIP" : "NodePort",
                  Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule service_extra_load_balancer = {
    .info =
        {.id = "service-extra-load-balancer",
         .summary = "a gateway Service of type LoadBalancer stands behind an ALB too",
         .docs =
             "Istio's gateways are of type LoadBalancer unless told otherwise. Behind an ALB Ingress that makes a second load balancer, "
             "a Classic one or an NLB, which leads past the ALB's certificate, WAF and authentication.\n\n"
             "Use `ClusterIP` with `target-type: ip`, or `NodePort` with instance targets. In an IstioOperator the type stands at "
             "`components.ingressGateways[].k8s.service.type` or `values.gateways.istio-ingressgateway.type`.",
         .effect = "a second load balancer is made and paid for, and requests through it bypass the ALB's WAF and TLS policy",
         .source = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2213; istio.io gateway installation",
         .severity = Severity::warning,
         .group = Group::security,
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
