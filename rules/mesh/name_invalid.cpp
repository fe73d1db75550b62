// Names that are no DNS labels.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource, {istio::Syntax::name, istio::Syntax::gateway_name}, report);
}

}  // namespace

extern constinit const Rule mesh_name_invalid = {
    .info = {.id = "mesh-name-invalid",
             .summary = "a name is no DNS label where Istio needs one",
             .docs = "Names of subsets, ports and Gateways are DNS labels: letters, digits and dashes, at most 63 characters, "
                     "no dots and no underscores. A VirtualService names a Gateway as `namespace/name`, or by its name alone.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
