// More values in the conditions of one rule than an ALB takes.
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::size_t most = 5;

/// What the path itself costs: a prefix is two patterns, `/foo` and `/foo/*`.
std::size_t values_of_path(const IngressPath& path) {
  const std::string_view text = path.path().str();
  if (text.empty()) return 0;
  return path.path_type().str() == "Prefix" && text != "/" ? 2 : 1;
}

/// Values in `conditions.<name>`; nothing where they do not parse.
std::optional<std::size_t> values_of_conditions(yaml::Node annotation) {
  const auto document = aws::json_in(annotation);
  if (document == nullptr) return std::nullopt;
  std::size_t count = 0;
  for (yaml::Node item : document->root().items()) {
    for (const auto& [key, config] : item.entries()) {
      count += aws::json_member(config, "values").size() + aws::json_member(config, "regexValues").size();
    }
  }
  return count;
}

void check_backends(const AlbAnnotated& annotated, Report& report) {
  for (const Ingress::Backend& backend : Ingress(*annotated.resource).backends()) {
    const AlbAnnotation* conditions = annotated.find(format("conditions.{}", backend.path.service().str()));
    if (conditions == nullptr || !conditions->text().is_known()) continue;
    const auto more = values_of_conditions(conditions->value);
    const std::size_t own = values_of_path(backend.path) + (backend.rule.host().str().empty() ? 0 : 1);
    if (!more || own + *more <= most) continue;
    report.at(*annotated.resource, backend.path.service(), format("the rule has {} condition values; an ALB takes {}", own + *more, most))
        .note(conditions->value, format("{} of them stand here", *more))
        .label(format("host and path are {}", own));
  }
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (annotated.is_ingress()) check_backends(annotated, report);
  }
}

}  // namespace

extern constinit const Rule alb_condition_values_exceeded = {
    .info =
        {.id = "alb-condition-values-exceeded",
         .summary = "a rule of an ALB Ingress has more than five condition values",
         .docs =
             "An ALB takes five values in all conditions of a rule together. The host is one, an `Exact` path one, a `Prefix` path two "
             "(`/foo` and `/foo/*`; `/` is one), and every value of `conditions.<name>` counts.\n\nSplit the values over several rules.",
         .effect = "AWS refuses the rule; the controller stops with FailedDeployModel",
         .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
         .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
