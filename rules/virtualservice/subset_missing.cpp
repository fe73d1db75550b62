// A route to a subset that no DestinationRule of the host defines.
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

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const Destination& destination : graph.destinations(vs)) {
    const auto subset = text_of(destination.subset());
    const auto host = text_of(destination.host());
    if (!subset.is_known() || (*subset).empty() || !host.is_known()) continue;
    const Graph::Rules rules = graph.destination_rules(*vs, *host);
    if (defines(rules.exact, *subset) != Truth::no || defines(rules.wide, *subset) != Truth::no || rules.unknown) continue;
    // Without any rule for the host the one that defines it may live elsewhere.
    const bool complete = graph.complete(vs->ns);
    if (rules.exact.empty() && !complete && !graph.has_destination_rules(*vs)) continue;
    Finding finding = report.at(vs, subset.node(), format("no DestinationRule defines subset `{}` of host `{}`", *subset, *host));
    finding.alias("IST0101").alias("KIA1107").target(format("{} {}", destination.full_host, *subset));
    if (!rules.exact.empty()) add_near(finding, rules.exact, subset.node());
    if (rules.exact.empty() && !complete) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule virtualservice_subset_missing = {
    .info =
        {.id = "virtualservice-subset-missing",
         .summary = "a VirtualService routes to a subset that no DestinationRule defines",
         .docs =
             "Every DestinationRule whose host is the destination's, also by wildcard, is looked at, whichever namespace it lives in.\n\n"
             "Error where a rule for the host is among the manifests and lacks the subset; a warning where only rules for other "
             "hosts of the namespace are.",
         .effect = "requests that take this route fail with 503 (no healthy upstream)",
         .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
         .severity = Severity::error,
         .aliases = {"IST0101", "KIA1107"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service, Facet::references, Facet::routing},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
