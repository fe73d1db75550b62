// What the controller makes of an Ingress's paths: rules with their conditions, actions and target groups, in its order.

#include <algorithm>

#include "graph/entry_build.h"
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "yaml/template.h"

namespace hop {
namespace {

constexpr std::string_view by_annotation = "use-annotation";

/// Exact paths, then prefixes with the longer ones first, then what the load balancer takes as a pattern.
struct PathOrder {
  int type = 2;
  std::size_t length = 0;  ///< of prefixes
  friend bool operator<(const PathOrder& a, const PathOrder& b) {
    return a.type != b.type ? a.type < b.type : a.type == 1 && a.length > b.length;
  }
};

PathOrder order_of(const IngressPath& path) {
  const std::string_view type = path.path_type().str();
  return {type == "Exact" ? 0 : type == "Prefix" ? 1 : 2, path.path().str().size()};
}

class RuleReader {
 public:
  RuleReader(const Controller& controller, const GroupMember& member, TargetGroups& target_groups, Index& index)
      : controller_(controller), member_(member), target_groups_(target_groups), index_(index) {}

  ListenerRule read(const Ingress::Backend& backend) {
    ListenerRule rule;
    rule.backend = backend;
    rule.fallback = !backend.rule.node;
    add_host(rule, backend.rule.host());
    if (!rule.fallback) add_path(rule, backend.path);
    add_conditions(rule);
    add_action(rule);
    return rule;
  }

 private:
  yaml::Node annotation(std::string_view suffix, std::string_view name) const {
    return member_.ingress->annotation(std::string(alb::prefix) + std::string(suffix) + std::string(name));
  }

  /// The JSON of an annotation, kept alive with the graph; absent where it does not parse.
  yaml::Node json(yaml::Node scalar) {
    if (text_of(scalar).is_unknown()) return {};
    auto document = aws::json_in(scalar);
    if (!document) return {};
    index_.documents.push_back(document);
    return document->root();
  }

  static void add_host(ListenerRule& rule, yaml::Node host) {
    const auto text = text_of(host);
    if (text.is_absent() || text.equals("") == Truth::yes) return;
    rule.known = rule.known && text.is_known();
    rule.hosts.push_back(host);
  }

  void add_path(ListenerRule& rule, const IngressPath& path) const {
    const auto text = text_of(path.path());
    const auto type = text_of(path.path_type());
    if (text.is_unknown() || type.is_unknown()) rule.known = false;
    if (!text.is_known() || (*text).empty()) return;
    const bool prefix = type.equals("Prefix") == Truth::yes;
    // A regular expression is no pattern that could be compared.
    if (!prefix && type.equals("Exact") != Truth::yes && annotation("use-regex-path-match", "").str() == "true") rule.known = false;
    if (!prefix || *text == "/") {
      rule.paths.emplace_back(prefix ? "/*" : *text);
      return;
    }
    std::string_view base = *text;
    if (base.ends_with('/')) base.remove_suffix(1);
    rule.paths.emplace_back(base);
    rule.paths.push_back(std::string(base) + "/*");
  }

  void add_conditions(ListenerRule& rule) {
    const yaml::Node scalar = annotation("conditions.", rule.backend.path.service().str());
    if (!scalar) return;
    const yaml::Node list = json(scalar);
    if (!list.is_sequence()) rule.known = false;
    for (yaml::Node item : list.items()) add_condition(rule, item);
  }

  static void add_condition(ListenerRule& rule, yaml::Node item) {
    const std::string_view field = aws::json_member(item, "field").str();
    const bool host = field == "host-header";
    if (!host && field != "path-pattern") {
      rule.narrowed = true;
      return;
    }
    const yaml::Node config = aws::json_member(item, host ? "hostHeaderConfig" : "pathPatternConfig");
    if (aws::json_member(config, "regexValues")) rule.known = false;
    for (yaml::Node value : aws::json_member(config, "values").items()) {
      if (host) {
        add_host(rule, value);
      } else {
        rule.known = rule.known && text_of(value).is_known();
        rule.paths.emplace_back(value.str());
      }
    }
  }

  void add_action(ListenerRule& rule) {
    const auto port = text_of(rule.backend.path.port());
    if (port.equals(by_annotation) == Truth::no) {
      rule.target_groups.push_back(target_groups_.add(controller_, member_, rule.backend));
      return;
    }
    const yaml::Node scalar = annotation("actions.", rule.backend.path.service().str());
    if (port.is_unknown() || !scalar) {
      rule.action = port.is_unknown() || text_of(rule.backend.path.service()).is_unknown() ? ListenerRule::Action::unknown
                                                                                           : ListenerRule::Action::missing;
      return;
    }
    rule.action_node = json(scalar);
    const std::string_view type = aws::json_member(rule.action_node, "type").str();
    rule.action = type == "forward"          ? ListenerRule::Action::forward
                  : type == "redirect"       ? ListenerRule::Action::redirect
                  : type == "fixed-response" ? ListenerRule::Action::fixed_response
                                             : ListenerRule::Action::unknown;
    if (type == "forward") add_targets(rule);
  }

  /// A tuple of a forward action names its Service as an old Ingress backend does.
  void add_targets(ListenerRule& rule) {
    const yaml::Node config = aws::json_member(rule.action_node, "forwardConfig");
    for (yaml::Node tuple : aws::json_member(config, "targetGroups").items()) {
      if (!tuple["serviceName"]) continue;
      rule.target_groups.push_back(target_groups_.add(controller_, member_, {rule.backend.rule, {rule.backend.path.node, tuple}}));
    }
  }

  const Controller& controller_;
  const GroupMember& member_;
  TargetGroups& target_groups_;
  Index& index_;
};

}  // namespace

std::vector<ListenerRule> rules_of(const Controller& controller, const GroupMember& member, TargetGroups& target_groups, Index& index) {
  RuleReader reader(controller, member, target_groups, index);
  std::vector<ListenerRule> rules;
  std::size_t first = 0;  // of the rules of the Ingress rule that is being read
  const auto sort_paths = [&] {
    std::stable_sort(rules.begin() + static_cast<std::ptrdiff_t>(first), rules.end(),
                     [](const ListenerRule& a, const ListenerRule& b) { return order_of(a.backend.path) < order_of(b.backend.path); });
    first = rules.size();
  };
  yaml::Node current;
  for (const Ingress::Backend& backend : Ingress(*member.ingress).backends()) {
    if (!(backend.rule.node == current)) sort_paths();
    current = backend.rule.node;
    rules.push_back(reader.read(backend));
  }
  sort_paths();
  return rules;
}

Redirect redirect_of(const ListenerRule& rule) {
  if (rule.action != ListenerRule::Action::redirect) return {};
  const yaml::Node config = aws::json_member(rule.action_node, "redirectConfig");
  const auto member = [&](std::string_view key) { return aws::json_member(config, key).str(); };
  return {member("protocol"), member("port"), member("host"), member("path"), member("query")};
}

}  // namespace hop
