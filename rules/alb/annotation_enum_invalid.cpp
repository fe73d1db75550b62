// A word that is none of an annotation's choices.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_word(const AlbAnnotated& annotated, const AlbAnnotation& annotation, Report& report) {
  const std::string_view words = annotation.row->values;
  const auto text = annotation.text();
  if (!text.is_known() || aws::is_among(words, *text)) return;
  const auto meant = aws::meant_among(words, *text);
  Finding finding = report.at(*annotated.resource, annotation.value,
                              format("`{}` is `{}`, not {}", annotation.suffix, shorten(*text, 24), aws::spell_choice(words)));
  if (!meant) return;
  const bool same_word = lower(trim(*text)) == lower(*meant);
  if (same_word) finding.label(trim(*text) == *meant ? "white space counts" : "case counts");
  finding.fix(format("write `{}`", *meant), annotation.value, *meant, same_word ? Safety::safe : Safety::unsafe);
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const AlbAnnotation& annotation : annotated.all) {
      if (annotation.row != nullptr && annotation.row->grammar == alb::Grammar::word) check_word(annotated, annotation, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_annotation_enum_invalid = {
    .info = {.id = "alb-annotation-enum-invalid",
             .summary = "an annotation of an ALB holds a word that is none of its choices",
             .docs =
                 "`scheme`, `target-type`, `backend-protocol` and their like are compared letter for letter: `https` is not `HTTPS`, and "
                 "a blank or a line break behind the word counts, as a block scalar (`|`) leaves one.\n\nPlaceholders are left alone.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
