// DestinationRules of one namespace for one host, which Istio puts together without loss.
#include <algorithm>

#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t compared = 100;  ///< rules of one host; more are not looked at

bool both_seen(const Graph& graph, const SidecarScopes& scopes, const DestinationRule& a, const DestinationRule& b, std::string_view host) {
  const Visibility of_a = visibility(graph, *a);
  const Visibility of_b = visibility(graph, *b);
  return of_a == of_b && scopes.meet({a.resource, host, &of_a}, {b.resource, host, &of_b});
}

/// Where something would be lost, that is another rule's finding. Rules that both have subsets were split on purpose.
bool merges(const Graph& graph, const SidecarScopes& scopes, const DestinationRule& a, const DestinationRule& b, std::string_view host) {
  const bool both_policies = a.traffic_policy() && b.traffic_policy();
  const bool one_without_subsets = a.subsets().empty() || b.subsets().empty();
  return comparable(graph, *a, *b) && graph.same_namespace(*a, *b) == Truth::yes && !both_policies && one_without_subsets &&
         both_seen(graph, scopes, a, b, host);
}

void check(const Graph& graph, Report& report) {
  const SidecarScopes scopes(graph);
  for (const auto& [host, resource] : graph.rules_by_host()) {
    const DestinationRule own(*resource);
    const auto group = graph.rules_by_host(host);
    const auto near = group.first(std::min(group.size(), compared));
    const auto other = std::ranges::find_if(
        near, [&](const Graph::HostRule& that) { return merges(graph, scopes, own, DestinationRule(*that.rule), host); });
    if (!own->linted() || other == near.end()) continue;
    report.at(own, own.host(), format("what is said of host `{}` stands in two DestinationRules", own.host().str()))
        .alias("KIA0201")
        .note(DestinationRule(*other->rule).host(), "the other");
  }
}

}  // namespace

extern constinit const Rule destinationrule_host_shared = {
    .info = {.id = "destinationrule-host-shared",
             .summary = "two DestinationRules of one namespace are for one host, and Istio merges them",
             .docs = "Subsets and traffic policy may stand in rules of their own: Istio puts together what the rules of one namespace say "
                     "of a host. It is easy to overlook one of them. Rules that each have subsets are taken to be split on purpose. Where "
                     "something would be lost, "
                     "`destinationrule-overlap` says so. Silent where no proxy is told of both (Sidecars).",
             .effect = "none today: the rules are merged, the older one first",
             .source = "https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"KIA0201"}},
    .reads = {Kind::destination_rule, Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
