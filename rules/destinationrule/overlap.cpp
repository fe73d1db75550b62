// DestinationRules for one host that Istio does not merge.
#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/client_tls.h"
#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Candidate {
  DestinationRule rule;
  std::string_view host;  ///< completed
  Visibility seen;
  Offer offer() const { return {rule.resource, host, &seen}; }
};
using Hosts = std::map<std::string_view, std::span<const Candidate>>;

constexpr std::size_t compared = 100;  ///< rules of one host; more are not looked at

/// A subset name that both define.
std::string_view shared_subset(const DestinationRule& a, const DestinationRule& b) {
  std::set<std::string_view> names;
  for (yaml::Node subset : a.subsets()) names.insert(subset["name"].str());
  for (yaml::Node subset : b.subsets()) {
    if (names.contains(subset["name"].str())) return subset["name"].str();
  }
  return {};
}

/// Rules for different workloads do not meet.
bool same_clients(const DestinationRule& a, const DestinationRule& b) {
  const yaml::Node of_a = a.spec()["workloadSelector"]["matchLabels"];
  const yaml::Node of_b = b.spec()["workloadSelector"]["matchLabels"];
  if (of_a.size() != of_b.size()) return false;
  return of_a.size() == 0 || matches(of_a, Labels{of_b}) == Truth::yes;
}

struct Scene {
  const Graph& graph;
  SidecarScopes scopes;
};

bool meeting(const Scene& scene, const Candidate& a, const Candidate& b) {
  return comparable(scene.graph, *a.rule, *b.rule) && same_clients(a.rule, b.rule) && scene.scopes.meet(a.offer(), b.offer());
}

/// Without a subset in common, rules that both have subsets are taken to be for different callers.
bool collide(const DestinationRule& a, const DestinationRule& b) {
  return a.subsets().empty() || b.subsets().empty() || !shared_subset(a, b).empty();
}

/// A rule that turns mutual TLS on for the mesh or its namespace is meant to be replaced; who loses that is another rule's finding.
bool turns_mutual_on(const Graph& graph, const DestinationRule& rule) {
  const ClientTls tls = client_tls(graph, rule);
  return tls.mode == "ISTIO_MUTUAL" &&
         ((tls.reach == Reach::mesh && rule.host().str() != "*") || (tls.reach == Reach::one_namespace && tls.ns == rule->ns));
}

/// Rules of one namespace are merged: the trafficPolicy and each subset of the older one stay.
std::string lost_in_merge(const Candidate& a, const Candidate& b) {
  if (a.seen != b.seen) return "their `exportTo` differs, so they are not merged";
  if (const std::string_view subset = shared_subset(a.rule, b.rule); !subset.empty()) return format("both define subset `{}`", subset);
  return a.rule.traffic_policy() && b.rule.traffic_policy() ? "both have a `trafficPolicy`" : "";
}

bool report_equal(const Scene& scene, const Candidate& own, std::span<const Candidate> group, Report& report) {
  for (const Candidate& other : group.first(std::min(group.size(), compared))) {
    if (!meeting(scene, own, other)) continue;
    const bool merged = scene.graph.same_namespace(*own.rule, *other.rule) == Truth::yes;
    const std::string lost = merged ? lost_in_merge(own, other) : "they are of two namespaces, so they are not merged";
    if (lost.empty() || (!merged && !collide(own.rule, other.rule))) continue;
    Finding finding = report.at(own.rule, own.rule.host(), format("two DestinationRules are for host `{}`", own.rule.host().str()));
    finding.note(other.rule.host(), lost);
    if (collide(own.rule, other.rule)) finding.alias("KIA0201");
    // The rule of the client's namespace stands in for that of the service's: often meant so.
    if (!merged)
      finding.severity(Severity::info)
          .effect("each client takes the rule of its own namespace, else that of the service's, and nothing of the other");
    return true;
  }
  return false;
}

/// Of candidates in the order of their hosts.
Hosts groups_of(const std::vector<Candidate>& candidates) {
  Hosts hosts;
  for (auto first = candidates.begin(); first != candidates.end();) {
    const auto last = std::find_if(first, candidates.end(), [&](const Candidate& other) { return other.host != first->host; });
    hosts.emplace_hint(hosts.end(), first->host, std::span(first, last));
    first = last;
  }
  return hosts;
}

/// Rules for wildcards, by what stands behind `*.`; "" for `*` itself.
using WideHosts = std::unordered_map<std::string_view, std::span<const Candidate>>;

WideHosts wide_of(const Hosts& hosts) {
  WideHosts wide;
  for (auto at = hosts.lower_bound("*"); at != hosts.end() && at->first.starts_with('*'); ++at) {
    const std::string_view host = at->first;
    if (host == "*" || host.starts_with("*.")) wide.emplace(host.substr(std::min<std::size_t>(host.size(), 2)), at->second);
  }
  return wide;
}

const Candidate* find_wider(const Scene& scene, const Candidate& own, const WideHosts& wide, std::string_view host) {
  const auto look = [&](std::string_view domain) -> const Candidate* {
    const auto group = wide.find(domain);
    if (group == wide.end() || host == "*") return nullptr;
    for (const Candidate& other : group->second.first(std::min(group->second.size(), compared))) {
      if (!turns_mutual_on(scene.graph, other.rule) && collide(own.rule, other.rule) && meeting(scene, own, other)) return &other;
    }
    return nullptr;
  };
  if (turns_mutual_on(scene.graph, own.rule)) return nullptr;
  std::string_view rest = host.starts_with("*.") ? host.substr(2) : host;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    rest.remove_prefix(dot + 1);
    if (const Candidate* wider = look(rest)) return wider;
  }
  return look("");
}

void report_wider(const Candidate& narrow, const Candidate& wide, std::set<std::uint32_t>& said, Report& report) {
  const bool empty = !wide.rule.traffic_policy() && wide.rule.subsets().empty();
  const auto say = [&](const DestinationRule& at, const DestinationRule& other, std::string text, std::string_view note) {
    if (!said.insert(at->id).second || !at->linted()) return;
    report.at(at, at.host(), std::move(text))
        .severity(Severity::info)
        .alias("KIA0201")
        .note(other.host(), std::string(note))
        .effect(empty ? "none yet: the wider rule sets nothing that the narrower host could lose"
                      : "for the narrower host the wider rule counts for nothing: its settings are not inherited");
  };
  say(narrow.rule, wide.rule, format("the DestinationRule for `{}` replaces a wider one", narrow.rule.host().str()), "the wider rule");
  say(wide.rule, narrow.rule, format("the DestinationRule for `{}` is replaced for a narrower host", wide.rule.host().str()),
      "the narrower rule");
}

void check(const Graph& graph, Report& report) {
  std::vector<Candidate> candidates;
  for (const auto& [host, rule] : graph.rules_by_host()) {
    if (!rule->opaque) candidates.push_back({DestinationRule(*rule), host, visibility(graph, *rule)});
  }
  const Hosts hosts = groups_of(candidates);
  const Scene scene{graph, SidecarScopes(graph)};
  std::set<std::uint32_t> said;
  for (const auto& [host, group] : hosts) {
    for (const Candidate& own : group) {
      if (own.rule->linted() && report_equal(scene, own, group, report)) said.insert(own.rule->id);
    }
  }
  const WideHosts wide = wide_of(hosts);
  if (wide.empty()) return;
  for (const auto& [host, group] : hosts) {
    for (const Candidate& own : group) {
      if (const Candidate* wider = find_wider(scene, own, wide, host)) report_wider(own, *wider, said, report);
    }
  }
}

}  // namespace

extern constinit const Rule destinationrule_overlap = {
    .info =
        {.id = "destinationrule-overlap",
         .summary = "two DestinationRules are for one host and are not merged",
         .docs =
             "Istio merges the DestinationRules of one namespace for one host, as long as not both have a `trafficPolicy` or a subset of "
             "the same name: then the older one's stays. That is a warning. Rules of two namespaces, and rules for a host and for a "
             "wildcard over it, are never merged: info, for it may be meant.\n\n"
             "Silent where no namespace sees both (`exportTo`, Sidecars), or where they are for different workloads (`workloadSelector`).",
         .effect = "which settings are in force depends on which rule was created first",
         .source = "https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services",
         .severity = Severity::warning,
         .aliases = {"KIA0201"}},
    .reads = {Kind::destination_rule, Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
