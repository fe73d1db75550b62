#pragma once
// Which ServiceAccounts may list Secrets of their namespace, by the Roles and bindings among the manifests.
// Source: kubernetes.io/docs/reference/access-authn-authz/rbac.

#include <compare>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/once.h"

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

/// Built per check; each account is looked up once, in the bindings that may be for it.
class SecretAccess {
 public:
  explicit SecretAccess(const Graph& graph);
  const SecretPermission& of(const Resource& seeker, const ServiceAccountName& account);

 private:
  void add(const Resource& binding);
  Truth allowed_by(const Resource& binding);
  SecretPermission find(const Resource& seeker, const ServiceAccountName& account);

  using Bindings = std::vector<const Resource*>;
  Graph graph_;
  std::map<std::string_view, Bindings> evidence_;       ///< RoleBindings of the manifests, by namespace
  std::map<ServiceAccountName, Bindings> for_account_;  ///< those that name nothing but accounts and users
  Bindings for_many_;                                   ///< all others
  OncePerThing<bool> lists_;                            ///< of roles: whether they allow to list Secrets
  std::map<std::pair<std::uint16_t, ServiceAccountName>, SecretPermission> known_;
};

}  // namespace hop
