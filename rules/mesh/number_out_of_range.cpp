// Percentages, counts and status codes that are out of range.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(
      resource,
      {istio::Syntax::percent, istio::Syntax::share, istio::Syntax::count, istio::Syntax::http_status, istio::Syntax::redirect_code},
      report);
}

}  // namespace

extern constinit const Rule mesh_number_out_of_range = {
    .info = {.id = "mesh-number-out-of-range",
             .summary = "a percentage, a count or a status code is out of range",
             .docs = "Percentages run from 0 to 100, of faults in steps of 0.0001. Counts, weights and limits are not negative. "
                     "A fault or a direct response has a status from 200 to 600, a redirect one from 300 to 399.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
