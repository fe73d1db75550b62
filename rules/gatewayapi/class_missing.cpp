// A Gateway whose class does not exist.
#include "model/gatewayapi/views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What a slip may have meant: Istio's own classes, which exist without a manifest.
constexpr std::string_view made_by_istio[] = {"istio", "istio-remote", "istio-waypoint", "istio-east-west"};

void check(const Graph& graph, Report& report) {
  for (const K8sGateway& gateway : graph.linted<K8sGateway>()) {
    const auto name = text_of(gateway.class_name());
    if (!name.is_known()) continue;
    const Lookup found = graph.find(*gateway, Kind::gateway_class, "", *name);
    if (!found.missing()) continue;
    const auto meant = nearest(*name, made_by_istio);
    Finding finding = report.at(gateway, name.node(), format("the GatewayClass `{}` does not exist", *name));
    finding.alias("KIA1504").missing(found).target(format("GatewayClass {}", *name));
    const std::string_view near = found.near != nullptr ? found.near->name : meant.value_or("");
    if (!near.empty()) finding.fix(format("change it to `{}`", near), name.node(), near, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule gatewayapi_class_missing = {
    .info =
        {.id = "gatewayapi-class-missing",
         .summary = "a Gateway names a GatewayClass that does not exist",
         .docs =
             "Needs `complete`: controllers make their classes themselves. Istio's own are taken for existing; others are declared with "
             "`known: [\"GatewayClass name\"]`.",
         .effect = "no controller takes the Gateway: nothing listens",
         .source = "https://gateway-api.sigs.k8s.io/api-types/gatewayclass/",
         .severity = Severity::error,
         .aliases = {"KIA1504"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::k8s_gateway, Kind::gateway_class},
    .check = check,
};

}  // namespace hop::rules
