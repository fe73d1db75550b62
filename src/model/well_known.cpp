#include "model/well_known.h"

#include <algorithm>

namespace hop {

bool exists_by_construction(Kind kind, std::string_view ns, std::string_view name) {
  static constexpr std::string_view namespaces[] = {"default", "kube-system", "kube-public", "kube-node-lease"};
  switch (kind) {
    case Kind::namespace_:
      return std::find(std::begin(namespaces), std::end(namespaces), name) != std::end(namespaces);
    case Kind::service:
      return (ns == "default" && name == "kubernetes") || (ns == "kube-system" && name == "kube-dns");
    case Kind::service_account:
      return name == "default";
    case Kind::config_map:
      return name == "kube-root-ca.crt";
    case Kind::gateway_class:  // istiod makes these itself
      return name == "istio" || name == "istio-remote" || name == "istio-waypoint" || name == "istio-east-west";
    default:
      return false;
  }
}

}  // namespace hop
