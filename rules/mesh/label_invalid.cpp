// Labels that no object can carry.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource, {istio::Syntax::label_key, istio::Syntax::label_value}, report);
}

}  // namespace

extern constinit const Rule mesh_label_invalid = {
    .info = {.id = "mesh-label-invalid",
             .summary = "a label in Istio's configuration is one that no object can carry",
             .docs = "Labels of subsets, endpoints, WorkloadGroups and `sourceLabels` are labels as Kubernetes has them: at "
                     "most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends. The key may "
                     "have a DNS name and a slash before it.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
