#include "rule/waypoint_fault.h"

#include "text/format.h"

namespace hop {
namespace {

std::string complaint(WaypointFault fault, std::string_view waypoint, const Resource& user) {
  switch (fault) {
    case WaypointFault::missing:
      return format("the waypoint `{}` of `{}` does not exist", waypoint, user.name);
    case WaypointFault::no_waypoint:
      return format("the Gateway `{}`, named as the waypoint of `{}`, is none", waypoint, user.name);
    default:
      return format("the waypoint `{}` takes nothing from namespace `{}`", waypoint, user.ns);
  }
}

}  // namespace

void report_waypoint_fault(const Graph& graph, const Resource& user, const WaypointUse& use, bool own, Report& report) {
  const WaypointFault fault = fault_of(graph, user, use);
  if (fault == WaypointFault::none) return;
  Finding finding = report.at(user, own ? use.name : user.name_node(), complaint(fault, use.name.str(), user));
  finding.target(format("Gateway {}/{}", use.ns, use.name.str()));
  if (user.kind != Kind::service && user.kind != Kind::service_entry && fault != WaypointFault::refuses_namespace) finding.alias("KIA1313");
  if (!own) finding.note(use.name, "the namespace asks for it");
  if (fault == WaypointFault::missing) {
    finding.missing(use.gateway);
    if (own && use.gateway.near != nullptr)
      finding.fix(format("change it to `{}`", use.gateway.near->name), use.name, use.gateway.near->name, Safety::unsafe);
    return;
  }
  const yaml::Node spec = use.gateway.target->spec();
  if (fault == WaypointFault::no_waypoint) {
    finding.note(spec["gatewayClassName"], "a gateway for requests from outside, without a listener for HBONE");
  } else {
    finding.note(spec["listeners"][0]["name"], "no listener allows that namespace");
  }
}

}  // namespace hop
