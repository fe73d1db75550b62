// Two fields of which Istio takes only one.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (const istio::Clash& clash : mistakes(resource).sets.clashes) {
    Finding finding =
        report.at_key(resource, clash.second, format("`{}` and `{}` exclude each other", clash.first_name, clash.second_name));
    finding.note(clash.first.key_span(), "this is set, too");
    if (clash.validated) finding.alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule mesh_fields_exclusive = {
    .info = {.id = "mesh-fields-exclusive",
             .summary = "two fields are set of which Istio takes only one",
             .docs = "A route has one of `route`, `redirect`, `directResponse` and `delegate`; a redirect or a direct response "
                     "has no `fault` and no `rewrite`; a text is matched by one of `exact`, `prefix` and `regex`; a policy has "
                     "one of `selector`, `targetRef` and `targetRefs`, and so on for every pair that the reference calls "
                     "exclusive.",
             .effect = "the API server or istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::field_set_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
