#include "graph/group_conflicts.h"

#include <algorithm>
#include <map>

#include "model/aws/values.h"

namespace hop {
namespace {

/// Settings of which all members that say something must say the same.
enum class Compare : std::uint8_t { text, boolean, list, set };
struct Exclusive {
  std::string_view suffix;
  Compare compare;
};
constexpr Exclusive exclusive[] = {
    {"load-balancer-name", Compare::text},
    {"ip-address-type", Compare::text},
    {"scheme", Compare::text},
    {"subnets", Compare::set},
    {"security-groups", Compare::list},
    {"manage-backend-security-group-rules", Compare::boolean},
    {"customer-owned-ipv4-pool", Compare::text},
    {"ipam-ipv4-pool-id", Compare::text},
    {"minimum-load-balancer-capacity", Compare::text},
    {"wafv2-acl-arn", Compare::text},
    {"wafv2-acl-name", Compare::text},
    {"waf-acl-id", Compare::text},
    {"shield-advanced-protection", Compare::boolean},
    {"ssl-redirect", Compare::text},
    {"enable-frontend-nlb", Compare::boolean},
};
/// The same for members that open the same port.
constexpr Exclusive exclusive_per_port[] = {{"ssl-policy", Compare::text}};
/// Maps of which every key that several members set must have the same value.
constexpr std::string_view maps[] = {"load-balancer-attributes", "tags"};

std::string normal(const Setting& setting, Compare compare) {
  if (compare == Compare::boolean) {
    const auto value = aws::parse_bool(setting.value);
    return value ? (*value ? "true" : "false") : std::string(setting.value);
  }
  if (compare == Compare::text) return std::string(setting.value);
  std::vector<std::string_view> items;
  for (const aws::Piece& piece : aws::string_list(setting.value)) items.push_back(piece.text);
  if (compare == Compare::set) std::sort(items.begin(), items.end());
  std::string text;
  for (std::string_view item : items) text += std::string(item) + ",";
  return text;
}

class Comparer {
 public:
  Comparer(const Graph& graph, const IngressGroup& group) : graph_(graph), group_(group) {}

  std::vector<GroupConflict> run() {
    for (const Exclusive& one : exclusive) compare(one, all_members());
    for (const Listener& listener : group_.listeners) {
      if (!listener.https) continue;
      std::vector<std::uint32_t> members;
      for (const Listener::Source& source : listener.sources) members.push_back(source.member);
      for (const Exclusive& one : exclusive_per_port) compare(one, members);
    }
    for (std::string_view suffix : maps) compare_map(suffix);
    return std::move(conflicts_);
  }

 private:
  std::vector<std::uint32_t> all_members() const {
    std::vector<std::uint32_t> members;
    for (std::uint32_t i = 0; i < group_.members.size(); ++i) members.push_back(i);
    return members;
  }

  /// What a member says itself; class parameters of one class are the same for all.
  Setting read(std::uint32_t member, std::string_view suffix) const {
    const GroupMember& one = group_.members[member];
    return effective(graph_.controller(*one.ingress), one, suffix);
  }

  void compare(const Exclusive& one, const std::vector<std::uint32_t>& members) {
    std::optional<Setting> first;
    for (std::uint32_t member : members) {
      const Setting setting = read(member, one.suffix);
      if (!setting.known || !setting.from(Kind::ingress)) continue;
      if (!first) {
        first = setting;
      } else if (normal(*first, one.compare) != normal(setting, one.compare)) {
        conflicts_.push_back({std::string(one.suffix), setting.set_by, setting.node, first->node});
      }
    }
  }

  void compare_map(std::string_view suffix) {
    struct First {
      std::string value;
      yaml::Node node;
    };
    std::map<std::string, First> firsts;
    for (std::uint32_t member = 0; member < group_.members.size(); ++member) {
      const Setting setting = read(member, suffix);
      if (!setting.known || !setting.from(Kind::ingress)) continue;
      for (const auto& pair : aws::string_map(setting.value).pairs) {
        const auto [at, fresh] = firsts.emplace(pair.key, First{pair.value, setting.node});
        if (!fresh && at->second.value != pair.value) conflicts_.push_back({pair.key, setting.set_by, setting.node, at->second.node});
      }
    }
  }

  const Graph& graph_;
  const IngressGroup& group_;
  std::vector<GroupConflict> conflicts_;
};

}  // namespace

std::vector<GroupConflict> conflicts_in(const Graph& graph, const IngressGroup& group) {
  return group.members.size() > 1 ? Comparer(graph, group).run() : std::vector<GroupConflict>{};
}

}  // namespace hop
