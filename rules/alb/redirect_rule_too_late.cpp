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

void check_listener(const IngressGroup& group, const Listener& listener, Report& report) {
  std::map<std::pair<std::uint32_t, std::string>, std::vector<const ListenerRule*>> before;  // by member and hosts
  for (std::uint32_t at : listener.rules) {
    const ListenerRule& rule = group.rules[at];
    if (!rule.known) continue;
    const std::pair key(rule.member, hosts_of(rule));
    if (rule.action == ListenerRule::Action::forward && !is_challenge(rule)) before[key].push_back(&rule);
    if (rule.narrowed || !redirect_of(rule).to_https()) continue;
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
                 "tried before it, wherever they are listed.\n\nUse `ssl-redirect` instead, which redirects every request of the plain "
                 "listeners. Paths below `/.well-known/` are left alone.",
             .effect = "clients that come over HTTP are served in clear text",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/tasks/ssl_redirect/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
