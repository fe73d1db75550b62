// Keys of a JWT rule that istiod cannot read.
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view private_parts[] = {"d", "p", "q", "dp", "dq", "qi", "k"};

void check_key(const Resource& resource, yaml::Node jwks, yaml::Node key, Report& report) {
  if (!key["kty"].is_string()) {
    report.at(resource, jwks, "a key of `jwks` has no `kty`").alias("IST0106");
    return;
  }
  for (const std::string_view part : private_parts) {
    if (!key.has(part)) continue;
    report.at(resource, jwks, format("`jwks` holds a private key: it has `{}`", part))
        .alias("IST0133")
        .severity(Severity::warning)
        .effect("everyone who may read the policy can sign tokens that it accepts");
    return;
  }
}

void check_keys(const Resource& resource, yaml::Node jwks, Report& report) {
  const auto text = text_of(jwks);
  if (!text.is_known() || trim(*text).empty()) return;
  const auto document = jwks.inner();
  const yaml::Node root = document->root();
  // JSON: a mapping in braces, either a set of keys or a key.
  if (!root.is_mapping() || !trim(*text).starts_with('{')) {
    report.at(resource, jwks, "`jwks` is no JSON object with `keys`").alias("IST0106");
  } else if (root.has("keys")) {
    for (yaml::Node key : root["keys"].items()) check_key(resource, jwks, key, report);
  } else {
    check_key(resource, jwks, root, report);
  }
}

void check_address(const Resource& resource, yaml::Node node, Report& report) {
  const auto address = text_of(node);
  if (!address.is_known() || (*address).empty() || yaml::is_shouted(*address)) return;
  const std::string scheme = lower((*address).substr(0, (*address).find("://")));
  if ((*address).find("://") != std::string_view::npos && (scheme == "http" || scheme == "https")) return;
  report.at(resource, node, "`jwksUri` is no address that begins with `https://` or `http://`").alias("IST0106");
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node rule : resource.spec()["jwtRules"].items()) {
    check_keys(resource, rule["jwks"], report);
    check_address(resource, rule["jwksUri"], report);
  }
}

}  // namespace

extern constinit const Rule requestauthentication_jwks_invalid = {
    .info = {.id = "requestauthentication-jwks-invalid",
             .summary = "the keys of a JWT rule cannot be read, or are private",
             .docs = "`jwks` holds a JSON Web Key Set as text: `{\"keys\": [{\"kty\": \"RSA\", …}]}`, with public keys only. "
                     "`jwksUri` is an address with `https://` (or `http://`) from which istiod fetches one.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/jwt/#JWTRule",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::request_authentication},
    .check_one = check_one,
};

}  // namespace hop::rules
