// One name for two load balancers.
#include <algorithm>
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// A group and who names its load balancer.
struct Named {
  const IngressGroup* group;
  Setting name;
  const Resource* ingress;
};

bool same_ingress(const Resource& a, const Resource& b) { return a.ns == b.ns && a.name == b.name; }

/// Whether the two may exist side by side: not rival overlays, nor two copies of one object.
bool are_two(const Graph& graph, const IngressGroup& a, const IngressGroup& b) {
  const Resource& x = *a.members.front().ingress;
  const Resource& y = *b.members.front().ingress;
  if (!a.name.empty() && a.name == b.name) return false;
  return graph.sees(x, y) && !same_ingress(x, y) && x.ns_known && y.ns_known;
}

/// By cluster and name; of each the one with the first Ingress by namespace and name comes first.
std::map<std::pair<std::uint16_t, std::string_view>, std::vector<Named>> names_of(const Graph& graph) {
  std::map<std::pair<std::uint16_t, std::string_view>, std::vector<Named>> names;
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known) continue;
    for (const GroupMember& member : group.members) {
      const Setting name = effective(graph.controller(*member.ingress), member, "load-balancer-name");
      if (name.set_by == nullptr || !name.known || name.value.empty()) continue;
      names[{member.ingress->cluster, name.value}].push_back({&group, name, member.ingress});
      break;  // all members agree, or that is reported
    }
  }
  for (auto& [name, all] : names) {
    std::stable_sort(all.begin(), all.end(), [](const Named& a, const Named& b) {
      return std::pair(a.ingress->ns, a.ingress->name) < std::pair(b.ingress->ns, b.ingress->name);
    });
  }
  return names;
}

void check(const Graph& graph, Report& report) {
  for (const auto& [key, all] : names_of(graph)) {
    for (const Named& other : all) {
      if (other.group == all.front().group || !are_two(graph, *all.front().group, *other.group)) continue;
      report.at(*other.name.set_by, other.name.node, format("two load balancers are to be called `{}`", other.name.value))
          .note(all.front().name.node, "the other one");
    }
  }
}

}  // namespace

extern constinit const Rule alb_load_balancer_name_shared = {
    .info = {.id = "alb-load-balancer-name-shared",
             .summary = "two load balancers have one name",
             .docs =
                 "Ingresses without a common `group.name` have a load balancer each, and names are unique in an account and region. Either "
                 "they were meant to share one, then give them one `group.name`; or they need two names.",
             .effect = "the second load balancer is not made: DuplicateLoadBalancerName",
             .source =
                 "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#load-balancer-name",
             .severity = Severity::warning},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
