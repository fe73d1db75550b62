#pragma once
// Which ServiceAccounts may list Secrets of their namespace, by the Roles and bindings among the manifests.
// Source: kubernetes.io/docs/reference/access-authn-authz/rbac.

#include <compare>
#include <map>
#include <string_view>
#include <utility>

#include "graph/graph.h"

namespace hop {

struct ServiceAccountName {
  std::string_view ns, name;
  friend auto operator<=>(const ServiceAccountName&, const ServiceAccountName&) = default;
};

struct SecretPermission {
  Truth may_list = Truth::no;  ///< or get the one that is asked for
  bool evidence = false;       ///< RoleBindings of the namespace are among the manifests
};

/// Whether the account may get one Secret of a namespace that need not be its own; `evidence` where a binding of the manifests names it.
SecretPermission may_read(const Graph& graph, const Resource& seeker, const ServiceAccountName& account, std::string_view ns,
                          std::string_view secret);

/// Built per check; each account is looked up once, linear in the bindings.
class SecretAccess {
 public:
  explicit SecretAccess(const Graph& graph) : graph_(graph) {}
  const SecretPermission& of(const Resource& seeker, const ServiceAccountName& account);

 private:
  Graph graph_;
  std::map<std::pair<std::uint16_t, ServiceAccountName>, SecretPermission> known_;
};

}  // namespace hop
