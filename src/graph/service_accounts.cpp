#include "graph/service_accounts.h"

#include <algorithm>

#include "graph/machines.h"
#include "text/format.h"

namespace hop {
namespace {

std::string identity(std::string_view ns, std::string_view name) { return format("ns/{}/sa/{}", ns, name); }

}  // namespace

ServiceAccounts::ServiceAccounts(const Graph& graph, Users users) : graph_(graph) {
  for (const Workload& workload : graph.workloads()) {
    const auto account = text_of(workload.pod_spec()["serviceAccountName"]);
    if (!account.is_unknown()) identities_.emplace(identity(workload->ns, account.value_or("default")), workload.resource);
  }
  if (users == Users::machines) {
    for (Kind kind : {Kind::workload_entry, Kind::workload_group}) {
      for (const Resource* machine : graph.of(kind)) {
        const auto account = text_of(machine_account(*machine));
        if (!account.is_unknown() && !machine->opaque) identities_.emplace(identity(machine->ns, account.value_or("default")), machine);
      }
    }
  }
  for (const Resource* account : graph.of(Kind::service_account)) identities_.emplace(identity(account->ns, account->name), account);
}

Lookup ServiceAccounts::find(const Resource& from, std::string_view ns, std::string_view name) const {
  Lookup lookup = graph_.find(from, Kind::service_account, ns, name);
  const auto [first, last] = identities_.equal_range(identity(ns, name));
  const bool used = std::any_of(first, last, [&](const auto& entry) { return graph_.sees(from, *entry.second); });
  if (lookup.missing() && used) return {};
  return lookup;
}

bool ServiceAccounts::is_elsewhere(const Resource& from, std::string_view ns, std::string_view name) const {
  const auto [first, last] = identities_.equal_range(identity(ns, name));
  return std::any_of(first, last, [&](const auto& entry) { return !graph_.sees(from, *entry.second); });
}

}  // namespace hop
