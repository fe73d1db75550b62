#include "graph/ingress_group.h"

#include <algorithm>
#include <map>
#include <set>

#include "graph/entry_build.h"
#include "graph/graph.h"
#include "model/aws/annotations.h"
#include "model/aws/class_params.h"
#include "model/aws/values.h"

namespace hop {

Setting effective(const Controller& controller, const GroupMember& member, std::string_view suffix, const Resource* service) {
  if (member.params != nullptr) {
    if (const yaml::Node node = IngressClassParams(*member.params).overriding(suffix)) {
      const auto text = text_of(node);
      return {text.value_or(""), node, member.params, text.is_known() || !node.is_scalar()};
    }
  }
  const std::string key = std::string(alb::prefix) + std::string(suffix);
  for (const Resource* carrier : {service, member.ingress}) {
    if (carrier == nullptr) continue;
    const auto text = text_of(carrier->annotation(key));
    if (!text.is_absent()) return {text.value_or(""), text.node(), carrier, text.is_known()};
  }
  Setting otherwise = fallback(controller, suffix);
  if (otherwise.set_by == nullptr) otherwise.node = member.ingress->annotation(key);  // absent, but it knows the nearest place
  return otherwise;
}

bool is_group_name(std::string_view name) {
  const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (name.empty() || name.size() > 63 || !inner(name.front()) || !inner(name.back())) return false;
  return std::all_of(name.begin(), name.end(), [&](char c) { return inner(c) || c == '-' || c == '.'; });
}

GroupMember classify(const Graph& graph, const Controller& controller, const Ingress& ingress) {
  GroupMember member;
  member.ingress = ingress.resource;
  if (text_of(ingress.class_annotation()).is_absent()) {
    if (const auto name = text_of(ingress.class_name()); name.is_known()) {
      member.ingress_class = graph.find(*ingress, Kind::ingress_class, "", *name).target;
    } else if (name.is_absent()) {
      member.ingress_class = controller.default_class;
    }
  }
  if (member.ingress_class != nullptr && !member.ingress_class->opaque) {
    const yaml::Node parameters = member.ingress_class->spec()["parameters"];
    if (parameters["kind"].str() == "IngressClassParams") {
      member.params = graph.find(*ingress, Kind::ingress_class_params, "", parameters["name"].str()).target;
    }
  }
  member.group_name = effective(controller, member, "group.name");
  member.order = effective(controller, member, "group.order");
  member.rank = aws::parse_int(member.order.value).value_or(0);
  return member;
}

namespace {

/// Ingresses that may be in one group: same cluster and name.
struct GroupKey {
  std::uint16_t cluster;
  std::string_view name;
  friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};

bool is_grouped(const GroupMember& member) { return member.group_name.known && is_group_name(member.group_name.value); }

/// Whether a placeholder or a refused value leaves open which group this is, or where in it.
bool is_settled(const GroupMember& member) {
  const bool name = member.group_name.set_by == nullptr || is_grouped(member);
  return name && member.order.known && aws::parse_int(member.order.value).has_value();
}

/// The controller compares `namespace/name` as one text.
std::string full_name(const Resource& ingress) { return std::string(ingress.ns) + "/" + std::string(ingress.name); }

bool before(const Entrant& a, const Entrant& b) {
  if (a.member.rank != b.member.rank) return a.member.rank < b.member.rank;
  return std::pair(full_name(*a.member.ingress), a.member.ingress->id) < std::pair(full_name(*b.member.ingress), b.member.ingress->id);
}

IngressGroup make_group(const Graph& graph, std::vector<Entrant> entrants) {
  std::sort(entrants.begin(), entrants.end(), before);
  IngressGroup group;
  for (Entrant& entrant : entrants) {
    group.known = group.known && is_settled(entrant.member);
    for (ListenerRule& rule : entrant.rules) {
      rule.member = static_cast<std::uint32_t>(group.members.size());
      group.rules.push_back(std::move(rule));
    }
    group.members.push_back(entrant.member);
  }
  const GroupMember& first = group.members.front();
  if (is_grouped(first)) group.name = first.group_name.value;
  group.whole = group.name.empty() || graph.world().complete;
  return group;
}

/// Splits what shares a name: rival overlays are never in one group, and of two copies of an object one stands for both.
std::vector<std::vector<Entrant>> alternatives(std::vector<Entrant> entrants) {
  std::vector<std::vector<Entrant>> all;
  std::set<std::pair<std::string_view, std::string_view>> taken;
  std::vector<Entrant> common;
  std::map<std::uint16_t, std::vector<Entrant>> variants;
  for (Entrant& entrant : entrants) {
    const Resource& ingress = *entrant.member.ingress;
    if (ingress.variant != 0) {
      variants[ingress.variant].push_back(std::move(entrant));
    } else if (taken.emplace(ingress.ns, ingress.name).second) {
      common.push_back(std::move(entrant));
    } else {
      all.emplace_back().push_back(std::move(entrant));
    }
  }
  for (auto& [variant, own] : variants) {
    own.insert(own.end(), common.begin(), common.end());
    all.push_back(std::move(own));
  }
  if (variants.empty() && !common.empty()) all.push_back(std::move(common));
  return all;
}

}  // namespace

std::vector<IngressGroup> make_groups(const Graph& graph, std::vector<Entrant> entrants) {
  std::vector<IngressGroup> groups;
  std::map<GroupKey, std::vector<Entrant>> named;
  for (Entrant& entrant : entrants) {
    if (is_grouped(entrant.member)) {
      named[{entrant.member.ingress->cluster, entrant.member.group_name.value}].push_back(std::move(entrant));
    } else {
      std::vector<Entrant> alone;
      alone.push_back(std::move(entrant));
      groups.push_back(make_group(graph, std::move(alone)));
    }
  }
  for (auto& [key, members] : named) {
    for (auto& some : alternatives(std::move(members))) groups.push_back(make_group(graph, std::move(some)));
  }
  std::stable_sort(groups.begin(), groups.end(), [](const IngressGroup& a, const IngressGroup& b) {
    return a.members.front().ingress->id < b.members.front().ingress->id;
  });
  return groups;
}

const Listener* IngressGroup::listener(std::int64_t port) const {
  const auto found = std::find_if(listeners.begin(), listeners.end(), [&](const Listener& listener) { return listener.port == port; });
  return found == listeners.end() ? nullptr : &*found;
}

}  // namespace hop
