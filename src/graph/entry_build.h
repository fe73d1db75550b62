#pragma once
// The steps in which the entry model is built, for graph/ only: Ingresses to members, their rules and target groups, groups, listeners.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "graph/entry.h"
#include "graph/index.h"

namespace hop {

/// An Ingress that the controller takes, with its class.
GroupMember classify(const Graph& graph, const Controller& controller, const Ingress& ingress);

/// Makes target groups of backends and appends them to the index.
class TargetGroups {
 public:
  TargetGroups(const Graph& graph, Index& index) : graph_(graph), index_(index) {}
  /// Position of the new target group.
  std::uint32_t add(const Controller& controller, const GroupMember& member, const Ingress::Backend& backend);

 private:
  const BehindService& behind(const Service& service);
  void add_gateways(TargetGroup& group, const Service& service);
  void add_usual_gateways(TargetGroup& group);
  std::vector<const Resource*> usual_gateways(const Resource& ingress) const;
  const Graph& graph_;
  Index& index_;
  /// What stands for a gateway Service that is not among the manifests: by cluster and variant.
  std::map<std::pair<std::uint16_t, std::uint16_t>, const GatewaySet*> assumed_;
};

/// The rules of one Ingress in the controller's order, default backend last; `member` of each is still 0.
std::vector<ListenerRule> rules_of(const Controller& controller, const GroupMember& member, TargetGroups& target_groups, Index& index);

/// An Ingress on its way into a group.
struct Entrant {
  GroupMember member;
  std::vector<ListenerRule> rules;
};
/// Groups of a run in the order of their first Ingress; members, rules and names are set.
std::vector<IngressGroup> make_groups(const Graph& graph, std::vector<Entrant> entrants);

/// Sets the listeners of a group, their rules, and its ssl-redirect.
void open_listeners(const Controller& controller, IngressGroup& group, Index& index);

}  // namespace hop
