#pragma once
// Host names and how Kubernetes, Istio and ALB compare them. Case is ignored, a trailing dot too.
// Sources: istio.io VirtualService and Gateway reference; AWS ELB listener rules; Kubernetes Ingress spec.

#include <optional>
#include <string>
#include <string_view>

namespace hop {

/// Parts of a host of the mesh: `reviews`, `reviews.prod.svc.cluster.local`.
struct ServiceHost {
  std::string_view name;
  std::string_view ns;  ///< "" when short
};

/// A short name (no dots) or one that ends in `.svc.<cluster_domain>`; nothing for other hosts.
std::optional<ServiceHost> service_host(std::string_view host, std::string_view cluster_domain = "cluster.local");
/// `name` and `ns` of a host that leaves out part of the suffix: `reviews.prod`, `reviews.prod.svc`. Istio takes these as they are.
std::optional<ServiceHost> half_qualified_host(std::string_view host);

bool is_wildcard(std::string_view host);

/// Whether some name matches both: `*` all, `*.x` any depth below x. Istio's rule.
bool hosts_overlap(std::string_view a, std::string_view b);
/// Whether every name that `narrow` matches is matched by `wide`.
bool host_covers(std::string_view wide, std::string_view narrow);

/// A Gateway server host split at its namespace prefix: `ns/host`, `./host`, `*/host`, or just `host`.
struct GatewayHost {
  std::string_view ns;  ///< "" when there is no prefix; "." and "*" as written
  std::string_view host;
};
GatewayHost gateway_host(std::string_view text);

}  // namespace hop
