// Subsets of a headless Service.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const DestinationRule rule(resource);
  const yaml::Node what = rule.spec()["subsets"].size() > 0 ? rule.spec()["subsets"] : rule.traffic_policy()["loadBalancer"];
  if (!what) return;
  for (const Edge* edge : graph.from(resource)) {
    if (edge->relation != Relation::destinationrule_host || !edge->to.found() || edge->to.target->kind != Kind::service) continue;
    if (edge->to.any([](const Resource& other) { return !Service(other).headless(); })) continue;
    const Service service(*edge->to.target);
    report
        .at_key(*rule, what, format("sidecars send calls of the headless Service `{}` to the pod that the client looked up", service->name))
        .note(service.spec()["clusterIP"], "headless");
  }
}

}  // namespace

extern constinit const Rule destinationrule_subsets_of_headless = {
    .info = {.id = "destinationrule-subsets-of-headless",
             .summary = "a DestinationRule has subsets or load balancing for a headless Service",
             .docs = "DNS answers for a headless Service with the addresses of its pods, and sidecars send a connection to the "
                     "one that the client chose. Neither subsets nor load balancing change that. Gateways do choose.\n\nFor "
                     "load balancing by Istio give the Service a cluster IP.",
             .effect = "the settings have no effect for clients in the mesh",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/traffic-routing/#headless-services",
             .severity = Severity::info},
    .reads = {Kind::destination_rule, Facet::references},
    .each = Kind::destination_rule,
    .check_each = check_each,
};

}  // namespace hop::rules
