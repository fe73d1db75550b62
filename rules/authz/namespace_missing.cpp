// A source namespace of an AuthorizationPolicy that does not exist.
#include <algorithm>

#include "graph/namespaces.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// `*`, `x*` and `*x` as Istio matches them.
bool fits(std::string_view pattern, std::string_view name) {
  if (pattern.ends_with('*')) return name.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return name.ends_with(pattern.substr(1));
  return pattern == name;
}

std::vector<std::string_view> namespace_names(const Graph& graph) {
  std::vector<std::string_view> names = {"default", "kube-system", "kube-public", "kube-node-lease"};
  for (const Namespace& ns : graph.all<Namespace>()) names.push_back(ns->name_known ? ns->name : std::string_view("*"));
  return names;
}

/// Names that exist: declared, or lived in.
struct Names {
  std::vector<std::string_view> declared;
  LivedInNamespaces lived;
  NamespaceNames near;
  bool any(std::string_view pattern) {
    const auto matches = [&](std::string_view name) { return fits(pattern, name); };
    return std::ranges::any_of(declared, matches) || std::ranges::any_of(lived.names(), matches);
  }
};

void check_list(const Graph& graph, Names& names, const AuthorizationPolicy& policy, yaml::Node list, bool positive, Report& report) {
  for (yaml::Node place : list.items()) {
    const auto text = text_of(place);
    if (!text.is_known()) continue;
    const bool complete = graph.world().complete;
    const auto meant = complete ? std::nullopt : names.near.meant_by(*policy, *text);
    if (!complete && !meant) continue;
    const bool open = std::ranges::find(names.declared, "*") != names.declared.end();
    if (open || names.any(*text)) continue;
    Finding finding = report.at(policy, place, format("no namespace matches `{}`", *text));
    finding.alias("IST0101").target(format("Namespace {}", *text));
    if (positive) finding.alias("KIA0101");
    const auto nearest_one = meant ? std::optional(meant->name) : nearest(*text, names.declared);
    if (nearest_one) finding.fix(format("change it to `{}`", *nearest_one), place, *nearest_one, Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::authorization_policy).empty()) return;
  Names names{namespace_names(graph), LivedInNamespaces(graph), NamespaceNames(graph)};
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    for (yaml::Node source : policy.sources()) {
      check_list(graph, names, policy, source["namespaces"], true, report);
      check_list(graph, names, policy, source["notNamespaces"], false, report);
    }
  }
}

}  // namespace

extern constinit const Rule authz_namespace_missing = {
    .info = {.id = "authz-namespace-missing",
             .summary = "a policy names a source namespace that does not exist",
             .docs = "Looks at `namespaces` and `notNamespaces` of sources, `x*` and `*x` included. A namespace exists if it is among the "
                     "manifests, or anything that lives in it. Namespaces are often made by other means than manifests, so without "
                     "`complete` only a name is told that is "
                     "surely a slip for one among them.",
             .effect = "the entry matches no client: an ALLOW rule lets nobody in by it, a DENY rule keeps nobody out",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"IST0101", "KIA0101"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::authorization_policy, Kind::namespace_, Facet::files},
    .check = check,
};

}  // namespace hop::rules
