// A health check names a node port that the Service leaves to chance.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

bool has_status_port(const Service& service) {
  for (yaml::Node port : service.ports()) {
    if (ServicePort{port}.name().equals(status_port_name) == Truth::yes) return true;
  }
  return false;
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<Span, std::uint32_t>> told;
  for (const TargetGroup& group : graph.target_groups()) {
    const HealthCheck& health = group.health;
    if (health.by != HealthCheck::By::number || health.service_port || !group.target_type.is("instance")) continue;
    if (!group.service.found() || group.service.target->opaque) continue;
    const auto number = integer_of(health.port.node, true);
    if (!number.is_known() || *number < 30000 || *number > 32767) continue;
    const Service service(*group.service.target);
    yaml::Node open;
    for (yaml::Node port : service.ports()) {
      if (!open && ServicePort{port}.node_port().is_absent()) open = port;
    }
    if (!open || !told.emplace(health.port.node.span(), service->id).second) continue;
    Finding finding = report.at(*health.port.set_by, health.port.node,
                                format("node port {} of Service `{}` is not written there", *number, service->name));
    finding.note(open, "without `nodePort` each cluster chooses its own");
    // What asks a gateway whether it is ready means its status port.
    if (health.path.is(status_path) && has_status_port(service)) {
      finding.fix(format("name the port: `{}`", status_port_name), health.port.node, status_port_name);
    }
  }
}

}  // namespace

extern constinit const Rule alb_node_port_not_pinned = {
    .info = {.id = "alb-node-port-not-pinned",
             .summary = "`healthcheck-port` is a node port that the Service does not fix",
             .docs =
                 "A node port is chosen by the cluster unless the Service's port has `nodePort`; a number copied from one cluster is wrong "
                 "in the next, and after the Service is made anew.\n\nName the Service's port instead (`status-port`), or write "
                 "`nodePort` down.",
             .effect = "works in the cluster the number comes from; elsewhere every target is unhealthy",
             .source = "https://kubernetes.io/docs/concepts/services-networking/service/#nodeport-custom-port",
             .severity = Severity::warning,
             .group = Group::reliability,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
