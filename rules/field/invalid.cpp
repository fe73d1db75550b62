// A value of the right type that the field does not take.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string range(const fields::Type& type) {
  return type.high >= 2'147'483'647 ? format("a number from {} on", type.low) : format("a number from {} to {}", type.low, type.high);
}

/// "must be …": never the value itself, which may be a secret.
std::string demand(const fields::Type& type) {
  switch (type.shape) {
    case fields::Shape::quantity:
      return "a quantity such as `500m` or `64Mi`";
    case fields::Shape::duration:
      return "a duration such as `30s` or `1h30m`";
    case fields::Shape::gateway_duration:
      return "a duration of whole numbers such as `30s` or `1h30m`";
    case fields::Shape::word:
      return format("one of {}", list_words({type.words, type.size}, 4));
    default:
      return range(type);
  }
}

void report_value(const Resource& resource, const FieldMistake& mistake, Report& report) {
  Finding finding =
      report.at(resource, mistake.place, format("`{}` must be {}", short_path(resource, mistake.place), demand(*mistake.type)));
  if (mistake.type->shape != fields::Shape::word) return;
  const auto meant = nearest(mistake.place.str(), {mistake.type->words, mistake.type->size});
  if (meant) finding.fix(format("change it to `{}`", *meant), mistake.place, *meant, Safety::unsafe);
}

void check_one(const Resource& resource, Report& report) {
  for (const FieldMistake& mistake : mistakes(resource).fields) {
    if (mistake.what == Mistake::invalid) report_value(resource, mistake, report);
  }
}

}  // namespace

extern constinit const Rule field_invalid = {
    .info = {.id = "field-invalid",
             .summary = "a value is none that the field takes",
             .docs =
                 "Words that are no choice of the field (they are case-sensitive), numbers out of range, and texts that are no quantity or "
                 "no duration.\n\nPlaceholders are left alone, and an empty word stands for the default.",
             .effect = "the API server refuses the object: Unsupported or Invalid value",
             .source = "https://kubernetes.io/docs/reference/kubernetes-api/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = kinds_with_fields,
    .check_one = check_one,
};

}  // namespace hop::rules
