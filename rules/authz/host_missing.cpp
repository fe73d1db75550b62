// A host in an AuthorizationPolicy that reads like a Service and is none.
#include <set>

#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::set<std::string> virtual_hosts(const Graph& graph) {
  std::set<std::string> hosts;
  for (const VirtualService& vs : graph.all<VirtualService>()) {
    for (yaml::Node host : vs.hosts()) hosts.insert(lower(host.str()));
  }
  return hosts;
}

/// The Service a host of one or two labels names; unknown for a host of the world outside.
Lookup find_service(const Graph& graph, const Resource& policy, std::string_view host) {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return graph.find_host(policy, host);
  const std::string_view ns = host.substr(dot + 1);
  if (ns.find('.') != std::string_view::npos) return {};
  if (ns != policy.ns && !graph.find(policy, Kind::namespace_, "", ns).found()) return {};
  return graph.find(policy, Kind::service, ns, host.substr(0, dot));
}

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::authorization_policy).empty()) return;
  const std::set<std::string> others = virtual_hosts(graph);
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    for (yaml::Node operation : policy.operations()) {
      for (yaml::Node place : operation["hosts"].items()) {
        const auto text = text_of(place);
        if (!text.is_known() || (*text).find('*') != std::string_view::npos) continue;
        const std::string_view host = (*text).substr(0, (*text).find(':'));
        if (host.empty() || others.contains(lower(host))) continue;
        const Lookup service = find_service(graph, *policy, host);
        if (!service.missing()) continue;
        report.at(policy, place, format("no Service has the host `{}`", host))
            .alias("KIA0104")
            .missing(service)
            .target(format("host {}", host));
      }
    }
  }
}

}  // namespace

extern constinit const Rule authz_host_missing = {
    .info = {.id = "authz-host-missing",
             .summary = "a policy names a host that reads like a Service and is none",
             .docs = "Hosts of operations are compared with the Host header. One that has no dot, or ends in the name of a namespace, is "
                     "meant for a "
                     "Service; hosts of VirtualServices and ServiceEntries count as well. Others are left alone.",
             .effect = "the entry matches no request: an ALLOW rule lets nothing in by it, a DENY rule keeps nothing out",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",
             .severity = Severity::warning,
             .group = Group::security,
             .aliases = {"KIA0104"}},
    .reads = {Kind::authorization_policy, Kind::virtual_service, Kind::service, Kind::service_entry, Kind::namespace_},
    .check = check,
};

}  // namespace hop::rules
