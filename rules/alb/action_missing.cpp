// A backend whose action is to stand in an annotation that is not there.
#include "graph/rollouts.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view actions = "alb.ingress.kubernetes.io/actions.";

std::vector<std::string_view> action_names(const Ingress& ingress) {
  std::vector<std::string_view> names;
  for (const auto& [key, value] : ingress->annotations().entries()) {
    if (key.str().starts_with(actions)) names.push_back(key.str().substr(actions.size()));
  }
  return names;
}

void check_backends(const Graph& graph, const Ingress& ingress, Report& report) {
  for (const Ingress::Backend& backend : ingress.backends()) {
    if (backend.path.port().str() != "use-annotation") continue;
    const auto name = text_of(backend.path.service());
    if (!name.is_known() || ingress->annotation(std::string(actions) + std::string(*name))) continue;
    if (may_be_rolled_out(graph, *ingress, *name)) continue;
    const auto names = action_names(ingress);
    Finding finding = report.at(ingress, name.node(), format("there is no annotation `actions.{}` for this backend", shorten(*name)));
    finding.note(backend.path.port(), "`use-annotation` asks for it");
    if (const auto near = nearest(*name, names)) finding.fix(format("change it to `{}`", *near), name.node(), *near, Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  for (const Ingress& ingress : graph.linted<Ingress>()) {
    if (graph.is_alb(ingress) == Truth::yes) check_backends(graph, ingress, report);
  }
}

}  // namespace

extern constinit const Rule alb_action_missing = {
    .info = {.id = "alb-action-missing",
             .summary = "a backend of an ALB Ingress uses an action that no annotation describes",
             .docs =
                 "A backend with the port name `use-annotation` is no Service: its name is that of an action, described by the annotation "
                 "`alb.ingress.kubernetes.io/actions.<name>` of the same Ingress.\n\nStays silent for the root Services of Argo Rollouts, "
                 "which writes "
                 "the action itself, and for any action that has the name of a Service.",
             .effect = "the ALB answers requests for this path with 503 \"Backend action does not exist\"",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::ingress, Kind::ingress_class, Kind::service, Kind::rollout},
    .check = check,
};

}  // namespace hop::rules
