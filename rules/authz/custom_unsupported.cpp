// Conditions that CUSTOM policies cannot have.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view fields[] = {"namespaces",        "notNamespaces",        "principals",      "notPrincipals",
                                       "requestPrincipals", "notRequestPrincipals", "serviceAccounts", "notServiceAccounts"};

bool is_supported(std::string_view key) {
  return key != "source.namespace" && key != "source.principal" && key != "source.serviceAccount" && !key.starts_with("request.auth.");
}

void check_one(const Resource& resource, Report& report) {
  if (text_of(resource.spec()["action"]).equals("CUSTOM") != Truth::yes) return;
  const AuthorizationPolicy policy(resource);
  for (yaml::Node source : policy.sources()) {
    for (const std::string_view field : fields) {
      if (source[field].size() == 0) continue;
      report.at_key(resource, source[field], format("a CUSTOM policy does not look at `{}`", field)).alias("IST0106");
    }
  }
  for (yaml::Node condition : policy.conditions()) {
    const auto key = text_of(condition["key"]);
    if (!key.is_known() || is_supported(*key)) continue;
    report.at(resource, key.node(), format("a CUSTOM policy does not look at `{}`", *key)).alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule authz_custom_unsupported = {
    .info = {.id = "authz-custom-unsupported",
             .summary = "a CUSTOM policy asks who the peer or the user is",
             .docs = "CUSTOM policies are applied before identities are looked at: they match addresses, hosts, paths, methods, "
                     "ports and headers, not principals, namespaces or JWTs.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/tasks/security/authorization/authz-custom/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"}},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
