// Instance targets need a node port; a ClusterIP Service has none.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether the Service gives every node a port. Unknown where its type is.
Truth has_node_ports(const Service& service) {
  const auto type = service.type();
  if (type.is_unknown() || service->opaque) return Truth::unknown;
  const std::string_view word = type.value_or("ClusterIP");
  if (word == "NodePort") return Truth::yes;
  if (word != "LoadBalancer") return Truth::no;
  const auto allocates = boolean_of(service.spec()["allocateLoadBalancerNodePorts"]);
  return allocates.is_unknown() ? Truth::unknown : truth(allocates.value_or(true));
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;  // Ingress and Service
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.service.found() || !group.target_type.is("instance")) continue;
    if (group.service.any([](const Resource& copy) { return has_node_ports(Service(copy)) != Truth::no; })) continue;
    const Service service(*group.service.target);
    if (!told.emplace(group.ingress->id, service->id).second) continue;
    const std::string_view type = service.type().value_or("ClusterIP");
    const bool written = group.target_type.from(Kind::ingress) || group.target_type.from(Kind::service);
    const yaml::Node place = written ? group.target_type.node : group.backend.path.service();
    const std::string_view why = written ? "is set to" : "defaults to";
    const Resource& owner = written ? *group.target_type.set_by : *group.ingress;
    Finding finding = report.at(owner, place, format("target-type {} `instance` but Service `{}` is `{}`", why, service->name, type));
    finding.note(service.type_node() ? service.type_node() : service->name_node(), format("{} has no node port", type));
    if (!written && group.target_type.set_by != nullptr) finding.note(group.target_type.node, "the default is set here");
    if (written) finding.fix("set target-type to `ip`", place, "ip", Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule alb_target_type_needs_node_port = {
    .info = {.id = "alb-target-type-needs-node-port",
             .summary = "an ALB with instance targets sends to a Service without node ports",
             .docs =
                 "The controller's default target type is `instance`: the load balancer sends to a node port, which only Services of type "
                 "NodePort and LoadBalancer have. A gateway of type ClusterIP wants `target-type: ip`; the pods must then have addresses "
                 "of the VPC.\n\nStays silent when the controller's own default may be another: where the annotation is a placeholder.",
             .effect =
                 "the controller stops with \"TargetGroup port is empty\"; no target group is made and no Ingress of the group is updated",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-type",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
