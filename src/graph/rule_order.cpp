// Which rules of a load balancer are never reached because earlier ones take all of their requests.

#include <algorithm>
#include <unordered_map>

#include "graph/ingress_group.h"
#include "text/words.h"

namespace hop {
namespace {

/// The host and path patterns of the rules so far, each with the first rule that has it. The empty text stands for "any".
class Taken {
 public:
  void add(const ListenerRule& rule, std::uint32_t at) {
    for (const std::string& host : hosts_of(rule)) {
      for (const std::string& path : paths_of(rule)) by_host_[host].emplace(path, at);
    }
  }

  /// The rule that takes all requests of `rule`, or of several such the one that takes its first pattern.
  std::optional<std::uint32_t> by(const ListenerRule& rule) const {
    std::optional<std::uint32_t> first;
    for (const std::string& host : hosts_of(rule)) {
      for (const std::string& path : paths_of(rule)) {
        const auto found = covering(host, path);
        if (!found) return std::nullopt;
        if (!first) first = found;
      }
    }
    return first;
  }

 private:
  using Paths = std::unordered_map<std::string, std::uint32_t>;

  static std::vector<std::string> hosts_of(const ListenerRule& rule) {
    std::vector<std::string> hosts;
    for (yaml::Node host : rule.hosts) hosts.push_back(lower(host.str()));
    if (hosts.empty()) hosts.emplace_back();
    return hosts;
  }
  static std::vector<std::string> paths_of(const ListenerRule& rule) {
    return rule.paths.empty() ? std::vector<std::string>{""} : rule.paths;
  }

  static std::optional<std::uint32_t> earlier(std::optional<std::uint32_t> a, std::optional<std::uint32_t> b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
  }

  std::optional<std::uint32_t> covering(const std::string& host, const std::string& path) const {
    std::optional<std::uint32_t> found = on_host("", path);
    if (host.empty()) return found;
    found = earlier(found, on_host(host, path));
    found = earlier(found, on_host("*", path));
    for (std::size_t dot = host.find('.'); dot != std::string::npos; dot = host.find('.', dot + 1)) {
      found = earlier(found, on_host("*" + host.substr(dot), path));
    }
    return found;
  }

  std::optional<std::uint32_t> on_host(const std::string& host, const std::string& path) const {
    const auto paths = by_host_.find(host);
    if (paths == by_host_.end()) return std::nullopt;
    const auto at = [&](const std::string& pattern) {
      const auto found = paths->second.find(pattern);
      return found == paths->second.end() ? std::nullopt : std::optional(found->second);
    };
    std::optional<std::uint32_t> found = earlier(at(""), at("*"));
    if (path.empty()) return earlier(found, at("/*"));
    found = earlier(found, at(path));
    const std::size_t literal = std::min(path.find_first_of("*?"), path.size());
    for (std::size_t length = 1; length <= literal; ++length) found = earlier(found, at(path.substr(0, length) + "*"));
    return found;
  }

  std::unordered_map<std::string, Paths> by_host_;  // looked up only, never iterated
};

/// On how many listeners a rule is reached and on how many it is not.
struct Reach {
  std::uint32_t alive = 0;
  std::optional<std::uint32_t> taken_by;
};

void follow(const IngressGroup& group, const Listener& listener, std::vector<Reach>& reach) {
  Taken taken;
  for (std::uint32_t at : listener.rules) {
    const ListenerRule& rule = group.rules[at];
    const auto by = rule.known ? taken.by(rule) : std::nullopt;
    if (by && !reach[at].taken_by) reach[at].taken_by = by;
    if (!by) ++reach[at].alive;
    if (rule.known && !rule.narrowed) taken.add(rule, at);
  }
  for (const Listener::LeftOut& rule : listener.left_out) {
    if (!reach[rule.rule].taken_by) reach[rule.rule].taken_by = rule.by;
  }
}

}  // namespace

std::vector<ShadowedRule> shadowed_rules(const IngressGroup& group) {
  std::vector<ShadowedRule> shadowed;
  if (!group.known) return shadowed;
  std::vector<Reach> reach(group.rules.size());
  for (const Listener& listener : group.listeners) follow(group, listener, reach);
  for (std::uint32_t i = 0; i < reach.size(); ++i) {
    const Reach& rule = reach[i];
    if (rule.alive == 0 && rule.taken_by) shadowed.push_back({i, *rule.taken_by});
  }
  return shadowed;
}

}  // namespace hop
