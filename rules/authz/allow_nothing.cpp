// An ALLOW policy without rules.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Names that say that it is meant.
bool is_meant(std::string_view name) {
  for (const std::string_view word : {"nothing", "deny", "none", "default", "block", "lock"}) {
    if (name.find(word) != std::string_view::npos) return true;
  }
  return false;
}

void check_one(const Resource& resource, Report& report) {
  const yaml::Node spec = resource.spec();
  const auto action = text_of(spec["action"]);
  // `spec: {}` is the documented way to write it.
  if (action.equals("ALLOW") != Truth::yes || resource.opaque || is_meant(lower(resource.name))) return;
  if (spec["rules"] && !spec["rules"].is_null() && !(spec["rules"].is_sequence() && spec["rules"].size() == 0)) return;
  if (may_get(resource, spec, {"rules"})) return;
  report.at(resource, action.node(), "a policy that allows, without rules, allows nothing");
}

}  // namespace

extern constinit const Rule authz_allow_nothing = {
    .info = {.id = "authz-allow-nothing",
             .summary = "an ALLOW policy has no rules and so denies everything",
             .docs = "As soon as one ALLOW policy applies to a workload, only requests that some rule fits are let in, and "
                     "without rules none is. To allow everything write an empty rule: `rules: [{}]`.\n\nSilent where the name "
                     "says that it is meant (`deny-all`, `allow-nothing`), and for `spec: {}`.",
             .effect = "every request that no other policy allows is refused with 403",
             .source = "https://istio.io/latest/docs/concepts/security/#allow-nothing-deny-all-and-allow-all-policy",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
