// A route to a subset that no DestinationRule of the host defines.
#include <algorithm>

#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether one of the rules has the subset; unknown where a name is a placeholder.
Truth defines(const std::vector<DestinationRule>& rules, std::string_view subset) {
  Truth any = Truth::no;
  for (const DestinationRule& rule : rules) {
    if (rule->opaque) return Truth::unknown;
    for (yaml::Node node : rule.subsets()) any = any || text_of(node["name"]).equals(subset);
  }
  return any;
}

void add_near(Finding& finding, const std::vector<DestinationRule>& rules, yaml::Node subset) {
  std::vector<std::string_view> names;
  for (const DestinationRule& rule : rules) {
    for (yaml::Node node : rule.subsets()) names.push_back(node["name"].str());
  }
  const yaml::Node place = rules.front().spec()["subsets"] ? rules.front().spec()["subsets"] : rules.front().host();
  finding.note(place, names.empty() ? "this rule for the host has no subsets" : format("the host has {}", list_words(names)));
  if (const auto meant = nearest(subset.str(), names)) finding.fix(format("change it to `{}`", *meant), subset, *meant, Safety::unsafe);
}

/// A rule that defines the subset where its clients do not see it.
struct Hidden {
  DestinationRule rule;
  std::string_view from;
  bool at_gateway = false;
};

/// The namespace that does not see the rule: the VirtualService's own for calls in the mesh, that of the pods behind its Gateways.
std::optional<Hidden> hidden_rule(const Graph& graph, const VirtualService& vs, const DestinationRule& rule) {
  if (rule->ns.empty() || !rule->ns_known) return std::nullopt;
  const bool in_mesh = vs.applies_to_mesh() && !vs->ns.empty() && visibility(graph, *vs).in(vs->ns) == Truth::yes;
  if (in_mesh && visibility(graph, *rule).in(vs->ns) == Truth::no) return Hidden{rule, vs->ns};
  Lookup itself;
  itself.state = Found::found;
  itself.target = rule.resource;
  if (const auto ns = hidden_from_gateways(graph, vs, itself)) return Hidden{rule, *ns, true};
  return std::nullopt;
}

/// The rule that defines the subset, if every one that does is exported past those who take the route.
std::optional<Hidden> hidden_definition(const Graph& graph, const VirtualService& vs, const Graph::Rules& rules, std::string_view subset) {
  if (rules.unknown) return std::nullopt;
  std::optional<Hidden> hidden;
  for (const std::vector<DestinationRule>* some : {&rules.exact, &rules.wide}) {
    for (const DestinationRule& rule : *some) {
      const Truth has = defines({rule}, subset);
      if (has == Truth::no) continue;
      hidden = has == Truth::unknown ? std::nullopt : hidden_rule(graph, vs, rule);
      if (!hidden) return std::nullopt;
    }
  }
  return hidden;
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

constexpr std::size_t compared = 200;  ///< DestinationRules; more are not looked at

/// Whether a rule that defines the subset is for a host that is a slip for this one, or this one in another namespace: another rule says
/// so.
bool defined_beside(const Graph& graph, const Destination& destination, std::string_view subset) {
  if (destination.edge == nullptr || !destination.edge->to.found()) return false;
  const Resource* service = destination.edge->to.target;
  const std::span<const Edge> edges = graph.edges(Relation::destinationrule_host);
  return std::ranges::any_of(edges.first(std::min(edges.size(), compared)), [&](const Edge& edge) {
    const bool beside = edge.to.missing() && (edge.to.near == service || edge.to.elsewhere == service);
    return beside && defines({DestinationRule(*edge.from)}, subset) == Truth::yes;
  });
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const Destination& destination : graph.destinations(vs)) {
    const auto subset = text_of(destination.subset());
    const auto host = text_of(destination.host());
    if (!subset.is_known() || (*subset).empty() || !host.is_known()) continue;
    if (destination.edge != nullptr && destination.edge->to.missing()) continue;  // a host that does not exist has no subsets
    const Graph::Rules rules = graph.destination_rules(*vs, *host);
    if (const auto hidden = hidden_definition(graph, vs, rules, *subset)) {
      report_hidden(vs, destination, *hidden, report);
      continue;
    }
    if (defines(rules.exact, *subset) != Truth::no || defines(rules.wide, *subset) != Truth::no || rules.unknown) continue;
    // Without any rule for the host the one that defines it may live elsewhere.
    const bool complete = graph.complete(vs->ns);
    if (rules.exact.empty() && !complete && !graph.has_destination_rules(*vs)) continue;
    if (rules.exact.empty() && defined_beside(graph, destination, *subset)) continue;
    Finding finding = report.at(vs, subset.node(), format("no DestinationRule defines subset `{}` of host `{}`", *subset, *host));
    finding.alias("IST0101").target(format("{} {}", destination.full_host, *subset));
    if (!destination.mirror) finding.alias("KIA1107");
    if (!rules.exact.empty()) add_near(finding, rules.exact, subset.node());
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
