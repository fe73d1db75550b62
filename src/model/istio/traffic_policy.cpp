#include "model/istio/traffic_policy.h"

namespace hop::istio {
namespace {

/// A policy and those of its ports.
void add(yaml::Node policy, std::vector<yaml::Node>& policies) {
  if (!policy) return;
  policies.push_back(policy);
  for (yaml::Node port : policy["portLevelSettings"].items()) policies.push_back(port);
}

}  // namespace

std::vector<yaml::Node> traffic_policies(const Resource& rule) {
  std::vector<yaml::Node> policies;
  add(rule.spec()["trafficPolicy"], policies);
  for (yaml::Node subset : rule.spec()["subsets"].items()) add(subset["trafficPolicy"], policies);
  return policies;
}

std::vector<yaml::Node> client_tls_blocks(const Resource& rule) {
  std::vector<yaml::Node> blocks;
  for (yaml::Node policy : traffic_policies(rule)) {
    if (policy["tls"].is_mapping()) blocks.push_back(policy["tls"]);
  }
  return blocks;
}

}  // namespace hop::istio
