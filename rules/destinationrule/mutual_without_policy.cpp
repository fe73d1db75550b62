// ISTIO_MUTUAL for a namespace or the mesh whose servers are nowhere told to take mTLS.
#include "graph/client_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const DestinationRule rule(resource);
  const ClientTls tls = client_tls(graph, rule);
  if (tls.reach == Reach::host || tls.mode != "ISTIO_MUTUAL" || !auto_mtls_is_off(graph, *rule)) return;
  Resource seeker = *rule;
  seeker.ns = tls.reach == Reach::mesh ? graph.root_namespace() : std::string_view(tls.ns);
  seeker.ns_known = true;
  const EffectiveMtls servers = graph.mtls_of_namespace(seeker);
  if (!servers.known || (servers.policy != nullptr && servers.mode != MtlsMode::disable)) return;
  const bool mesh = tls.reach == Reach::mesh;
  report.at(rule, tls.node, format("no PeerAuthentication says that the {} takes mTLS", mesh ? "mesh" : "namespace"))
      .alias(mesh ? "KIA0205" : "KIA0206")
      .note(auto_mtls(graph, *rule).node(), "automatic mTLS is off");
}

}  // namespace

extern constinit const Rule destinationrule_mutual_without_policy = {
    .info =
        {.id = "destinationrule-mutual-without-policy",
         .summary = "clients use mTLS, and no PeerAuthentication says that servers take it",
         .docs =
             "ISTIO_MUTUAL for `*.local` or a whole namespace, with `enableAutoMtls: false` and no PeerAuthentication without a selector "
             "for it. It works: the default is PERMISSIVE, which also takes plain text.",
         .effect = "calls work and are encrypted; servers also take plain text",
         .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
         .severity = Severity::info,
         .group = Group::policy,
         .aliases = {"KIA0205", "KIA0206"}},
    .reads = {Kind::destination_rule, Facet::mesh, Facet::mtls},
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
