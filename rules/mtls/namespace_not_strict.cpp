// A namespace in the mesh where pods accept plain text.
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Where to change it: the policy of the namespace itself, else what puts the namespace into the mesh.
yaml::Node place_of(const Namespace& ns, const EffectiveMtls& mtls, const Injection& injection) {
  if (mtls.policy != nullptr && mtls.policy->ns == ns->name && mtls.policy->linted()) return mtls.decided_by;
  return injection.decided_by ? injection.decided_by : ns->name_node();
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Namespace ns(resource);
  const Injection injection = graph.injection(ns);
  if (injection.plane != Dataplane::sidecar && injection.plane != Dataplane::ambient) return;
  const EffectiveMtls mtls = graph.mtls(ns);
  if (!mtls.known || mtls.mode == MtlsMode::strict) return;
  const bool own = mtls.policy != nullptr && mtls.policy->ns == ns->name && mtls.policy->linted();
  const std::string why = mtls.policy == nullptr ? "no PeerAuthentication says otherwise" : format("mTLS is {}", to_string(mtls.mode));
  Finding finding = report.at(own ? *mtls.policy : *ns, place_of(ns, mtls, injection),
                              format("pods of namespace `{}` accept plain text: {}", ns->name, why));
  if (mtls.policy != nullptr && !own) finding.note(mtls.decided_by, "set for the whole mesh here");
  if (own) finding.note(injection.decided_by ? injection.decided_by : ns->name_node(), "the namespace is in the mesh");
  // Nothing at all about the mesh here: STRICT may be set elsewhere.
  if (mtls.policy == nullptr && !graph.mesh_is_configured()) finding.severity(Severity::info);
}

}  // namespace

extern constinit const Rule mtls_namespace_not_strict = {
    .info = {.id = "mtls-namespace-not-strict",
             .summary = "a namespace of the mesh does not require mutual TLS",
             .docs =
                 "Without a PeerAuthentication of mode STRICT, in the namespace or in the root namespace for the whole mesh, sidecars take "
                 "plain "
                 "text as well as mTLS. Looks at namespaces with injection or ambient mode.\n\n"
                 "Where neither a mesh configuration nor any PeerAuthentication is among the manifests, this is info: STRICT may be set "
                 "elsewhere.",
             .effect = "anything in the cluster can talk to these pods unencrypted and unauthenticated",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::namespace_, Facet::injection, Facet::mtls, Facet::mesh},
    .each = Kind::namespace_,
    .check_each = check_each,
};

}  // namespace hop::rules
