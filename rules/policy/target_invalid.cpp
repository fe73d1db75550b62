// Targets of policies that cannot be.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The API group of a kind that policies can target.
std::optional<std::string_view> group_of_kind(std::string_view kind) {
  if (kind == "Service") return "";
  if (kind == "ServiceEntry") return "networking.istio.io";
  if (kind == "Gateway" || kind == "GatewayClass") return "gateway.networking.k8s.io";
  return std::nullopt;
}

void check_target(const Resource& resource, yaml::Node target, Report& report) {
  if (const auto ns = text_of(target["namespace"]); ns.is_known() && !(*ns).empty()) {
    report.at_key(resource, ns.node(), "a target has no `namespace`: it is in the policy's own").alias("IST0106");
  }
  const auto group = text_of(target["group"]);
  const auto kind = text_of(target["kind"]);
  if (!kind.is_known() || group.is_unknown() || target_kind(target) != Kind::other) return;
  const auto meant = group_of_kind(*kind);
  if (!meant) {
    report.at(resource, kind.node(), format("a policy cannot target a {}", *kind)).alias("IST0106");
    return;
  }
  Finding finding = report.at(resource, group.node(),
                              meant->empty() ? "a Service has no API group" : format("a {} has the API group `{}`", *kind, *meant));
  finding.alias("IST0106");
  if (group.is_known()) finding.fix(format("change it to `{}`", *meant), group.node(), *meant, Safety::unsafe);
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node target : target_refs(resource)) check_target(resource, target, report);
}

}  // namespace

extern constinit const Rule policy_target_invalid = {
    .info = {.id = "policy-target-invalid",
             .summary = "a policy targets something that policies cannot target",
             .docs = "A target is a Service, a ServiceEntry (group `networking.istio.io`), a Gateway or a GatewayClass of the "
                     "Gateway API (group `gateway.networking.k8s.io`), in the namespace of the policy.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::request_authentication, Kind::authorization_policy, Kind::telemetry, Kind::wasm_plugin, Kind::traffic_extension},
    .check_one = check_one,
};

}  // namespace hop::rules
