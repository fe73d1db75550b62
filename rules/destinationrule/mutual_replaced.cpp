// A DestinationRule that takes its host out of a wider one's ISTIO_MUTUAL.
#include <map>

#include "graph/client_tls.h"
#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Wide {
  DestinationRule rule;
  ClientTls tls;
  Visibility seen;
};
using Hosts = std::map<std::string_view, std::vector<Wide>>;

constexpr std::size_t compared = 100;  ///< rules of one host; more are not looked at

/// Whether it says anything about TLS, be it for a port.
bool says_tls(const DestinationRule& rule) {
  if (rule.traffic_policy()["tls"]) return true;
  for (yaml::Node port : rule.traffic_policy()["portLevelSettings"].items()) {
    if (port["tls"]) return true;
  }
  return false;
}

const Wide* find_wide(const Graph& graph, const SidecarScopes& scopes, const DestinationRule& rule, std::string_view host,
                      const Hosts& hosts) {
  const Visibility seen = visibility(graph, *rule);
  const auto look = [&](std::string_view pattern) -> const Wide* {
    const auto group = hosts.find(pattern);
    if (group == hosts.end()) return nullptr;
    for (const Wide& wide : std::span(group->second).first(std::min(group->second.size(), compared))) {
      // Rules of one namespace for one host are merged.
      if (pattern == host && graph.same_namespace(*rule, *wide.rule) != Truth::no) continue;
      const bool meet = scopes.meet({rule.resource, host, &seen}, {wide.rule.resource, pattern, &wide.seen});
      if (meet && comparable(graph, *rule, *wide.rule)) return &wide;
    }
    return nullptr;
  };
  if (const Wide* same = look(host)) return same;
  std::string_view rest = host.starts_with("*.") ? host.substr(2) : host;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    rest.remove_prefix(dot + 1);
    if (const Wide* wide = look("*." + std::string(rest))) return wide;
  }
  return nullptr;
}

void check(const Graph& graph, Report& report) {
  Hosts hosts;
  for (const auto& [host, resource] : graph.rules_by_host()) {
    const DestinationRule rule(*resource);
    const ClientTls tls = client_tls(graph, rule);
    if (tls.mode == "ISTIO_MUTUAL") hosts[host].push_back({rule, tls, visibility(graph, *rule)});
  }
  if (hosts.empty()) return;
  const SidecarScopes scopes(graph);
  for (const auto& [host, resource] : graph.rules_by_host()) {
    const DestinationRule rule(*resource);
    if (!rule->linted() || says_tls(rule)) continue;
    const Wide* wide = find_wide(graph, scopes, rule, host, hosts);
    if (wide == nullptr) continue;
    const bool off = auto_mtls_is_off(graph, *rule);
    const bool same = graph.full_host(*wide->rule, wide->rule.host().str()) == host;
    const std::string_view whose = same ? "another" : "a wider";
    Finding finding =
        report.at(rule, rule.host(), format("the `ISTIO_MUTUAL` of {} DestinationRule does not hold for `{}`", whose, rule.host().str()));
    finding.alias("KIA0204").note(wide->tls.node, "set here, and not inherited");
    if (!off) finding.severity(Severity::info).effect("none while automatic mTLS is on, its default");
  }
}

}  // namespace

extern constinit const Rule destinationrule_mutual_replaced = {
    .info =
        {.id = "destinationrule-mutual-replaced",
         .summary = "a DestinationRule loses the `ISTIO_MUTUAL` of a wider one",
         .docs =
             "The DestinationRule with the narrowest host is the only one that counts, and of several for one host that of the client's "
             "namespace, else of the service's: so what a rule for `*.local`, a namespace, or of another namespace says about "
             "TLS is not inherited. Info while automatic mTLS is on: then clients use mTLS by themselves.",
         .effect = "calls to this host go out in plain text",
         .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings",
         .severity = Severity::warning,
         .group = Group::security,
         .aliases = {"KIA0204"}},
    .reads = {Kind::destination_rule, Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
