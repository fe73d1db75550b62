// A route to a subset that no DestinationRule of the host defines.
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

/// The rule that defines the subset, if every one that does is exported past the VirtualService's own namespace.
std::optional<DestinationRule> hidden_definition(const Graph& graph, const VirtualService& vs, const Graph::Rules& rules,
                                                 std::string_view subset) {
  // Gateways live in namespaces of their own.
  if (!vs.applies_to_mesh() || vs->ns.empty() || rules.unknown || visibility(graph, *vs).in(vs->ns) != Truth::yes) return std::nullopt;
  std::optional<DestinationRule> hidden;
  for (const std::vector<DestinationRule>* some : {&rules.exact, &rules.wide}) {
    for (const DestinationRule& rule : *some) {
      const Truth has = defines({rule}, subset);
      if (has == Truth::no) continue;
      if (has == Truth::unknown || rule->ns.empty() || visibility(graph, *rule).in(vs->ns) != Truth::no) return std::nullopt;
      hidden = rule;
    }
  }
  return hidden;
}

/// Kiali passes mirrors over.
void report_hidden(const VirtualService& vs, const Destination& destination, const DestinationRule& rule, Report& report) {
  Finding finding =
      report.at(vs, destination.subset(),
                format("subset `{}` is defined by a DestinationRule that namespace `{}` does not see", destination.subset().str(), vs->ns));
  if (!destination.mirror) finding.alias("KIA1107");
  finding.severity(Severity::warning)
      .effect("requests of this namespace's workloads fail with 503 (no healthy upstream)")
      .note(export_node(*rule), format("the DestinationRule of namespace `{}` is exported to others", rule->ns));
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
                     "all that define the subset are exported (`exportTo`) to other namespaces than the VirtualService's own.\n\n"
                     "Error where a rule for the host is among the manifests and lacks the subset; a warning where only rules for other "
                     "hosts of the namespace are.",
             .effect = "requests that take this route fail with 503 (no healthy upstream)",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
             .severity = Severity::error,
             .aliases = {"IST0101", "KIA1107"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service, Facet::references, Facet::routing, Facet::mesh},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
