// A route to a port that the destination does not have.
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

yaml::Node ports_node(const Resource& resource) { return resource.spec()["ports"]; }

/// A port of a Service or ServiceEntry by number; unknown where a number is a placeholder or nothing is known of the resource.
Truth has_port(const Resource& resource, std::int64_t wanted) {
  if (resource.opaque) return Truth::unknown;
  Truth any = Truth::no;
  for (yaml::Node port : ports_node(resource).items()) {
    any = any || integer_of(resource.kind == Kind::service ? port["port"] : port["number"]).equals(wanted);
  }
  return any;
}

std::string ports_of(const Resource& resource) {
  std::vector<std::string_view> numbers;
  for (yaml::Node port : ports_node(resource).items())
    numbers.push_back((resource.kind == Kind::service ? port["port"] : port["number"]).str());
  return numbers.empty() ? "it has no ports" : format("it has {}", list_words(numbers));
}

/// Whether it is a Service through which nothing can be called. A headless one may do without ports.
bool has_no_ports(const Resource& resource) {
  return resource.kind == Kind::service && !resource.opaque && !resource.patched && ports_node(resource).size() == 0 &&
         (!ports_node(resource) || ports_node(resource).is_sequence()) && !Service(resource).headless();
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const Destination& destination : graph.destinations(vs)) {
    const auto port = integer_of(destination.port());
    if (port.is_unknown() || destination.edge == nullptr || is_hidden(graph, vs, *destination.edge)) continue;
    const Lookup& found = destination.edge->to;
    if (port.is_absent()) {
      if (!found.found() || found.any([](const Resource& copy) { return !has_no_ports(copy); })) continue;
      report.at(vs, destination.host(), format("the Service `{}` has no ports", found.target->name))
          .note(found.target->name_node(), "the Service")
          .target(format("{}:", destination.full_host));
      continue;
    }
    if (!found.found() || found.any([&](const Resource& copy) { return has_port(copy, *port) != Truth::no; })) continue;
    const Resource& target = *found.target;
    report.at(vs, port.node(), format("the {} `{}` has no port `{}`", target.kind_name, target.name, *port))
        .alias("IST0101")
        .note(ports_node(target) ? ports_node(target) : target.name_node(), ports_of(target))
        .target(format("{}:{}", destination.full_host, *port));
  }
}

}  // namespace

extern constinit const Rule virtualservice_destination_port_missing = {
    .info = {.id = "virtualservice-destination-port-missing",
             .summary = "a VirtualService routes to a port that the destination does not have",
             .docs = "`destination.port.number` is the Service's `port`, not its `targetPort`.",
             .effect = "requests that take this route fail with 503",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination",
             .severity = Severity::error,
             .aliases = {"IST0101"}},
    .reads = {Kind::virtual_service, Facet::references, Facet::mesh},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
