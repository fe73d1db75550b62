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

/// What is to be done with Secrets of a namespace: listing all of them, or getting one.
struct Access {
  std::string_view ns, verb;
  std::string_view secret = {};  ///< "" for all
};

bool grants(const Resource& role, const Access& access) {
  for (yaml::Node rule : role["rules"].items()) {
    const bool named = !access.secret.empty() && holds(rule["resourceNames"], access.secret);
    if (holds(rule["apiGroups"], "") && holds(rule["resources"], "secrets") && holds(rule["verbs"], access.verb) &&
        (named || !rule["resourceNames"]))
      return true;
  }
  return role["aggregationRule"].is_mapping();  // others fill it in
}

/// What a binding's role allows; unknown where the role is not among the manifests.
Truth allows(const Graph& graph, const Resource& binding, const Access& access) {
  const yaml::Node ref = binding["roleRef"];
  const bool cluster = ref["kind"].str() == "ClusterRole";
  const std::string_view name = ref["name"].str();
  const Lookup role = graph.find(binding, cluster ? Kind::cluster_role : Kind::role, cluster ? "" : binding.ns, name);
  if (role.found() && !role.target->opaque) return truth(role.any([&](const Resource& copy) { return grants(copy, access); }));
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

/// Calls `each` with every binding that holds in the namespace.
template <class Each>
void for_bindings(const Graph& graph, const Resource& seeker, std::string_view ns, Each each) {
  for (Kind kind : {Kind::role_binding, Kind::cluster_role_binding}) {
    for (const Resource* binding : graph.of(kind)) {
      const bool here = kind == Kind::cluster_role_binding || binding->ns == ns || binding->ns.empty() || !binding->ns_known;
      if (here && graph.sees(seeker, *binding)) each(*binding);
    }
  }
}

void add_binding(const Graph& graph, const Resource& binding, const ServiceAccountName& account, const Access& access, Truth& allowed) {
  if (binding.opaque) {
    allowed = allowed || Truth::unknown;
  } else if (names(binding, account)) {
    allowed = allowed || allows(graph, binding, access);
  }
}

SecretPermission permission_of(const Graph& graph, const Resource& seeker, const ServiceAccountName& account) {
  SecretPermission permission;
  for_bindings(graph, seeker, account.ns, [&](const Resource& binding) {
    const bool own = binding.kind == Kind::role_binding && binding.ns == account.ns;
    permission.evidence = permission.evidence || (own && binding.linted());
    add_binding(graph, binding, account, {account.ns, "list"}, permission.may_list);
  });
  return permission;
}

}  // namespace

SecretPermission may_read(const Graph& graph, const Resource& seeker, const ServiceAccountName& account, std::string_view ns,
                          std::string_view secret) {
  SecretPermission permission;
  for_bindings(graph, seeker, ns, [&](const Resource& binding) {
    permission.evidence = permission.evidence || (binding.linted() && names(binding, account));
    add_binding(graph, binding, account, {ns, "get", secret}, permission.may_list);
  });
  return permission;
}

const SecretPermission& SecretAccess::of(const Resource& seeker, const ServiceAccountName& account) {
  const std::pair key(seeker.cluster, account);
  const auto known = known_.find(key);
  return known != known_.end() ? known->second : known_.emplace(key, permission_of(graph_, seeker, account)).first->second;
}

}  // namespace hop
