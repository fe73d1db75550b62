// Empty texts and lists in a policy.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_values(const Resource& resource, yaml::Node block, Report& report) {
  for (const auto& [name, list] : block.entries()) {
    for (yaml::Node value : list.items()) {
      if (!value.is_scalar() || value.is_null() || !value.str().empty()) continue;
      report.at(resource, value, format("an empty text in `{}` matches nothing", name.str())).alias("IST0106");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  const AuthorizationPolicy policy(resource);
  for (yaml::Node block : policy.sources()) check_values(resource, block, report);
  for (yaml::Node block : policy.operations()) check_values(resource, block, report);
  for (yaml::Node block : policy.conditions()) check_values(resource, block, report);
  for (yaml::Node rule : resource.spec()["rules"].items()) {
    for (const std::string_view field : {"from", "to"}) {
      if (!rule[field].is_sequence() || rule[field].size() > 0) continue;
      report.at_key(resource, rule[field], format("an empty `{}` is refused; leave it out to match everything", field)).alias("IST0106");
    }
  }
}

}  // namespace

extern constinit const Rule authz_value_empty = {
    .info = {.id = "authz-value-empty",
             .summary = "a rule of a policy holds an empty text or an empty list",
             .docs = "Values are texts of at least one character; `\"*\"` stands for any. `from` and `to` hold at least one "
                     "entry, or are left out.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"}},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
