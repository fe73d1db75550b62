// Outlier detection that is deprecated or switched off.
#include "model/istio/traffic_policy.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node policy : istio::traffic_policies(resource)) {
    const yaml::Node outlier = policy["outlierDetection"];
    if (const auto errors = integer_of(outlier["consecutiveErrors"]); errors.is_known() && *errors != 0) {
      report.at_key(resource, errors.node(), "`consecutiveErrors` is deprecated: use `consecutive5xxErrors` or `consecutiveGatewayErrors`")
          .alias("IST0133")
          .severity(Severity::warning)
          .effect("current Istio ignores it: no host is ejected for errors below the default of 5");
    }
    const auto split = boolean_of(outlier["splitExternalLocalOriginErrors"]);
    const auto failures = integer_of(outlier["consecutiveLocalOriginFailures"]);
    if (split.is_unknown() || split.value_or(false) || !failures.is_known() || *failures <= 0) continue;
    report.at_key(resource, failures.node(), "`consecutiveLocalOriginFailures` needs `splitExternalLocalOriginErrors: true`")
        .alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule destinationrule_outlier_ignored = {
    .info = {.id = "destinationrule-outlier-ignored",
             .summary = "a setting of outlier detection is deprecated, or lacks the one that switches it on",
             .docs = "Failures to connect are counted apart from errors of the host only with `splitExternalLocalOriginErrors: "
                     "true`. `consecutiveErrors` was replaced by two counts: all 5xx, and those of gateways (502, 503, 504).",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"},
             .ineffective = true},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
