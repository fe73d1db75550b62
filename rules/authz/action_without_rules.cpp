// A DENY or CUSTOM policy without rules.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const auto action = text_of(resource.spec()["action"]);
  if (!action.is_known() || (*action != "DENY" && *action != "CUSTOM")) return;
  const yaml::Node rules = resource.spec()["rules"];
  if (rules && !rules.is_null() && !(rules.is_sequence() && rules.size() == 0)) return;
  if (may_get(resource, resource.spec(), {"rules"})) return;
  report.at(resource, action.node(), format("a policy with the action {} and without rules never applies", *action)).alias("IST0106");
}

}  // namespace

extern constinit const Rule authz_action_without_rules = {
    .info = {.id = "authz-action-without-rules",
             .summary = "a DENY or CUSTOM policy has no rules",
             .docs = "Without `rules` nothing is denied, and nobody is asked. To deny everything write an empty rule: `rules: [{}]`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"}},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
