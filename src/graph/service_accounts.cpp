#include "graph/service_accounts.h"

#include "text/format.h"

namespace hop {
namespace {

std::string identity(std::string_view ns, std::string_view name) { return format("ns/{}/sa/{}", ns, name); }

}  // namespace

ServiceAccounts::ServiceAccounts(const Graph& graph) : graph_(graph) {
  for (const Workload& workload : graph.workloads()) {
    const auto account = text_of(workload.pod_spec()["serviceAccountName"]);
    if (!account.is_unknown()) identities_.insert(identity(workload->ns, account.value_or("default")));
  }
  for (const Resource* account : graph.of(Kind::service_account)) identities_.insert(identity(account->ns, account->name));
}

Lookup ServiceAccounts::find(const Resource& from, std::string_view ns, std::string_view name) const {
  Lookup lookup = graph_.find(from, Kind::service_account, ns, name);
  if (lookup.missing() && identities_.contains(identity(ns, name))) return {};
  return lookup;
}

}  // namespace hop
