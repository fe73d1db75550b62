// A host whose domain is surely a slip for that of the others.
#include "graph/host_domains.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  const HostDomains domains(graph);
  for (const Ingress& ingress : graph.linted<Ingress>()) {
    for (yaml::Node rule : ingress.rules()) {
      const auto host = text_of(rule["host"]);
      if (!host.is_known()) continue;
      const std::string_view domain = domain_of(*host);
      const auto meant = domains.meant_by(domain);
      if (!meant) continue;
      const std::string right = std::string((*host).substr(0, (*host).size() - domain.size())) + std::string(meant->domain);
      report.at(ingress, host.node(), format("no other host is in `{}`, which resembles `{}`", domain, meant->domain))
          .note(meant->example, "several are in this domain")
          .fix(format("change it to `{}`", right), host.node(), right, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule ingress_host_misspelt = {
    .info = {.id = "ingress-host-misspelt",
             .summary = "the domain of an Ingress host is a slip for the domain of other hosts",
             .docs = "Hosts of Ingresses, VirtualServices, Gateways and routes are compared by what follows their first label. Told where "
                     "two letters are swapped, or one inside a word is missing or doubled, against a domain that several hosts are in, "
                     "and nothing else is in the domain itself.",
             .effect = "requests for the host that was meant get 404 from the load balancer",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards",
             .severity = Severity::warning,
             .fixes = FixPolicy::always},
    .reads = {Kind::ingress, Kind::virtual_service, Kind::gateway, Kind::http_route, Kind::grpc_route},
    .check = check,
};

}  // namespace hop::rules
