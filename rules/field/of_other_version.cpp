// A field that another API version of the kind has.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (const FieldMistake& mistake : mistakes(resource).fields) {
    if (mistake.what != Mistake::moved) continue;
    report.at_key(resource, mistake.place, format("`{}` is no field of `{}`", mistake.name, resource.api_version))
        .label(format("here it is {}", mistake.field->instead));
  }
}

}  // namespace

extern constinit const Rule field_of_other_version = {
    .info = {.id = "field-of-other-version",
             .summary = "a field belongs to another API version of the kind than the one that is declared",
             .docs = "An `apiVersion` was raised and the fields below it were not: `serviceName` in an Ingress of `networking.k8s.io/v1`, "
                     "`targetCPUUtilizationPercentage` in an autoscaler of `autoscaling/v2`, `appendHeaders` in a VirtualService.",
             .effect = "kubectl apply refuses the object; sent without validation, the field is dropped without a word",
             .source = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
             .severity = Severity::error},
    .reads = kinds_with_fields,
    .check_one = check_one,
};

}  // namespace hop::rules
