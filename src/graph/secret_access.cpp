#include "graph/secret_access.h"

#include <algorithm>
#include <set>
#include <string>

namespace hop {
namespace {

bool holds(yaml::Node list, std::string_view wanted) {
  for (yaml::Node item : list.items()) {
    if (item.str() == wanted || item.str() == "*" || text_of(item).is_unknown()) return true;
  }
  return false;
}

/// What is to be done with Secrets: listing all of them, or getting one.
struct Access {
  std::string_view verb;
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

/// What a binding's role allows; unknown where the role is not among the manifests. `grants` says it of a role.
template <class Grants>
Truth allows(const Graph& graph, const Resource& binding, Grants grants) {
  const yaml::Node ref = binding["roleRef"];
  const bool cluster = ref["kind"].str() == "ClusterRole";
  const std::string_view name = ref["name"].str();
  const Lookup role = graph.find(binding, cluster ? Kind::cluster_role : Kind::role, cluster ? "" : binding.ns, name);
  if (role.found() && !role.target->opaque) return truth(role.any(grants));
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

/// Where a ServiceAccount's name may stand: "" for the namespace where none is written.
std::pair<std::string_view, std::string_view> subject_of(const Resource& binding, yaml::Node subject) {
  return {subject["namespace"] ? subject["namespace"].str() : binding.ns, subject["name"].str()};
}

}  // namespace

SecretPermission may_read(const Graph& graph, const Resource& seeker, const ServiceAccountName& account, std::string_view ns,
                          std::string_view secret) {
  SecretPermission permission;
  for_bindings(graph, seeker, ns, [&](const Resource& binding) {
    permission.evidence = permission.evidence || (binding.linted() && names(binding, account));
    if (binding.opaque) {
      permission.may_list = permission.may_list || Truth::unknown;
    } else if (names(binding, account)) {
      const auto to_get = [&](const Resource& role) { return grants(role, {"get", secret}); };
      permission.may_list = permission.may_list || allows(graph, binding, to_get);
    }
  });
  return permission;
}

SecretAccess::SecretAccess(const Graph& graph) : graph_(graph) {
  for (Kind kind : {Kind::role_binding, Kind::cluster_role_binding}) {
    for (const Resource* binding : graph.of(kind)) add(*binding);
  }
}

void SecretAccess::add(const Resource& binding) {
  if (binding.kind == Kind::role_binding && binding.linted()) evidence_[binding.ns].push_back(&binding);
  bool for_many = binding.opaque;
  for (yaml::Node subject : binding["subjects"].items()) {
    for_many =
        for_many || text_of(subject["name"]).is_unknown() || text_of(subject["namespace"]).is_unknown() || subject["kind"].str() == "Group";
  }
  if (for_many) return for_many_.push_back(&binding);
  std::set<ServiceAccountName> named;
  for (yaml::Node subject : binding["subjects"].items()) {
    if (subject["kind"].str() != "ServiceAccount") continue;
    const auto [ns, name] = subject_of(binding, subject);
    named.insert({ns, name});
  }
  for (const ServiceAccountName& account : named) for_account_[account].push_back(&binding);
}

/// What a binding that names the account, or may, allows it.
Truth SecretAccess::allowed_by(const Resource& binding) {
  if (binding.opaque) return Truth::unknown;
  const auto to_list = [&](const Resource& role) { return lists_.of(role, [](const Resource& one) { return grants(one, {"list"}); }); };
  return allows(graph_, binding, to_list);
}

SecretPermission SecretAccess::find(const Resource& seeker, const ServiceAccountName& account) {
  SecretPermission permission;
  const auto sees = [&](const Resource* binding) { return graph_.sees(seeker, *binding); };
  const auto evidence = evidence_.find(account.ns);
  permission.evidence = evidence != evidence_.end() && std::ranges::any_of(evidence->second, sees);
  const auto add = [&](const Resource* binding) {
    const bool here = binding->kind == Kind::cluster_role_binding || binding->ns == account.ns || binding->ns.empty() || !binding->ns_known;
    if (here && sees(binding)) permission.may_list = permission.may_list || allowed_by(*binding);
  };
  for (const Resource* binding : for_many_) {
    if (binding->opaque || names(*binding, account)) add(binding);
  }
  for (const std::string_view ns : {account.ns, std::string_view()}) {
    const auto found = for_account_.find({ns, account.name});
    if (found != for_account_.end()) std::ranges::for_each(found->second, add);
  }
  return permission;
}

const SecretPermission& SecretAccess::of(const Resource& seeker, const ServiceAccountName& account) {
  const std::pair key(seeker.cluster, account);
  const auto known = known_.find(key);
  return known != known_.end() ? known->second : known_.emplace(key, find(seeker, account)).first->second;
}

}  // namespace hop
