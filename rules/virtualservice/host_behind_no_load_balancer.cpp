// A VirtualService host that the load balancer in front of its gateway does not let through.
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the host would be if its domain were that of the Ingress host: `a.x.internal` behind `*.x.private` is `a.x.private`.
std::string in_domain_of(std::string_view host, std::string_view ingress_host) {
  const std::size_t dot = host.find('.');
  return is_wildcard(ingress_host) && dot != std::string_view::npos ? std::string(host.substr(0, dot)) + std::string(ingress_host.substr(1))
                                                                    : std::string(ingress_host);
}

void check(const Graph& graph, Report& report) {
  for (const UnreachableHost& found : graph.unreachable_hosts()) {
    const std::string_view host = found.host.str();
    Finding finding =
        report.at(*found.virtual_service, found.host, format("no load balancer in front of its gateway lets host `{}` through", host));
    finding.note(found.nearest,
                 found.near ? "the ALB lets this host through" : "the ALB in front of the gateway lets only such hosts through");
    if (!found.near && !graph.world().complete) finding.severity(found.other_entry ? Severity::info : Severity::warning);
    if (found.near) {
      const std::string meant = in_domain_of(host, found.nearest.str());
      finding.fix(format("change it to `{}`", meant), found.host, meant, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_host_behind_no_load_balancer = {
    .info = {.id = "virtualservice-host-behind-no-load-balancer",
             .summary = "a VirtualService serves a host that no ALB Ingress in front of its gateway lets through",
             .docs =
                 "Where every way into a gateway that is among the manifests is an ALB Ingress, a VirtualService on it can serve only "
                 "hosts that "
                 "one of the Ingress rules matches. A host that differs from such a rule in one part only, like `….internal` for "
                 "`….private`, is an error; any other one a warning, or info if the gateway's Service is a load balancer of its own.\n\n"
                 "Stays silent where an Ingress rule has no host or the Ingress has a default backend.",
             .effect = "the ALB answers 404 and the request never reaches the gateway",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html#host-conditions",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::routing},
    .check = check,
};

}  // namespace hop::rules
