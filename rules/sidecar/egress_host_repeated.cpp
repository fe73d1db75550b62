// Egress hosts that others already bring in.
#include "model/host.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Host {
  std::string_view ns, name;
  yaml::Node node;
};

/// Whether everything that `narrow` brings in `wide` brings in, too.
bool covers(const Host& wide, const Host& narrow) {
  return (wide.ns == "*" || wide.ns == narrow.ns) && (wide.name == "*" || wide.name == narrow.name);
}

/// The namespace that `.` stands for; "." where it differs from one to the next: a Sidecar of the root namespace holds for all of them.
std::string_view own_namespace(const Graph& graph, const Sidecar& sidecar) {
  const bool everywhere = sidecar->ns == graph.root_namespace() && !sidecar.selects_workloads();
  return sidecar->ns.empty() || everywhere ? "." : sidecar->ns;
}

void check_listener(const Resource& resource, std::string_view own, yaml::Node listener, Report& report) {
  constexpr std::size_t compared = 200;  // every pair is looked at
  std::vector<Host> hosts;
  for (yaml::Node node : listener["hosts"].items()) {
    const auto text = text_of(node);
    const GatewayHost host = gateway_host(text.value_or(""));
    if (!text.is_known() || host.ns.empty() || host.ns.starts_with('~') || hosts.size() == compared) continue;
    hosts.push_back({host.ns == "." ? own : host.ns, host.host, node});
  }
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    for (std::size_t k = 0; k < hosts.size(); ++k) {
      const bool twin = covers(hosts[i], hosts[k]) && k < i;
      if (i == k || !covers(hosts[k], hosts[i]) || (!twin && covers(hosts[i], hosts[k]))) continue;
      report.at(resource, hosts[i].node, format("`{}` brings in what `{}` brings in anyway", hosts[i].node.str(), hosts[k].node.str()))
          .alias("IST0133")
          .note(hosts[k].node, "the wider one");
      break;
    }
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const std::string_view own = own_namespace(graph, Sidecar(resource));
  for (yaml::Node listener : resource.spec()["egress"].items()) check_listener(resource, own, listener, report);
}

}  // namespace

extern constinit const Rule sidecar_egress_host_repeated = {
    .info = {.id = "sidecar-egress-host-repeated",
             .summary = "an egress host of a Sidecar is covered by another one of the same listener",
             .docs = "`*/*` brings in everything, `ns/*` all of a namespace: further hosts beside them do nothing. Often the "
                     "wide one was meant to go when the narrow ones came.",
             .effect = "sidecars get more configuration than the narrow hosts suggest",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener",
             .severity = Severity::warning,
             .aliases = {"IST0133"}},
    .reads = {Kind::sidecar, Facet::mesh},
    .each = Kind::sidecar,
    .check_each = check_each,
};

}  // namespace hop::rules
