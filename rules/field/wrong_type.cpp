// A value of another type than the field holds.
#include "model/mistakes.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string_view type_of(yaml::Node value) {
  if (value.is_mapping()) return "a mapping";
  if (value.is_sequence()) return "a list";
  if (value.boolean()) return "a boolean";
  return value.is_string() ? "a string" : "a number";
}

bool wants_text(const fields::Type& type) { return type.shape == fields::Shape::text || type.shape == fields::Shape::word; }

/// Whether the text in quotes is what is wanted without them.
bool fits_bare(const fields::Type& type, std::string_view text) {
  if (type.shape == fields::Shape::flag) return text == "true" || text == "false";
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  return type.shape == fields::Shape::whole && digits && (text.front() != '0' || text.size() == 1);
}

/// Quotes put on or taken off, and never the value itself: it may be a secret.
std::vector<Edit> mend_quotes(const FieldMistake& mistake) {
  const yaml::Node value = mistake.place;
  const Span place = value.span();
  if (wants_text(*mistake.type)) {
    if (!quote(value)) return {};
    return {{{place.file, place.begin, place.begin}, "\""}, {{place.file, place.end, place.end}, "\""}};
  }
  if (!value.is_scalar() || value.is_plain() || !fits_bare(*mistake.type, value.str()) || !replace_text(value, value.str())) return {};
  return {{{place.file, place.begin, place.begin + 1}, ""}, {{place.file, place.end - 1, place.end}, ""}};
}

void report_type(const Resource& resource, const FieldMistake& mistake, Report& report) {
  const std::string_view is = type_of(mistake.place);
  const std::string message = format("`{}` must be {}, not {}", short_path(resource, mistake.place), wanted(*mistake.type), is);
  // Of a list or mapping the key says where it is; its first line need not.
  Finding finding =
      mistake.place.is_scalar() ? report.at(resource, mistake.place, message) : report.at_key(resource, mistake.place, message);
  finding.label(std::string(is));
  finding.fix(wants_text(*mistake.type) ? "quote the value" : "take the quotes off", mend_quotes(mistake));
}

void check_one(const Resource& resource, Report& report) {
  for (const FieldMistake& mistake : mistakes(resource).fields) {
    if (mistake.what == Mistake::wrong_type) report_type(resource, mistake, report);
  }
}

}  // namespace

extern constinit const Rule field_wrong_type = {
    .info = {.id = "field-wrong-type",
             .summary = "a value has another type than the field holds",
             .docs = "YAML reads `8080`, `true` and `yes` as numbers and booleans; environment variables, ConfigMap data, selectors and "
                     "arguments hold strings only. Ports and switches, in turn, must not be quoted.\n\n"
                     "Labels and annotations have a rule of their own. Placeholders and explicit nulls are left alone.",
             .effect = "the API server refuses the object: it cannot decode the value",
             .source = "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = kinds_with_fields,
    .check_one = check_one,
};

}  // namespace hop::rules
