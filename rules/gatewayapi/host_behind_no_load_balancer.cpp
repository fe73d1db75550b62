// Hosts of a route that the load balancer in front of its Gateway does not let through.
#include <algorithm>
#include <map>

#include "graph/attachments.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the ALB Ingresses in front of a Gateway let through.
struct Entry {
  HostSet hosts;
  yaml::Node example;
  bool open = false;  ///< every host, or another way in
};

/// By Gateway; only those that an ALB stands in front of.
std::map<std::uint32_t, Entry> entries(const Graph& graph) {
  std::map<std::uint32_t, Entry> all;
  for (const TargetGroup& group : graph.target_groups()) {
    if (!group.service.found()) continue;
    const Service service(*group.service.target);
    const auto name = text_of(service.selector()["gateway.networking.k8s.io/gateway-name"]);
    if (!name.is_known()) continue;
    const Lookup gateway = graph.find(*service, Kind::k8s_gateway, service->ns, *name);
    if (!gateway.found()) continue;
    Entry& entry = all[gateway.target->id];
    const auto host = text_of(group.backend.rule.host());
    entry.open = entry.open || !host.is_known() || service.type().is_unknown() || service.type().equals("LoadBalancer") == Truth::yes;
    if (!host.is_known()) continue;
    entry.hosts.add(*host);
    if (!entry.example) entry.example = host.node();
  }
  return all;
}

void check(const Graph& graph, Report& report) {
  const auto all = entries(graph);
  if (all.empty()) return;
  for (const Attachment& attachment : attachments(graph)) {
    const auto entry = all.find(attachment.gateway.target->id);
    if (entry == all.end() || entry->second.open) continue;
    for (yaml::Node node : attachment.route.spec()["hostnames"].items()) {
      const auto host = text_of(node);
      if (!host.is_known() || entry->second.hosts.overlaps(*host)) continue;
      Finding finding =
          report.at(*attachment.route, node, format("no load balancer in front of its Gateway lets host `{}` through", *host));
      finding.note(entry->second.example, "the ALB in front of the Gateway lets only such hosts through");
      if (!graph.world().complete) finding.severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_host_behind_no_load_balancer = {
    .info = {.id = "gatewayapi-host-behind-no-load-balancer",
             .summary = "a route is for a host that no ALB Ingress in front of its Gateway lets through",
             .docs = "Where the Service of a Gateway is no load balancer itself and ALB Ingresses lead to it, only hosts of their rules "
                     "reach the Gateway. A warning without `complete`: another Ingress may stand elsewhere.\n\nStays silent where an "
                     "Ingress rule has no host or the Ingress has a default backend.",
             .effect = "the ALB answers 404 and the request never reaches the Gateway",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html#host-conditions",
             .severity = Severity::error},
    .reads = {Facet::entry, Kind::http_route, Kind::grpc_route, Kind::tls_route, Kind::tcp_route, Kind::k8s_gateway},
    .check = check,
};

}  // namespace hop::rules
