// A redirect to HTTPS made by an action, and a path that the plain listener serves before it.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string hosts_of(const ListenerRule& rule) {
  std::string text;
  for (yaml::Node host : rule.hosts) text += std::string(host.str()) + " ";
  return text;
}

/// Answering a challenge over plain HTTP is what it is for.
bool is_challenge(const ListenerRule& rule) { return !rule.paths.empty() && rule.paths.front().starts_with("/.well-known/"); }

void tell(const IngressGroup& group, const ListenerRule& rule, const ListenerRule& redirect, Report& report) {
  report
      .at(group.ingress(rule), rule.backend.path.path(),
          format("`{}` is served over plain HTTP: the redirect to HTTPS comes behind it", rule.paths.empty() ? "/*" : rule.paths.front()))
      .note(redirect.backend.path.path() ? redirect.backend.path.path() : redirect.backend.path.service(), "the redirect");
}

bool is_root_only(const ListenerRule& rule) { return rule.paths.size() == 1 && rule.paths.front() == "/"; }

void tell_root_only(const IngressGroup& group, const ListenerRule& redirect, const ListenerRule& rule, Report& report) {
  report.at(group.ingress(redirect), redirect.backend.path.path(), "the redirect to HTTPS takes the path `/` only")
      .note(rule.backend.path.path() ? rule.backend.path.path() : rule.backend.path.service(), "this is served over plain HTTP");
}

void check_listener(const IngressGroup& group, const Listener& listener, Report& report) {
  using Key = std::pair<std::uint32_t, std::string>;  // member and hosts
  std::map<Key, std::vector<const ListenerRule*>> before;
  std::map<Key, const ListenerRule*> root_only;
  for (std::uint32_t at : listener.rules) {
    const ListenerRule& rule = group.rules[at];
    if (!rule.known) continue;
    const Key key(rule.member, hosts_of(rule));
    if (rule.action == ListenerRule::Action::forward && !is_challenge(rule)) {
      before[key].push_back(&rule);
      if (const auto found = root_only.find(key); found != root_only.end() && !is_root_only(rule)) {
        tell_root_only(group, *found->second, rule, report);
        root_only.erase(found);
      }
    }
    if (rule.narrowed || !redirect_of(rule).to_https()) continue;
    if (is_root_only(rule)) root_only.emplace(key, &rule);
    for (const ListenerRule* served : before[key]) tell(group, *served, rule, report);
    before.erase(key);
  }
}

bool has_https(const IngressGroup& group) {
  for (const Listener& listener : group.listeners) {
    if (listener.https) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known || !has_https(group)) continue;
    for (const Listener& listener : group.listeners) {
      if (!listener.https) check_listener(group, listener, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_redirect_rule_too_late = {
    .info = {.id = "alb-redirect-rule-too-late",
             .summary = "a path is served over plain HTTP because the redirect to HTTPS is sorted behind it",
             .docs =
                 "A redirect that is made with `actions.<name>` is a rule among others. Exact paths, and prefixes longer than its own, are "
                 "tried before it, wherever they are listed; and `/` without `pathType: Prefix` is that one path only.\n\nUse "
                 "`ssl-redirect` instead, which redirects every request of the plain "
                 "listeners. Paths below `/.well-known/` are left alone.",
             .effect = "clients that come over HTTP are served in clear text",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/tasks/ssl_redirect/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
