// A provider without CUSTOM, or CUSTOM without a provider.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const auto action = text_of(resource.spec()["action"]);
  const yaml::Node provider = resource.spec()["provider"];
  const auto name = text_of(provider["name"]);
  if (action.is_unknown() || name.is_unknown()) return;
  if (action.value_or("ALLOW") != "CUSTOM") {
    if (!provider.is_mapping()) return;
    report.at_key(resource, provider, format("a provider is asked by the action CUSTOM, not by {}", action.value_or("ALLOW")))
        .alias("IST0106");
  } else if (name.value_or("").empty() && resource.spec()["rules"].size() > 0 && !may_get(resource, resource.spec(), {"provider"}) &&
             !may_get(resource, provider, {"name"})) {
    report.at(resource, action.node(), "the action CUSTOM needs `provider.name`").alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule authz_provider_mismatch = {
    .info = {.id = "authz-provider-mismatch",
             .summary = "a policy has a provider that its action does not ask, or lacks the one it asks",
             .docs = "CUSTOM hands the decision to the external authorizer that `provider.name` names, one of MeshConfig's "
                     "`extensionProviders`. Other actions decide by themselves and take no provider.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy-ExtensionProvider",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"}},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
