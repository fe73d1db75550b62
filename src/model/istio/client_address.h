#pragma once
// What policies ask about the client's address. Source: istio.io AuthorizationPolicy reference and "Authorization Policy Conditions".

#include <vector>

#include "model/istio/policy_views.h"

namespace hop {

/// Where a policy asks for the address behind the proxies, as X-Forwarded-For tells it: `remoteIpBlocks`, `notRemoteIpBlocks`,
/// `remote.ip`.
std::vector<yaml::Node> remote_address_places(const AuthorizationPolicy& policy);

}  // namespace hop
