// Settings of retries that are switched off.
#include "model/field_path.h"
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node retries : nodes_at(resource.spec(), "http[].retries")) {
    const auto attempts = integer_of(retries["attempts"]);
    if (attempts.is_unknown() || attempts.value_or(0) != 0) continue;
    for (const std::string_view field : {"perTryTimeout", "retryOn", "retryRemoteLocalities"}) {
      if (!istio::is_set(retries[field])) continue;
      Finding finding = report.at_key(resource, retries[field], format("`{}` is set, but there are no `attempts`", field));
      finding.alias("IST0106");
      if (attempts.is_known()) finding.note(attempts.node(), "this switches retries off");
      break;
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_retries_off = {
    .info = {.id = "virtualservice-retries-off",
             .summary = "retries have settings and no attempts",
             .docs = "`attempts` says how often a request is tried again. It has to be given beside `perTryTimeout` and "
                     "`retryOn`; 0 switches retries off, and then nothing else may be set.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
