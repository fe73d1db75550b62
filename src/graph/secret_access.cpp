#include "graph/secret_access.h"

#include <string>

namespace hop {
namespace {

bool holds(yaml::Node list, std::string_view wanted) {
  for (yaml::Node item : list.items()) {
    if (item.str() == wanted || item.str() == "*" || text_of(item).is_unknown()) return true;
  }
  return false;
}

bool grants_listing(const Resource& role) {
  for (yaml::Node rule : role["rules"].items()) {
    if (holds(rule["apiGroups"], "") && holds(rule["resources"], "secrets") && holds(rule["verbs"], "list") && !rule["resourceNames"])
      return true;
  }
  return role["aggregationRule"].is_mapping();  // others fill it in
}

/// What a binding's role allows; unknown where the role is not among the manifests.
Truth allows(const Graph& graph, const Resource& binding) {
  const yaml::Node ref = binding["roleRef"];
  const bool cluster = ref["kind"].str() == "ClusterRole";
  const std::string_view name = ref["name"].str();
  const Lookup role = graph.find(binding, cluster ? Kind::cluster_role : Kind::role, cluster ? "" : binding.ns, name);
  if (role.found() && !role.target->opaque) return truth(role.any(grants_listing));
  if (cluster && name == "view") return Truth::no;
  return Truth::unknown;
}

bool names(const Resource& binding, const ServiceAccountName& account) {
  for (yaml::Node subject : binding["subjects"].items()) {
    const std::string_view kind = subject["kind"].str(), name = subject["name"].str();
    const std::string_view ns = subject["namespace"] ? subject["namespace"].str() : binding.ns;
    if (text_of(subject["name"]).is_unknown() || text_of(subject["namespace"]).is_unknown()) return true;
    if (kind == "ServiceAccount" && name == account.name && (ns == account.ns || ns.empty())) return true;
    if (kind == "Group" &&
        (name == "system:serviceaccounts" || name == "system:authenticated" || name == "system:serviceaccounts:" + std::string(account.ns)))
      return true;
  }
  return false;
}

SecretPermission permission_of(const Graph& graph, const Resource& seeker, const ServiceAccountName& account) {
  SecretPermission permission;
  for (Kind kind : {Kind::role_binding, Kind::cluster_role_binding}) {
    for (const Resource* binding : graph.of(kind)) {
      const bool own = binding->ns == account.ns;
      const bool here = kind == Kind::cluster_role_binding || own || binding->ns.empty() || !binding->ns_known;
      if (!here || !graph.sees(seeker, *binding)) continue;
      permission.evidence = permission.evidence || (kind == Kind::role_binding && own && binding->linted());
      if (binding->opaque) {
        permission.may_list = permission.may_list || Truth::unknown;
      } else if (names(*binding, account)) {
        permission.may_list = permission.may_list || allows(graph, *binding);
      }
    }
  }
  return permission;
}

}  // namespace

const SecretPermission& SecretAccess::of(const Resource& seeker, const ServiceAccountName& account) {
  const std::pair key(seeker.cluster, account);
  const auto known = known_.find(key);
  return known != known_.end() ? known->second : known_.emplace(key, permission_of(graph_, seeker, account)).first->second;
}

}  // namespace hop
