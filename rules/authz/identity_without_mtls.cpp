// A rule on who the peer is, where connections carry no identity.
#include <algorithm>

#include "graph/peer_identity.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view source_fields[] = {"principals",    "notPrincipals",   "namespaces",
                                              "notNamespaces", "serviceAccounts", "notServiceAccounts"};
constexpr std::string_view condition_keys[] = {"source.principal", "source.namespace", "source.serviceAccount", "connection.sni"};

struct Use {
  yaml::Node place;
  std::string_view what;
};

std::vector<Use> uses_of_identity(const AuthorizationPolicy& policy) {
  std::vector<Use> uses;
  for (yaml::Node source : policy.sources()) {
    for (std::string_view field : source_fields) {
      if (source[field].size() > 0) uses.push_back({source[field], field});
    }
  }
  for (yaml::Node condition : policy.conditions()) {
    const std::string_view key = condition["key"].str();
    if (std::find(std::begin(condition_keys), std::end(condition_keys), key) != std::end(condition_keys))
      uses.push_back({condition["key"], key});
  }
  return uses;
}

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::authorization_policy).empty()) return;
  PeerIdentity identity(graph);
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    const std::vector<Use> uses = uses_of_identity(policy);
    if (uses.empty() || !policy->ns_known) continue;
    const auto missing = identity.missing(*policy, policy.selector());
    if (!missing) continue;
    for (const Use& use : uses) {
      Finding finding = report.at_key(*policy, use.place, format("`{}` can match no connection: {}", use.what, missing->why));
      finding.alias("KIA0105").note(missing->place, "set here");
    }
  }
}

}  // namespace

extern constinit const Rule authz_identity_without_mtls = {
    .info =
        {.id = "authz-identity-without-mtls",
         .summary = "a policy asks who the peer is where connections carry no identity",
         .docs =
             "Principals, namespaces and service accounts of a source come from its certificate, so only mutual TLS carries them. Reported "
             "where every workload that the policy covers is without it for certain: a PeerAuthentication of mode DISABLE holds, a "
             "DestinationRule keeps clients from it, or `enableAutoMtls: false` stands in the mesh configuration and no DestinationRule "
             "asks for it.\n\nPERMISSIVE is not reported: clients in the mesh use mutual TLS then. Nor is a workload of which a "
             "PeerAuthentication "
             "with a selector demands it: clients that call it in plain text are refused, which other rules say.",
         .effect = "an ALLOW rule lets nobody in, a DENY rule keeps nobody out",
         .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
         .severity = Severity::error,
         .group = Group::security,
         .aliases = {"KIA0105"}},
    .reads = {Kind::authorization_policy, Kind::service, Kind::destination_rule, Facet::workloads, Facet::mtls, Facet::mesh,
              Facet::routing},
    .check = check,
};

}  // namespace hop::rules
