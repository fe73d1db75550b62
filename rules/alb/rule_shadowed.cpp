// A path that is never reached: a rule before it takes all of its requests.
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string what(const ListenerRule& rule) {
  const std::string_view host = rule.hosts.empty() ? "*" : rule.hosts.front().str();
  const std::string_view path = rule.paths.empty() ? "/*" : std::string_view(rule.paths.front());
  return std::string(host) + std::string(path);
}

/// Whether both lead to the same place, so that the order does not matter.
bool same_target(const ListenerRule& a, const ListenerRule& b) {
  if (a.action != ListenerRule::Action::forward || b.action != ListenerRule::Action::forward || a.member != b.member) return false;
  return a.backend.path.service().str() == b.backend.path.service().str() && a.backend.path.port().str() == b.backend.path.port().str();
}

yaml::Node place(const ListenerRule& rule) {
  const yaml::Node path = rule.backend.path.path();
  return path ? path : rule.backend.path.service();
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const ShadowedRule& found : shadowed_rules(group)) {
      const ListenerRule& rule = group.rules[found.rule];
      const ListenerRule& by = group.rules[found.by];
      Finding finding =
          report.at(group.ingress(rule), place(rule), format("`{}` is never reached: a rule before it takes `{}`", what(rule), what(by)));
      finding.note(place(by), "this rule comes first");
      if (same_target(rule, by)) finding.severity(Severity::info).effect("the rule is of no use; both lead to the same port");
      if (by.action == ListenerRule::Action::redirect) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule alb_rule_shadowed = {
    .info = {.id = "alb-rule-shadowed",
             .summary = "a path of an ALB Ingress is never reached because an earlier rule takes its requests",
             .docs =
                 "The load balancer tries rules in order and takes the first that matches: Ingresses of a group by `group.order`, then by "
                 "namespace and name; within one the rules as they are listed; within a rule exact paths, then prefixes with the longer "
                 "ones first, then patterns. Hosts are not sorted: a rule without host, or with `*.example.com`, that stands before "
                 "`a.example.com` takes its requests, which the Ingress specification would not do.\n\n"
                 "Move the narrower rule forward, or give its Ingress a lower `group.order`. Rules with further conditions shadow nothing; "
                 "a rule that another listener still reaches is not reported.",
             .effect = "requests that are meant for this backend go to the other one",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order",
             .severity = Severity::error,
             .ineffective = true},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
