// A health check port by name that the Service does not have.
#include <set>

#include "rule/rule.h"

namespace hop::rules {
namespace {

std::vector<std::string_view> port_names(const Service& service) {
  std::vector<std::string_view> names;
  for (yaml::Node node : service.ports()) {
    if (const auto name = ServicePort{node}.name(); name.is_known()) names.push_back(*name);
  }
  return names;
}

/// The target port where it is a name and ip targets would need a number; absent otherwise.
yaml::Node named_target(const TargetGroup& group) {
  const auto& port = group.health.service_port;
  if (group.health.by != HealthCheck::By::name || !port || !group.target_type.is("ip")) return {};
  const yaml::Node target = port->target_port();
  return text_of(target).is_known() && !integer_of(target, true).is_known() ? target : yaml::Node();
}

void check(const Graph& graph, Report& report) {
  std::set<std::pair<Span, std::uint32_t>> told;  // annotation and Service
  for (const TargetGroup& group : graph.target_groups()) {
    const Setting& port = group.health.port;
    const yaml::Node named = named_target(group);
    if (!group.service.found() || port.set_by == nullptr || !(group.health.name_missing || named)) continue;
    const Service service(*group.service.target);
    if (!told.emplace(port.node.span(), service->id).second) continue;
    if (!group.health.name_missing) {
      report.at(*port.set_by, port.node, format("health check port `{}` leads to a target port that has only a name", port.value))
          .note(named, "ip targets need a number here");
      continue;
    }
    const auto names = port_names(service);
    Finding finding =
        report.at(*port.set_by, port.node, format("the Service `{}` has no port `{}` for the health check", service->name, port.value));
    finding.note(service.spec()["ports"] ? service.spec()["ports"] : service->name_node(),
                 names.empty() ? std::string("its ports have no names") : format("it has {}", list_words(names)));
    if (const auto meant = nearest(port.value, names)) finding.fix(format("change it to `{}`", *meant), port.node, *meant, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule alb_healthcheck_port_missing = {
    .info = {.id = "alb-healthcheck-port-missing",
             .summary = "`healthcheck-port` names a port that a backend Service does not have",
             .docs =
                 "A name is looked up among the ports of the backend's Service. On an Ingress the annotation holds for every backend, so "
                 "each of their Services needs a port of that name; otherwise put it on the one Service. With `target-type: ip` the "
                 "port's `targetPort` must be a number.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#healthcheck-port",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
