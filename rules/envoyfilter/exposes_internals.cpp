// EnvoyFilters at all.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  report.at_key(resource, resource.spec(), "an EnvoyFilter reaches into configuration that changes with every release of Istio")
      .alias("IST0133");
}

}  // namespace

extern constinit const Rule envoyfilter_exposes_internals = {
    .info = {.id = "envoyfilter-exposes-internals",
             .summary = "an EnvoyFilter changes configuration that Istio makes no promise about",
             .docs = "Names of listeners, filters and clusters are Istio's own business and change without notice. Where "
                     "another API does the same (Telemetry, WasmPlugin, DestinationRule), prefer it; try EnvoyFilters out "
                     "before each upgrade.",
             .effect = "an upgrade of Istio may break it, or silently switch it off",
             .source = "https://istio.io/latest/docs/reference/config/networking/envoy-filter/",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"IST0133"}},
    .reads = {Kind::envoy_filter},
    .check_one = check_one,
};

}  // namespace hop::rules
