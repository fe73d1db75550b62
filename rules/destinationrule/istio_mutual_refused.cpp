// ISTIO_MUTUAL towards pods that cannot take it.
#include <algorithm>

#include "model/istio/traffic_policy.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool has_no_proxy(const Graph& graph, const Workload& pod) { return graph.injection(pod).plane == Dataplane::none; }

/// The policy by which the pod refuses mTLS on all of its ports; nullptr if it does not, or that is not known.
const Resource* refused_by(const Graph& graph, const Workload& pod) {
  if (graph.injection(pod).plane != Dataplane::sidecar) return nullptr;
  const EffectiveMtls mtls = graph.mtls(pod);
  if (!mtls.known || mtls.mode != MtlsMode::disable || mtls.policy == nullptr) return nullptr;
  const bool by_port = PeerAuthentication(*mtls.policy).port_modes().begin() != PeerAuthentication(*mtls.policy).port_modes().end();
  return by_port ? nullptr : mtls.policy;
}

void check_rule(const Graph& graph, const DestinationRule& rule, const Service& service, Report& report) {
  for (yaml::Node tls : istio::client_tls_blocks(*rule)) {
    const auto mode = text_of(tls["mode"]);
    const Graph::Selection& pods = graph.pods_of(service);
    if (mode.equals("ISTIO_MUTUAL") != Truth::yes || pods.unknown || pods.workloads.empty()) continue;
    if (std::ranges::all_of(pods.workloads, [&](const Workload& pod) { return has_no_proxy(graph, pod); })) {
      report.at(rule, mode.node(), format("the pods of `{}` have no proxy that takes mTLS", service->name))
          .note(pods.workloads.front()->name_node(), "outside the mesh");
    } else if (std::ranges::all_of(pods.workloads, [&](const Workload& pod) { return refused_by(graph, pod) != nullptr; })) {
      report.at(rule, mode.node(), format("the pods of `{}` refuse mTLS", service->name))
          .note(PeerAuthentication(*refused_by(graph, pods.workloads.front())).mode(), "by this policy");
    }
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  for (const Edge* edge : graph.from(resource)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found() || edge->to.copies.size() > 1) continue;
    if (edge->to.target->kind != Kind::service || edge->to.target->opaque) continue;
    const Service service(*edge->to.target);
    if (service.has_selector()) check_rule(graph, DestinationRule(resource), service, report);
  }
}

}  // namespace

extern constinit const Rule destinationrule_istio_mutual_refused = {
    .info = {.id = "destinationrule-istio-mutual-refused",
             .summary = "a DestinationRule asks for the mesh's mTLS towards pods that cannot take it",
             .docs = "ISTIO_MUTUAL makes every client open mTLS. Pods without a proxy do not understand it, and pods whose "
                     "PeerAuthentication says DISABLE refuse it. Without the rule automatic mTLS does what the pods can.\n\nTold where "
                     "that is so for every pod of the Service.",
             .effect = "every call to the host fails with 503",
             .source = "https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule",
             .severity = Severity::error},
    .reads = {Kind::destination_rule, Kind::namespace_, Facet::references, Facet::workloads, Facet::injection, Facet::mtls},
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
