// Workloads that a load balancer's requests are sent to, and that have no pods.
#include <algorithm>
#include <set>

#include "graph/outside_routes.h"
#include "graph/scale.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  const auto stopped = [](const Workload& workload) { return integer_of(workload->spec()["replicas"]).equals(0) == Truth::yes; };
  if (std::ranges::none_of(graph.workloads(), stopped)) return;  // nearly always
  Scale scale(graph);
  std::set<std::uint32_t> told;
  const auto look_at = [&](std::span<const Workload> pods, const OutsideRoute& route) {
    const yaml::Node replicas = scale.stopped(pods);
    if (!replicas || !pods.front()->linted() || !told.insert(pods.front()->id).second) return;
    Finding finding =
        report.at(*pods.front(), replicas, format("`{}` has no pods, and requests from outside are sent to it", pods.front()->name));
    finding.note(route.place, "a load balancer leads here");
  };
  each_outside_route(graph, [&](const OutsideRoute& route) {
    look_at(route.gateway, route);
    look_at(route.pods, route);
  });
}

}  // namespace

extern constinit const Rule workload_routed_without_replicas = {
    .info = {.id = "workload-routed-without-replicas",
             .summary = "a workload that a load balancer leads to has no replicas",
             .docs =
                 "Reported where every workload behind a Service, or behind the subset that a route names, has `replicas: 0`, and an ALB "
                 "sends to it, or a VirtualService on a gateway behind a load balancer does. Routes of weight 0 and mirrors do not "
                 "count.\n\nSilent where a HorizontalPodAutoscaler, a ScaledObject or a Rollout may say how many pods there are, and "
                 "where other pods may be meant.",
             .effect = "every request gets 503: the Service has no endpoints",
             .source = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas",
             .severity = Severity::warning,
             .group = Group::reliability},
    .reads = {Kind::service, Kind::gateway, Kind::horizontal_pod_autoscaler, Kind::rollout, Kind::other, Facet::workloads, Facet::entry,
              Facet::routing, Facet::references, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
