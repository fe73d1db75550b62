// A route to a subset that no DestinationRule of the host defines.
#include <algorithm>

#include "graph/subset_rules.h"
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t compared = 200;  ///< names, or DestinationRules; more are not looked at

void add_near(Finding& finding, const Graph& graph, const HostRules& rules, yaml::Node subset) {
  const Subsets& subsets = subsets_of(graph, rules);
  const DestinationRule& first = rules.exact.front();
  const yaml::Node place = first.spec()["subsets"] ? first.spec()["subsets"] : first.host();
  finding.note(place,
               subsets.names.empty() ? "this rule for the host has no subsets" : format("the host has {}", list_words(subsets.names)));
  const std::span<const std::string_view> names(subsets.different_names);
  if (const auto meant = nearest(subset.str(), names.first(std::min(names.size(), compared)))) {
    finding.fix(format("change it to `{}`", *meant), subset, *meant, Safety::unsafe);
  }
}

/// Whether one of a few rules defines it for everyone: the everyday case, in which nothing has to be gathered.
bool plainly_defined(const Graph& graph, const HostRules& rules, std::string_view subset) {
  constexpr std::size_t few = 4;
  return rules.exact.size() <= few && std::ranges::any_of(rules.exact, [&](const DestinationRule& rule) {
           if (rule->opaque || !visibility(graph, *rule).everywhere) return false;
           for (yaml::Node node : rule.subsets()) {
             if (text_of(node["name"]).equals(subset) == Truth::yes) return true;
           }
           return false;
         });
}

/// A rule that defines the subset where its clients do not see it.
struct Hidden {
  DestinationRule rule;
  std::string_view from;
  bool at_gateway = false;
};

/// What defines the subset, if all of it is exported past those who take the route: the VirtualService's own namespace for calls in the
/// mesh, that of the pods behind its Gateways for others.
std::optional<Hidden> hidden_definition(const Graph& graph, const VirtualService& vs, const HostRules& rules, const SubsetRules& defining) {
  if (rules.unknown || defining.rules.empty() || defining.others || defining.has_open) return std::nullopt;
  const bool in_mesh = vs.applies_to_mesh() && !vs->ns.empty() && visibility(graph, *vs).in(vs->ns) == Truth::yes;
  if (in_mesh && defining.seen.in(vs->ns) == Truth::no) return Hidden{defining.rules.back(), vs->ns};
  if (const auto ns = hidden_from_gateways(graph, vs, defining.seen)) return Hidden{defining.rules.back(), *ns, true};
  return std::nullopt;
}

/// Kiali passes mirrors over.
void report_hidden(const VirtualService& vs, const Destination& destination, const Hidden& hidden, Report& report) {
  Finding finding = report.at(
      vs, destination.subset(),
      format("subset `{}` is defined by a DestinationRule that namespace `{}` does not see", destination.subset().str(), hidden.from));
  if (!destination.mirror) finding.alias("KIA1107");
  finding.note(export_node(*hidden.rule), format("the DestinationRule of namespace `{}` is exported to others", hidden.rule->ns));
  if (hidden.at_gateway) {
    finding.effect("requests that come in by the gateway's pods, which live there, fail with 503");
  } else {
    finding.severity(Severity::warning).effect("requests of this namespace's workloads fail with 503 (no healthy upstream)");
  }
}

/// Whether a rule that defines the subset is for a host that is a slip for this one, or this one in another namespace: another rule says
/// so.
bool defined_beside(const Graph& graph, const Destination& destination, std::string_view subset) {
  if (destination.edge == nullptr || !destination.edge->to.found()) return false;
  const Resource* service = destination.edge->to.target;
  const std::span<const Edge> edges = graph.edges(Relation::destinationrule_host);
  return std::ranges::any_of(edges.first(std::min(edges.size(), compared)), [&](const Edge& edge) {
    const bool beside = edge.to.missing() && (edge.to.near == service || edge.to.elsewhere == service);
    const auto has = [&](yaml::Node node) { return text_of(node["name"]).equals(subset) == Truth::yes; };
    return beside && std::ranges::any_of(DestinationRule(*edge.from).subsets(), has);
  });
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const Destination& destination : graph.destinations(vs)) {
    const auto subset = text_of(destination.subset());
    const auto host = text_of(destination.host());
    if (!subset.is_known() || (*subset).empty() || !host.is_known()) continue;
    if (destination.edge != nullptr && destination.edge->to.missing()) continue;  // a host that does not exist has no subsets
    const SharedRules shared = graph.destination_rules(*vs, *host);
    const HostRules& rules = *shared;
    if (plainly_defined(graph, rules, *subset)) continue;
    const SubsetRules& defining = graph.subset_rules(rules, *subset);
    if (const auto hidden = hidden_definition(graph, vs, rules, defining)) {
      report_hidden(vs, destination, *hidden, report);
      continue;
    }
    if (defining.in_exact != Truth::no || defining.in_wide != Truth::no || rules.unknown) continue;
    // Without any rule for the host the one that defines it may live elsewhere.
    const bool complete = graph.complete(vs->ns);
    if (rules.exact.empty() && !complete && !graph.has_destination_rules(*vs)) continue;
    if (rules.exact.empty() && defined_beside(graph, destination, *subset)) continue;
    Finding finding = report.at(vs, subset.node(), format("no DestinationRule defines subset `{}` of host `{}`", *subset, *host));
    finding.alias("IST0101").target(format("{} {}", destination.full_host, *subset));
    if (!destination.mirror) finding.alias("KIA1107");
    if (!rules.exact.empty()) add_near(finding, graph, rules, subset.node());
    if (rules.exact.empty() && !complete) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule virtualservice_subset_missing = {
    .info = {.id = "virtualservice-subset-missing",
             .summary = "a VirtualService routes to a subset that no DestinationRule defines",
             .docs = "Every DestinationRule whose host is the destination's, also by wildcard, is looked at, whichever namespace it lives "
                     "in. A warning where "
                     "all that define the subset are exported (`exportTo`) to other namespaces than the VirtualService's own; an error "
                     "where the pods "
                     "behind its Gateways see none of them.\n\n"
                     "Error where a rule for the host is among the manifests and lacks the subset; a warning where only rules for other "
                     "hosts of the namespace are.",
             .effect = "requests that take this route fail with 503 (no healthy upstream)",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
             .severity = Severity::error,
             .aliases = {"IST0101", "KIA1107"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service, Facet::references, Facet::workloads, Facet::routing, Facet::mesh},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
