// A group name that the controller does not take.
#include <set>

#include "rule/rule.h"
#include "text/words.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<Span> told;  // class parameters once, however many Ingresses have them
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const GroupMember& member : group.members) {
      const Setting& name = member.group_name;
      if (name.set_by == nullptr || !name.known || is_group_name(name.value) || !name.set_by->linted()) continue;
      if (!told.insert(name.node.span()).second) continue;
      Finding finding = report.at(*name.set_by, name.node, format("`{}` is no name for a group of Ingresses", name.value));
      const std::string meant = lower(trim(name.value));
      if (is_group_name(meant)) finding.fix(format("change it to `{}`", meant), name.node, meant, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule alb_group_name_invalid = {
    .info = {.id = "alb-group-name-invalid",
             .summary = "`group.name` is not a name the controller takes",
             .docs = "At most 63 lower-case letters, digits, dashes and dots, with a letter or digit at both ends.",
             .effect = "the controller does not reconcile the Ingress: it has no load balancer, or drops out of its group",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.name",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
