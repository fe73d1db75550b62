// An ALB that sends straight to pods which take mutual TLS only.
#include <set>

#include "rule/rule.h"
#include "text/words.h"

namespace hop::rules {
namespace {

bool lists(yaml::Node annotation, std::int64_t port) {
  const std::string number = format("{}", port);
  for (std::string_view item : split_list(annotation.str(), ',')) {
    if (item == "*" || item == number) return true;
  }
  return false;
}

/// Whether the sidecar leaves this port alone.
bool is_excluded(const Workload& pod, std::int64_t port) {
  const yaml::Node only = pod.pod_annotation("traffic.sidecar.istio.io/includeInboundPorts");
  return lists(pod.pod_annotation("traffic.sidecar.istio.io/excludeInboundPorts"), port) || (only && !lists(only, port));
}

bool in_mesh(const Graph& graph, const Workload& pod) {
  if (pod.pod_spec()["containers"][0]["name"].str() == "istio-proxy") return false;  // a gateway takes what its servers say
  const Dataplane plane = graph.injection(pod).plane;
  return plane == Dataplane::sidecar || plane == Dataplane::ambient;
}

std::optional<std::int64_t> pod_port(const TargetGroup& group) {
  if (!group.port) return std::nullopt;
  const auto number = group.port->target_port() ? integer_of(group.port->target_port()) : group.port->number();
  return number.is_known() ? std::optional(*number) : std::nullopt;
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;  // Ingress and Service
  for (const TargetGroup& group : graph.target_groups()) {
    if (group.to_gateway() || !group.service.found() || group.pods.empty() || group.pods_unknown) continue;
    const auto port = pod_port(group);
    const EffectiveMtls mtls = graph.mtls(group.pods.front(), port);
    if (!mtls.known || mtls.mode != MtlsMode::strict || (!port && group.port)) continue;
    bool all = true;
    for (const Workload& pod : group.pods) {
      const EffectiveMtls one = graph.mtls(pod, port);
      all = all && in_mesh(graph, pod) && one.known && one.mode == MtlsMode::strict && !(port && is_excluded(pod, *port));
    }
    if (!all || !told.emplace(group.ingress->id, group.service.target->id).second) continue;
    Finding finding =
        report.at(*group.ingress, group.backend.path.service(),
                  format("the pods behind Service `{}` take mutual TLS only, which an ALB does not speak", group.service.target->name));
    finding.note(mtls.decided_by, "STRICT is set here");
  }
}

}  // namespace

extern constinit const Rule alb_backend_requires_mtls = {
    .info = {.id = "alb-backend-requires-mtls",
             .summary = "an ALB sends straight to pods of the mesh that accept mutual TLS only",
             .docs =
                 "A load balancer has no identity in the mesh. Under a STRICT PeerAuthentication the pod's proxy closes its connections, "
                 "health checks included.\n\nSend through the ingress gateway, or make the port PERMISSIVE with `portLevelMtls`, or leave "
                 "a port that only the load balancer calls to the application with `traffic.sidecar.istio.io/excludeInboundPorts`.",
             .effect = "connections are reset: the ALB answers 502 and targets stay unhealthy",
             .source = "https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode",
             .severity = Severity::error},
    .reads = {Kind::namespace_, Facet::entry, Facet::injection, Facet::mtls},
    .check = check,
};

}  // namespace hop::rules
