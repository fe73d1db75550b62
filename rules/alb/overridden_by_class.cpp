// An annotation that the class's parameters override.
#include <set>

#include "model/aws/annotations.h"
#include "model/aws/class_params.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_member(const GroupMember& member, Report& report) {
  std::set<std::string_view> done;  // some settings have two spellings in the parameters
  for (const alb::Override& entry : alb::overrides()) {
    const yaml::Node annotation = member.ingress->annotation(std::string(alb::prefix) + std::string(entry.suffix));
    const yaml::Node field = IngressClassParams(*member.params).overriding(entry.suffix);
    if (!annotation || !field || !done.insert(entry.suffix).second) continue;
    Finding finding = report.at(*member.ingress, annotation, format("`{}` is settled by the class's parameters", entry.suffix));
    finding.note(field, "this holds");
    if (auto edit = remove_pair(member.ingress->annotations(), annotation)) finding.fix("take the annotation out", {*edit});
  }
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const GroupMember& member : group.members) {
      if (member.params != nullptr && !member.params->opaque) check_member(member, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_overridden_by_class = {
    .info = {.id = "alb-overridden-by-class",
             .summary = "an annotation has no effect because the class's IngressClassParams settle it",
             .docs = "What IngressClassParams say holds for every Ingress of the class, whatever its annotations say.",
             .effect = "the annotation is ignored without a word",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/",
             .severity = Severity::info,
             .fixes = FixPolicy::sometimes,
             .ineffective = true},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
