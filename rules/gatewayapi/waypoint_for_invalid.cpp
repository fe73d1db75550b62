// A waypoint for a kind of traffic that Istio does not know.
#include <algorithm>

#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view words[] = {"service", "workload", "all", "none"};

void check_one(const Resource& resource, Report& report) {
  const auto value = text_of(resource.label("istio.io/waypoint-for"));
  if (!value.is_known() || std::ranges::find(words, *value) != std::end(words)) return;
  Finding finding = report.at(resource, value.node(), format("`{}` is none of {}", shorten(*value, 24), list_words(words)));
  if (const auto meant = nearest(*value, words)) finding.fix(format("change it to `{}`", *meant), value.node(), *meant, Safety::unsafe);
}

}  // namespace

extern constinit const Rule gatewayapi_waypoint_for_invalid = {
    .info = {.id = "gatewayapi-waypoint-for-invalid",
             .summary = "a waypoint is for a kind of traffic that Istio does not know",
             .docs = "The label `istio.io/waypoint-for` of a Gateway, or of a GatewayClass for all its Gateways, is `service`, `workload`, "
                     "`all` or `none`. Without it a waypoint takes what is sent to Services.",
             .effect = "the waypoint takes no requests: its routes and HTTP policies are not applied",
             .source = "https://istio.io/latest/docs/ambient/usage/waypoint/#waypoint-traffic-types",
             .severity = Severity::error,
             .group = Group::security,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::k8s_gateway, Kind::gateway_class},
    .check_one = check_one,
};

}  // namespace hop::rules
