// mTLS switched off where ztunnel always offers it.
#include "graph/ambient.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const PeerAuthentication policy(resource);
  if (in_ambient_namespace(graph, *policy) != Truth::yes) return;
  const auto mode = mtls_mode(policy.mode());
  if (!mode.is_known() || *mode != MtlsMode::disable) return;
  report.at(policy, mode.node(), "in ambient mode `DISABLE` is ignored: ztunnel always takes mTLS");
}

}  // namespace

extern constinit const Rule mtls_disable_in_ambient = {
    .info = {.id = "mtls-disable-in-ambient",
             .summary = "a PeerAuthentication switches mTLS off for workloads in ambient mode",
             .docs = "Between workloads in ambient mode traffic always travels by HBONE, with mTLS. A PeerAuthentication can "
                     "make that a must (STRICT) or accept plain text from others (PERMISSIVE); DISABLE is not supported.",
             .effect = "the policy does nothing",
             .source = "https://istio.io/latest/docs/ambient/usage/l4-policy/",
             .severity = Severity::warning,
             .group = Group::security,
             .applies = {Component::istio, {1, 18}}},
    .reads = {Kind::peer_authentication, Kind::namespace_},
    .each = Kind::peer_authentication,
    .check_each = check_each,
};

}  // namespace hop::rules
