#include "model/istio/policy_views.h"

#include <algorithm>
#include <array>

namespace hop {
namespace {

constexpr std::string_view http_operation_fields[] = {"methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"};
constexpr std::string_view http_source_fields[] = {"requestPrincipals", "notRequestPrincipals"};
constexpr std::string_view http_condition_keys[] = {"request.headers", "request.auth.claims", "request.auth.principal",
                                                    "request.auth.audiences", "request.auth.presenter"};

template <class Fields>
bool has_any(const std::vector<yaml::Node>& parts, const Fields& fields) {
  return std::any_of(parts.begin(), parts.end(), [&](yaml::Node part) {
    return std::any_of(std::begin(fields), std::end(fields), [&](std::string_view field) { return part[field].size() > 0; });
  });
}

bool looks_into_requests(const AuthorizationPolicy& policy) {
  if (has_any(policy.operations(), http_operation_fields) || has_any(policy.sources(), http_source_fields)) return true;
  const std::vector<yaml::Node> conditions = policy.conditions();
  return std::any_of(conditions.begin(), conditions.end(), [](yaml::Node condition) {
    const std::string_view key = condition["key"].str();
    return std::any_of(std::begin(http_condition_keys), std::end(http_condition_keys),
                       [&](std::string_view start) { return key.starts_with(start); });
  });
}

bool observes_requests(const Telemetry& telemetry) {
  if (telemetry.spec()["tracing"].size() > 0 || telemetry.spec()["accessLogging"].size() > 0) return true;
  for (yaml::Node metrics : telemetry.spec()["metrics"].items()) {
    if (metrics["overrides"].size() > 0) return true;
  }
  return false;
}

}  // namespace

yaml::Node policy_selector(const Resource& policy) {
  const yaml::Node spec = policy["spec"];
  return policy.kind == Kind::sidecar ? spec["workloadSelector"]["labels"] : spec["selector"]["matchLabels"];
}

Kind target_kind(yaml::Node target) {
  struct Target {
    std::string_view group, kind;
    Kind means;
  };
  static constexpr Target targets[] = {{"", "Service", Kind::service},
                                       {"core", "Service", Kind::service},
                                       {"networking.istio.io", "ServiceEntry", Kind::service_entry},
                                       {"gateway.networking.k8s.io", "Gateway", Kind::k8s_gateway},
                                       {"gateway.networking.k8s.io", "GatewayClass", Kind::gateway_class}};
  for (const Target& known : targets) {
    if (known.group == target["group"].str() && known.kind == target["kind"].str()) return known.means;
  }
  return Kind::other;
}

std::vector<yaml::Node> target_refs(const Resource& policy) {
  const yaml::Node spec = policy["spec"];
  std::vector<yaml::Node> refs;
  if (const yaml::Node one = spec["targetRef"]; one.is_mapping()) refs.push_back(one);
  for (yaml::Node ref : spec["targetRefs"].items()) refs.push_back(ref);
  return refs;
}

bool needs_waypoint(const Resource& policy) {
  switch (policy.kind) {
    case Kind::authorization_policy:
      return looks_into_requests(AuthorizationPolicy(policy));
    case Kind::telemetry:
      return observes_requests(Telemetry(policy));
    case Kind::request_authentication:
    case Kind::wasm_plugin:
    case Kind::traffic_extension:
      return true;
    default:
      return false;
  }
}

std::vector<yaml::Node> AuthorizationPolicy::parts(std::string_view list, std::string_view field) const {
  std::vector<yaml::Node> all;
  for (yaml::Node rule : spec()["rules"].items()) {
    for (yaml::Node item : rule[list].items()) all.push_back(item[field]);
  }
  return all;
}

std::vector<yaml::Node> AuthorizationPolicy::conditions() const {
  std::vector<yaml::Node> all;
  for (yaml::Node rule : spec()["rules"].items()) {
    for (yaml::Node condition : rule["when"].items()) all.push_back(condition);
  }
  return all;
}

std::vector<yaml::Node> Sidecar::egress_hosts() const {
  std::vector<yaml::Node> hosts;
  for (yaml::Node listener : spec()["egress"].items()) {
    for (yaml::Node host : listener["hosts"].items()) hosts.push_back(host);
  }
  return hosts;
}

}  // namespace hop
