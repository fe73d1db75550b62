// Durations that are too short or too fine for Istio.
#include "model/istio/value_fields.h"
#include "rule/istio_values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report_bad_values(resource, {istio::Syntax::duration, istio::Syntax::duration_or_off, istio::Syntax::seconds}, report);
}

}  // namespace

extern constinit const Rule mesh_duration_invalid = {
    .info =
        {.id = "mesh-duration-invalid",
         .summary = "a duration is shorter or finer than Istio takes",
         .docs =
             "Timeouts, intervals and delays of VirtualServices, DestinationRules, Sidecars and RequestAuthentications "
             "are written like `1h30m`, `5s` or `200ms`: whole milliseconds, at least one. `corsPolicy.maxAge` has "
             "whole seconds.\n\nTo switch a timeout off, leave the field out; `0s` is refused everywhere but for the idle timeout of TCP.",
         .effect = "istiod's webhook refuses the object; what was there before stays in force",
         .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute",
         .severity = Severity::error,
         .aliases = {"IST0106"}},
    .reads = istio::value_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
