// VirtualService hosts against the hosts of the gateways it is bound to.
#include "rule/rule.h"

namespace hop::rules {
namespace {

Truth serves(const Graph& graph, const Edge& edge, const VirtualService& vs, std::string_view host) {
  Truth any = Truth::no;
  edge.to.any([&](const Resource& copy) {
    any = any || graph.served_hosts(copy).serve(graph, vs, host);
    return any == Truth::yes;
  });
  return any;
}

struct Hosts {
  std::vector<yaml::Node> known;
  bool unknown = false;
};

Hosts hosts_of(const VirtualService& vs) {
  Hosts hosts;
  for (yaml::Node node : vs.hosts()) {
    if (text_of(node).is_known()) {
      hosts.known.push_back(node);
    } else {
      hosts.unknown = true;
    }
  }
  return hosts;
}

yaml::Node hosts_node(const Edge& edge) {
  const yaml::Node spec = edge.to.target->spec();
  return edge.to.target->kind == Kind::k8s_gateway ? spec["listeners"][0]["hostname"] : spec["servers"][0]["hosts"];
}

/// A gateway in the list that has none of the hosts: the binding does nothing.
void check_gateway(const Graph& graph, const VirtualService& vs, const Edge& edge, const Hosts& hosts, Report& report) {
  for (yaml::Node host : hosts.known) {
    if (serves(graph, edge, vs, host.str()) != Truth::no) return;
  }
  report.at(vs, edge.place, format("the Gateway `{}` serves none of the hosts of VirtualService `{}`", edge.name, vs->name))
      .alias("IST0132")
      .note(hosts_node(edge), "the Gateway's hosts");
}

/// A host that none of the gateways has, where another one of the VirtualService's is served.
void check_host(const Graph& graph, const VirtualService& vs, const std::vector<const Edge*>& edges, yaml::Node host, Report& report) {
  for (const Edge* edge : edges) {
    if (!edge->to.found() || serves(graph, *edge, vs, host.str()) != Truth::no) return;
  }
  report.at(vs, host, format("no Gateway of VirtualService `{}` serves host `{}`", vs->name, host.str()))
      .alias("IST0132")
      .note(hosts_node(*edges.front()), "the Gateway's hosts");
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  std::vector<const Edge*> edges;
  for (const Edge* edge : graph.from(*vs)) {
    if (edge->relation == Relation::virtualservice_gateway) edges.push_back(edge);
  }
  const Hosts hosts = hosts_of(vs);
  if (edges.empty() || hosts.unknown || hosts.known.empty()) return;
  bool whole = false;  // a gateway without any of the hosts says more than each host for itself
  for (const Edge* edge : edges) {
    if (!edge->to.found()) continue;
    const std::size_t before = report.size();
    check_gateway(graph, vs, *edge, hosts, report);
    whole = whole || report.size() != before;
  }
  // On the mesh the other hosts are names of Services.
  if (whole || vs.applies_to_mesh()) return;
  for (yaml::Node host : hosts.known) check_host(graph, vs, edges, host, report);
}

}  // namespace

extern constinit const Rule virtualservice_host_not_on_gateway = {
    .info = {.id = "virtualservice-host-not-on-gateway",
             .summary = "a VirtualService is bound to a Gateway that does not serve its hosts",
             .docs =
                 "A host of a VirtualService takes effect on a Gateway only where it overlaps a host of one of its servers, or, on one "
                 "of the Gateway API, the hostname of a listener; `ns/host` of a server opens "
                 "the host to VirtualServices of that namespace only. Reported at the gateway's name when it has none of the hosts, and at "
                 "the host when none of the gateways has it.\n\nHosts of a VirtualService that also applies to the mesh may be names of "
                 "Services: then only a gateway with none of the hosts is reported.",
             .effect = "the route does not exist on that gateway; requests get 404",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Server",
             .severity = Severity::warning,
             .aliases = {"IST0132"}},
    .reads = {Kind::virtual_service, Facet::references},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
