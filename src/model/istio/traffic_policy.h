#pragma once
// Where a DestinationRule keeps its settings: for the host, for ports, for subsets and their ports.
// Source: istio.io/docs/reference/config/networking/destination-rule.

#include <vector>

#include "model/resource.h"

namespace hop::istio {

/// Every traffic policy, the one of the host first.
std::vector<yaml::Node> traffic_policies(const Resource& rule);
/// Every `tls` of those that is written.
std::vector<yaml::Node> client_tls_blocks(const Resource& rule);

}  // namespace hop::istio
