// A route to a subset that no DestinationRule of the host defines.
#include "graph/subset_rules.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void add_near(Finding& finding, const Graph& graph, const HostRules& rules, yaml::Node subset) {
  const Subsets& subsets = subsets_of(graph, rules);
  const DestinationRule& first = rules.exact.front();
  const yaml::Node place = first.spec()["subsets"] ? first.spec()["subsets"] : first.host();
  finding.note(place,
               subsets.names.empty() ? "this rule for the host has no subsets" : format("the host has {}", list_words(subsets.names)));
  if (const auto meant = nearest(subset.str(), subsets.different_names)) {
    finding.fix(format("change it to `{}`", *meant), subset, *meant, Safety::unsafe);
  }
}

/// The rule that defines the subset, if every one that does is exported past the VirtualService's own namespace.
std::optional<DestinationRule> hidden_definition(const Graph& graph, const VirtualService& vs, const HostRules& rules,
                                                 const SubsetRules& defining) {
  // Gateways live in namespaces of their own.
  if (!vs.applies_to_mesh() || vs->ns.empty() || rules.unknown || visibility(graph, *vs).in(vs->ns) != Truth::yes) return std::nullopt;
  if (defining.rules.empty() || defining.others || defining.has_open || defining.seen.in(vs->ns) != Truth::no) return std::nullopt;
  return defining.rules.back();
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
    const HostRules& rules = graph.destination_rules(*vs, *host);
    const SubsetRules& defining = graph.subset_rules(rules, *subset);
    if (const auto hidden = hidden_definition(graph, vs, rules, defining)) {
      report_hidden(vs, destination, *hidden, report);
      continue;
    }
    if (defining.in_exact != Truth::no || defining.in_wide != Truth::no || rules.unknown) continue;
    // Without any rule for the host the one that defines it may live elsewhere.
    const bool complete = graph.complete(vs->ns);
    if (rules.exact.empty() && !complete && !graph.has_destination_rules(*vs)) continue;
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
