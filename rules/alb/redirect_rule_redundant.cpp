// A redirect made by hand beside ssl-redirect.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known || !group.redirect_port) continue;
    for (const ListenerRule& rule : group.rules) {
      const Redirect to = redirect_of(rule);
      if (!to.to_https() || !to.host.empty() || !to.path.empty()) continue;
      report
          .at(group.ingress(rule), rule.backend.path.service(),
              format("the redirect `{}` does nothing beside `ssl-redirect`", rule.backend.path.service().str()))
          .note(group.ssl_redirect.node, "every HTTP listener redirects by this");
    }
  }
}

}  // namespace

extern constinit const Rule alb_redirect_rule_redundant = {
    .info = {.id = "alb-redirect-rule-redundant",
             .summary = "an action redirects to HTTPS although `ssl-redirect` does",
             .docs = "With `ssl-redirect` HTTP listeners have no rules, and on an HTTPS listener the controller leaves out a redirect to "
                     "itself. The path and the annotation of the older way can go.",
             .effect = "none: the rule is dropped",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/tasks/ssl_redirect/",
             .severity = Severity::info},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
