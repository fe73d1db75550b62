#include "model/istio/traffic_policy.h"

#include "model/field_path.h"

namespace hop::istio {

std::vector<yaml::Node> traffic_policies(const Resource& rule) {
  std::vector<yaml::Node> policies;
  for (const std::string_view path : {"spec.trafficPolicy", "spec.trafficPolicy.portLevelSettings[]", "spec.subsets[].trafficPolicy",
                                      "spec.subsets[].trafficPolicy.portLevelSettings[]"}) {
    for (yaml::Node policy : nodes_at(rule.root, path)) policies.push_back(policy);
  }
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
