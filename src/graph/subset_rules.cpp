#include "graph/subset_rules.h"

#include <algorithm>
#include <unordered_set>

namespace hop {
namespace {

/// Adds rules one by one: first all that name the host, then all wildcards.
class Reader {
 public:
  explicit Reader(const Graph& graph) : graph_(graph) {}

  void read(const std::vector<DestinationRule>& rules, Truth SubsetRules::* place) {
    bool opaque = false, open = false;
    for (const DestinationRule& rule : rules) {
      opaque = opaque || rule->opaque;
      open = add(rule, place) || open;
    }
    // Of one that is only known to exist nobody knows what it lacks, nor that it has no other of the name.
    if (opaque || open) unknown_in(place, opaque);
  }

  Subsets take() {
    for (auto& [name, rules] : found_.by_name) {
      const auto has_open_name = [&](const DestinationRule& rule) { return open_rules_.contains(rule->id); };
      rules.others = std::ranges::count_if(rules.rules, has_open_name) < std::ssize(open_rules_);
      finish(rules.seen.namespaces);
    }
    found_.none.others = !open_rules_.empty();
    return std::move(found_);
  }

 private:
  /// Whether a name is not known.
  bool add(const DestinationRule& rule, Truth SubsetRules::* place) {
    bool open = rule->opaque;
    const Visibility seen = visibility(graph_, *rule);
    for (yaml::Node node : rule.subsets()) {
      const auto name = text_of(node["name"]);
      if (place == &SubsetRules::in_exact) found_.names.push_back(node["name"].str());
      open = open || name.is_unknown();
      if (!name.is_known() || rule->opaque) continue;
      SubsetRules& rules = found_.by_name[*name];
      rules.*place = Truth::yes;
      if (!rules.rules.empty() && rules.rules.back().resource == rule.resource) continue;
      rules.rules.push_back(rule);
      rules.has_open = rules.has_open || rule->ns.empty();
      rules.seen.everywhere = rules.seen.everywhere || seen.everywhere;
      rules.seen.unknown = rules.seen.unknown || seen.unknown;
      rules.seen.namespaces.insert(rules.seen.namespaces.end(), seen.namespaces.begin(), seen.namespaces.end());
    }
    if (open) open_rules_.insert(rule->id);
    return open;
  }

  void unknown_in(Truth SubsetRules::* place, bool always) {
    for (auto& [name, rules] : found_.by_name) {
      if (always || rules.*place == Truth::no) rules.*place = Truth::unknown;
    }
    found_.none.*place = Truth::unknown;
  }

  static void finish(std::vector<std::string_view>& namespaces) {
    std::ranges::sort(namespaces);
    namespaces.erase(std::ranges::unique(namespaces).begin(), namespaces.end());
  }

  const Graph& graph_;
  Subsets found_;
  std::unordered_set<std::uint32_t> open_rules_;  // looked up only
};

std::vector<std::string_view> each_once(const std::vector<std::string_view>& names) {
  std::vector<std::string_view> different;
  std::unordered_set<std::string_view> seen;  // looked up only
  for (const std::string_view name : names) {
    if (seen.insert(name).second) different.push_back(name);
  }
  return different;
}

}  // namespace

const Subsets& subsets_of(const Graph& graph, const HostRules& rules) {
  return *rules.subsets.get([&] {
    Reader reader(graph);
    reader.read(rules.exact, &SubsetRules::in_exact);
    reader.read(rules.wide, &SubsetRules::in_wide);
    auto found = std::make_shared<Subsets>(reader.take());
    found->different_names = each_once(found->names);
    return std::shared_ptr<const Subsets>(std::move(found));
  });
}

}  // namespace hop
