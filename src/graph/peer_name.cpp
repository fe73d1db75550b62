#include "graph/peer_name.h"

namespace hop {

PeerName name_of(const Workload& workload) {
  PeerName name;
  name.given = Truth::yes;
  if (workload->opaque) return name;
  if (workload->ns_known && !workload->ns.empty()) name.ns = workload->ns;
  const yaml::Node spec = workload.pod_spec();
  const auto account = text_of(spec["serviceAccountName"] ? spec["serviceAccountName"] : spec["serviceAccount"]);
  if (account.is_known()) name.account = *account;
  if (account.is_absent() && !workload->patched) name.account = "default";
  return name;
}

PeerName name_of(std::span<const Workload> workloads) {
  PeerName all;
  all.given = Truth::yes;
  if (workloads.empty()) return all;
  all = name_of(workloads.front());
  for (const Workload& workload : workloads.subspan(1)) {
    const PeerName one = name_of(workload);
    if (one.ns != all.ns) all.ns.reset();
    if (one.account != all.account) all.account.reset();
  }
  return all;
}

std::vector<std::string_view> trust_domains(const Graph& graph) {
  std::vector<std::string_view> domains;
  if (const std::string& said = graph.world().environment.trust_domain; !said.empty()) domains.emplace_back(said);
  for (const MeshConfig& mesh : graph.mesh_configs()) {
    if (mesh.resource->opaque) return {};  // it may name any
    if (const auto own = text_of(mesh.node["trustDomain"]); own.is_known()) domains.push_back(*own);
    for (yaml::Node alias : mesh.node["trustDomainAliases"].items()) domains.push_back(alias.str());
  }
  if (!domains.empty() || !graph.mesh_configs().empty() || graph.world().complete) domains.push_back("cluster.local");
  return domains;
}

}  // namespace hop
