// Wildcards in a path whose type takes none.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What a Prefix path with a trailing wildcard was meant to be: `/foo/*` is `/foo`, `/*` is `/`.
std::string_view without_wildcard(std::string_view path) {
  if (!path.ends_with("/*")) return {};
  path.remove_suffix(path.size() > 2 ? 2 : 1);
  return path.find_first_of("*?") == std::string_view::npos ? path : std::string_view{};
}

void check(const Graph& graph, Report& report) {
  for (const Ingress& ingress : graph.linted<Ingress>()) {
    if (graph.is_alb(ingress) != Truth::yes) continue;
    for (const Ingress::Backend& backend : ingress.backends()) {
      const auto type = text_of(backend.path.path_type());
      const auto path = text_of(backend.path.path());
      if (!type.is_known() || !path.is_known() || (*type != "Prefix" && *type != "Exact")) continue;
      if ((*path).find_first_of("*?") == std::string_view::npos) continue;
      Finding finding = report.at(ingress, path.node(), format("path `{}` of type `{}` holds a wildcard", *path, *type))
                            .note(type.node(), format("`{}` takes the path literally", *type));
      const std::string_view meant = without_wildcard(*path);
      if (*type == "Prefix" && !meant.empty())
        finding.fix(format("write `{}`: a prefix covers everything below it", meant), path.node(), meant);
    }
  }
}

}  // namespace

extern constinit const Rule alb_path_wildcard = {
    .info = {.id = "alb-path-wildcard",
             .summary = "an ALB Ingress has `*` or `?` in a path of type Prefix or Exact",
             .docs = "The controller refuses such a path since version 2.2. `pathType: Prefix` already covers everything below the path; "
                     "patterns with wildcards need `pathType: ImplementationSpecific`.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source =
                 "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2041; pkg/ingress/model_build_listener_rules.go",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes,
             .applies = {Component::controller, {2, 2}}},
    .reads = {Kind::ingress, Kind::ingress_class},
    .check = check,
};

}  // namespace hop::rules
