// Tracing settings of which only the first count.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  std::size_t position = 0;
  for (yaml::Node tracing : resource.spec()["tracing"].items()) {
    if (position++ > 0) report.at(resource, tracing, "only the first entry of `tracing` counts").alias("IST0133");
    if (tracing["providers"].size() > 1)
      report.at(resource, tracing["providers"][std::size_t{1}], "only the first provider of traces counts").alias("IST0133");
  }
}

}  // namespace

extern constinit const Rule telemetry_tracing_ignored = {
    .info = {.id = "telemetry-tracing-ignored",
             .summary = "a Telemetry has more tracing settings or providers than Istio uses",
             .docs = "`tracing` has one entry, and that has one provider. Istio accepts more and ignores them.",
             .effect = "the setting is ignored",
             .source = "https://istio.io/latest/docs/reference/config/telemetry/#Tracing",
             .severity = Severity::warning,
             .aliases = {"IST0133"},
             .ineffective = true},
    .reads = {Kind::telemetry},
    .check_one = check_one,
};

}  // namespace hop::rules
