// Places of a token, and claims, without a name.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void say_empty(const Resource& resource, yaml::Node node, std::string_view what, Report& report) {
  if (!node || !node.is_scalar() || !node.str().empty()) return;  // that it is not there is another rule's business
  report.at(resource, node, format("{} has no name", what)).alias("IST0106");
}

void check_rule(const Resource& resource, yaml::Node rule, Report& report) {
  for (yaml::Node audience : rule["audiences"].items()) say_empty(resource, audience, "an audience", report);
  for (yaml::Node header : rule["fromHeaders"].items()) say_empty(resource, header["name"], "a header of `fromHeaders`", report);
  for (yaml::Node name : rule["fromParams"].items()) say_empty(resource, name, "a parameter of `fromParams`", report);
  for (yaml::Node name : rule["fromCookies"].items()) say_empty(resource, name, "a cookie of `fromCookies`", report);
  for (yaml::Node output : rule["outputClaimToHeaders"].items()) {
    say_empty(resource, output["header"], "a header of `outputClaimToHeaders`", report);
    say_empty(resource, output["claim"], "a claim of `outputClaimToHeaders`", report);
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node rule : resource.spec()["jwtRules"].items()) check_rule(resource, rule, report);
}

}  // namespace

extern constinit const Rule requestauthentication_place_empty = {
    .info = {.id = "requestauthentication-place-empty",
             .summary = "a JWT rule names no header, parameter, cookie, audience or claim where it should",
             .docs = "Every entry of `audiences`, `fromHeaders`, `fromParams` and `fromCookies` has a name, and every one of "
                     "`outputClaimToHeaders` a header and a claim.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/jwt/#JWTRule",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"}},
    .reads = {Kind::request_authentication},
    .check_one = check_one,
};

}  // namespace hop::rules
