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
      // Kubernetes and istiod put these into every namespace.
      return name == "kube-root-ca.crt" || name == "istio-ca-root-cert";
    case Kind::cluster_role:
      return name == "admin" || name == "cluster-admin" || name == "edit" || name == "view" || name.starts_with("system:");
    case Kind::gateway_class:  // istiod makes these itself
      return name == "istio" || name == "istio-remote" || name == "istio-waypoint" || name == "istio-east-west";
    default:
      return false;
  }
}

bool may_be_of_cluster(Kind kind, std::string_view ns) {
  const bool kept = kind == Kind::service_account || kind == Kind::config_map || kind == Kind::role;
  return kept && (ns == "kube-system" || ns == "kube-public");
}

}  // namespace hop
