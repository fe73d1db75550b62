// Conditions on attributes that policies do not have.
#include <algorithm>

#include "model/istio/policy_views.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view keys[] = {"source.ip",
                                     "remote.ip",
                                     "source.namespace",
                                     "source.principal",
                                     "source.serviceAccount",
                                     "request.auth.principal",
                                     "request.auth.audiences",
                                     "request.auth.presenter",
                                     "destination.ip",
                                     "destination.port",
                                     "connection.sni"};
/// Keys that hold a name in brackets.
constexpr std::string_view maps[] = {"request.headers", "request.auth.claims", "experimental.envoy.filters."};

bool holds_name(std::string_view key) {
  const std::size_t open = key.find('[');
  return key.ends_with(']') && open != std::string_view::npos && open > 0 && open + 2 < key.size();
}

/// What is wrong with a key; "" for nothing.
std::string_view fault(std::string_view key) {
  if (std::find(std::begin(keys), std::end(keys), key) != std::end(keys)) return {};
  for (const std::string_view map : maps) {
    if (key.starts_with(map)) return holds_name(key) ? std::string_view() : std::string_view("lacks a name in brackets");
  }
  if (key.starts_with("destination.labels")) return "was replaced by the policy's `selector`";
  if (key == "destination.namespace") return "was replaced by the namespace of the policy";
  return "is no attribute of a condition";
}

void check_values(const Resource& resource, yaml::Node condition, std::string_view key, Report& report) {
  const bool address = key.ends_with(".ip");
  if (!address && key != "destination.port") return;
  for (const std::string_view field : {"values", "notValues"}) {
    for (yaml::Node value : condition[field].items()) {
      if (value.str().empty()) continue;
      const auto why = istio::fault(address ? istio::Syntax::range : istio::Syntax::policy_port, value);
      if (why) report.at(resource, value, format("{} {}", istio::shown(value.str()), *why)).alias("IST0106");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node condition : AuthorizationPolicy(resource).conditions()) {
    const auto key = text_of(condition["key"]);
    if (!key.is_known() || (*key).empty()) continue;
    if (const std::string_view why = fault(*key); !why.empty()) {
      Finding finding = report.at(resource, key.node(), format("{} {}", istio::shown(*key), why));
      finding.alias("IST0106");
      if (const auto meant = nearest(*key, keys)) finding.fix(format("change it to `{}`", *meant), key.node(), *meant, Safety::unsafe);
    }
    check_values(resource, condition, *key, report);
  }
}

}  // namespace

extern constinit const Rule authz_condition_invalid = {
    .info = {.id = "authz-condition-invalid",
             .summary = "a condition of a policy is on something that policies do not look at",
             .docs = "`when[].key` is one of the attributes of the reference: `source.ip`, `remote.ip`, `source.namespace`, "
                     "`source.principal`, `request.auth.…`, `destination.ip`, `destination.port`, `connection.sni`, or with a "
                     "name in brackets `request.headers[x-name]` and `request.auth.claims[group]`. Values of `….ip` are "
                     "addresses and ranges, those of `destination.port` single ports.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/security/conditions/",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"IST0106"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
