// A redirect made by hand beside ssl-redirect.
#include "model/aws/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The path goes, and the action with it if no other path uses it.
std::vector<Edit> without(const Resource& ingress, const ListenerRule& rule) {
  const std::string_view action = rule.backend.path.service().str();
  const auto path = remove_item(rule.backend.rule.node["http"]["paths"], rule.backend.path.node);
  if (!path) return {};
  std::vector<Edit> edits{*path};
  std::size_t users = 0;
  for (const Ingress::Backend& backend : Ingress(ingress).backends()) users += backend.path.service().str() == action ? 1 : 0;
  if (users > 1) return edits;
  const yaml::Node annotation = ingress.annotation(std::string(alb::prefix) + "actions." + std::string(action));
  const auto edit = remove_pair(ingress.annotations(), annotation);
  if (!edit) return {};
  edits.push_back(*edit);
  return edits;
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known || !group.redirect_port) continue;
    for (const ListenerRule& rule : group.rules) {
      const Redirect to = redirect_of(rule);
      if (!to.to_https() || !to.host.empty() || !to.path.empty()) continue;
      const Resource& ingress = group.ingress(rule);
      Finding finding = report.at(ingress, rule.backend.path.service(),
                                  format("the redirect `{}` does nothing beside `ssl-redirect`", rule.backend.path.service().str()));
      finding.note(group.ssl_redirect.node, "every HTTP listener redirects by this");
      if (auto edits = without(ingress, rule); !edits.empty()) finding.fix("take the path and its action out", std::move(edits));
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
             .severity = Severity::info,
             .fixes = FixPolicy::sometimes,
             .ineffective = true},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
