// A TargetGroupBinding without its Service, or without the Service's port.
#include "rule/missing.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_port(const Edge& edge, Report& report) {
  const yaml::Node port = edge.from->spec()["serviceRef"]["port"];
  const bool fits = edge.to.any([&](const Resource& service) {
    const Service::PortMatch match = Service(service).find_port(port);
    return match.port || match.unknown;
  });
  if (fits || !text_of(port).is_known()) return;
  report.at(*edge.from, port, format("the Service `{}` has no port `{}`", edge.to.target->name, port.str()))
      .note(edge.to.target->name_node(), "the Service");
}

void check(const Graph& graph, Report& report) {
  for (const Edge& edge : graph.edges(Relation::targetgroupbinding_service)) {
    if (edge.to.missing()) report_missing(edge, report);
    if (edge.to.found()) check_port(edge, report);
  }
}

}  // namespace

extern constinit const Rule targetgroupbinding_service_missing = {
    .info = {.id = "targetgroupbinding-service-missing",
             .summary = "a TargetGroupBinding names a Service or a port that does not exist",
             .docs = "`serviceRef` names a Service of the binding's own namespace and one of its ports, by number or name. Without "
                     "`complete` a missing Service needs others of that namespace among the manifests, and is a warning unless a name "
                     "like it is there.",
             .effect = "no targets are registered: the load balancer in front answers 503",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::references},
    .check = check,
};

}  // namespace hop::rules
