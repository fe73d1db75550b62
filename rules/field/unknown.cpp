// A key that the object's API version does not have.
#include "model/mistakes.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void report_unknown(const Resource& resource, const FieldMistake& mistake, Report& report) {
  const std::string_view meant = meant_field(*mistake.type, mistake.name);
  Finding finding =
      report.at_key(resource, mistake.place, format("`{}` has no field `{}`", short_parent_path(resource, mistake.place), mistake.name));
  if (!meant.empty()) {
    finding.label(format("`{}` is one", meant)).explains_parent();
    if (auto edit = rename_key(mistake.place, meant)) finding.fix(format("change it to `{}`", meant), {*edit}, Safety::unsafe);
  } else if (!mistake.home.empty()) {
    finding.label(format("it belongs to `{}`", mistake.home));
  } else {
    // Nothing like it is known here: a newer release may have brought it.
    finding.severity(Severity::warning);
  }
}

void check_one(const Resource& resource, Report& report) {
  for (const FieldMistake& mistake : mistakes(resource).fields) {
    if (mistake.what == Mistake::unknown) report_unknown(resource, mistake, report);
  }
}

}  // namespace

extern constinit const Rule field_unknown = {
    .info = {.id = "field-unknown",
             .summary = "a field does not exist in the object's API version",
             .docs = "Keys are compared with the fields of Kubernetes 1.37, Istio 1.32, the Gateway API 1.6 and the AWS Load Balancer "
                     "Controller. Names are case-sensitive; Istio's resources take the lowerCamelCase names only.\n\n"
                     "Error where the key is a slip of a field's name or stands beside the object that it belongs to; a warning where "
                     "nothing like it is known, as a newer release may have brought it. `status`, free maps such as labels, patches and "
                     "templates are left alone.",
             .effect = "kubectl apply refuses the object; sent without validation, the field is dropped without a word",
             .source = "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = kinds_with_fields,
    .check_one = check_one,
};

}  // namespace hop::rules
