// A TargetGroupBinding without its Service, or without the Service's port.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_port(const Resource& binding, yaml::Node port, const Lookup& found, Report& report) {
  const bool fits = found.any([&](const Resource& service) {
    const Service::PortMatch match = Service(service).find_port(port);
    return match.port || match.unknown;
  });
  if (fits || !text_of(port).is_known()) return;
  report.at(binding, port, format("the Service `{}` has no port `{}`", found.target->name, shorten(port.str())))
      .note(found.target->name_node(), "the Service");
}

void check(const Graph& graph, Report& report) {
  for (const Resource* binding : graph.of(Kind::target_group_binding)) {
    const yaml::Node reference = binding->spec()["serviceRef"];
    const auto name = text_of(reference["name"]);
    if (!binding->linted() || !name.is_known()) continue;
    const Lookup found = graph.find(*binding, Kind::service, binding->ns, *name);
    if (found.found()) {
      check_port(*binding, reference["port"], found, report);
    } else if (found.missing()) {
      Finding finding = report.at(*binding, name.node(), format("the Service `{}` does not exist", shorten(*name)));
      finding.missing(found).target(format("Service {}/{}", binding->ns, *name));
      if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), name.node(), found.near->name, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule targetgroupbinding_service_missing = {
    .info = {.id = "targetgroupbinding-service-missing",
             .summary = "a TargetGroupBinding names a Service or a port that does not exist",
             .docs = "`serviceRef` names a Service of the same namespace and one of its ports, by number or name.",
             .effect = "no targets are registered: the load balancer in front answers 503",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::target_group_binding, Kind::service},
    .check = check,
};

}  // namespace hop::rules
