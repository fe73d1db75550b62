// A number or boolean that Go cannot read, or that is out of range.
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_number(const AlbAnnotated& annotated, const AlbAnnotation& annotation, std::string_view text, Report& report) {
  const aws::Range range = annotation.row->range;
  const auto number = aws::parse_int(text);
  if (!number) {
    report.at(*annotated.resource, annotation.value, format("`{}` is `{}`, not a whole number", annotation.suffix, shorten(text, 24)));
  } else if (*number < range.lowest || *number > range.highest) {
    report.at(*annotated.resource, annotation.value,
              format("`{}` is {}, not between {} and {}", annotation.suffix, *number, range.lowest, range.highest));
  }
}

void check_boolean(const AlbAnnotated& annotated, const AlbAnnotation& annotation, std::string_view text, Report& report) {
  if (aws::parse_bool(text)) return;
  Finding finding = report.at(*annotated.resource, annotation.value,
                              format("`{}` is `{}`, neither `true` nor `false`", annotation.suffix, shorten(text, 24)));
  if (annotation.suffix == "create-acm-cert") finding.severity(Severity::warning).effect("the controller takes it for `false`");
  const std::string folded = lower(trim(text));
  const bool yes = folded == "true" || folded == "yes" || folded == "on" || folded == "enabled";
  const bool no = folded == "false" || folded == "no" || folded == "off" || folded == "disabled";
  if (yes || no) finding.fix(format("write `{}`", yes), annotation.value, yes ? "true" : "false");
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const AlbAnnotation& annotation : annotated.all) {
      if (annotation.row == nullptr) continue;
      const auto text = annotation.text();
      if (!text.is_known() || !annotation.value.is_string()) continue;
      if (annotation.row->grammar == alb::Grammar::integer) check_number(annotated, annotation, *text, report);
      if (annotation.row->grammar == alb::Grammar::boolean) check_boolean(annotated, annotation, *text, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_annotation_number_invalid = {
    .info = {.id = "alb-annotation-number-invalid",
             .summary = "an annotation of an ALB holds no number or boolean that can be read, or one out of range",
             .docs =
                 "Numbers are whole, without unit and blanks; booleans are `true` and `false` (Go takes `1`, `t`, `T`, `TRUE`, `True` and "
                 "their opposites too, but not `yes` or `on`). `group.order` goes from -1000 to 1000; the ranges of health checks are "
                 "those of the Elastic Load Balancing API.\n\nPlaceholders are left alone.",
             .effect =
                 "the controller or AWS refuses it with FailedBuildModel or FailedDeployModel, and no Ingress of the group is updated",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
