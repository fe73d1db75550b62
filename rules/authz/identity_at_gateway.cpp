// Policies that ask clients from outside for an identity of the mesh.
#include <algorithm>

#include "graph/once.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The identity that a rule asks its peer for; absent if the rule lets others in as well.
yaml::Node asked(yaml::Node rule) {
  yaml::Node first;
  for (yaml::Node from : rule["from"].items()) {
    yaml::Node found;
    for (const std::string_view field : {"principals", "namespaces", "serviceAccounts"}) {
      if (from["source"][field].size() > 0) found = from["source"][field];
    }
    if (!found) return {};
    if (!first) first = found;
  }
  return first;
}

/// The identity that every rule asks for: nobody gets in without one.
yaml::Node asked_by_all(const AuthorizationPolicy& policy) {
  yaml::Node first;
  for (yaml::Node rule : policy.spec()["rules"].items()) {
    const yaml::Node found = asked(rule);
    if (!found) return {};
    if (!first) first = found;
  }
  return first;
}

/// The Service by which clients from outside come to this gateway.
const Resource* way_in(const Graph& graph, const Workload& workload) {
  if (!workload.is_gateway() || workload.labels().node["istio"].str() == "eastwestgateway") return nullptr;
  for (const Service& service : graph.services_of(workload)) {
    const auto type = service.type();
    const bool behind_alb =
        std::ranges::any_of(graph.to(*service), [](const Edge* edge) { return edge->relation == Relation::ingress_backend; });
    if (behind_alb || type.equals("LoadBalancer") == Truth::yes || type.equals("NodePort") == Truth::yes) return service.resource;
  }
  return nullptr;
}

/// A gateway that clients from outside come to, and the Service they come by.
using Entrance = std::pair<const Workload*, const Resource*>;

Entrance find_entrance(const Graph& graph, const Graph::Selection& pods) {
  for (const Workload& workload : pods.workloads) {
    if (const Resource* service = way_in(graph, workload)) return {&workload, service};
  }
  return {};
}

void check(const Graph& graph, Report& report) {
  OncePerThing<Entrance> entrances;
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    const auto action = text_of(policy.spec()["action"]);
    const yaml::Node identity = asked_by_all(policy);
    if (!identity || policy.selector().size() == 0 || action.is_unknown() || action.value_or("ALLOW") != "ALLOW") continue;
    const auto& pods = graph.select(*policy, policy.selector(), policy->ns == graph.root_namespace());
    const auto [gateway, service] = entrances.of(pods, [&](const Graph::Selection& some) { return find_entrance(graph, some); });
    if (service == nullptr) continue;
    report.at_key(*policy, identity, format("clients from outside have no identity for the gateway `{}` to ask for", (*gateway)->name))
        .note(service->name_node(), "they come in here");
  }
}

}  // namespace

extern constinit const Rule authz_identity_at_gateway = {
    .info = {.id = "authz-identity-at-gateway",
             .summary = "a policy asks clients of an ingress gateway for an identity of the mesh",
             .docs = "Principals, namespaces and service accounts come from the mTLS certificate of a peer in the mesh. A load "
                     "balancer or a browser has none. At an ingress gateway use `ipBlocks` or `remoteIpBlocks`, "
                     "`requestPrincipals` (JWT), hosts and paths.\n\nReported where every rule asks for an identity and the "
                     "gateway's Service takes traffic from outside, by itself or from an Ingress.",
             .effect = "every request from outside is refused with 403",
             .source = "https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::authorization_policy, Kind::service, Facet::workloads, Facet::mesh, Facet::references},
    .check = check,
};

}  // namespace hop::rules
