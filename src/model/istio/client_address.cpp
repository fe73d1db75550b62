#include "model/istio/client_address.h"

namespace hop {

std::vector<yaml::Node> remote_address_places(const AuthorizationPolicy& policy) {
  std::vector<yaml::Node> places;
  for (yaml::Node source : policy.sources()) {
    for (const char* field : {"remoteIpBlocks", "notRemoteIpBlocks"}) {
      if (source[field]) places.push_back(source[field]);
    }
  }
  for (yaml::Node condition : policy.conditions()) {
    if (condition["key"].str() == "remote.ip") places.push_back(condition["key"]);
  }
  return places;
}

}  // namespace hop
