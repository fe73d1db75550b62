// From the choice of a proxy to pods: Services and hosts outside, DestinationRules, subsets, the wire to each workload.

#include <algorithm>

#include "chain/builder.h"
#include "graph/machines.h"
#include "model/port.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

/// The Service port that a destination means; nothing if there is none or if it is not said which.
struct MeantPort {
  std::optional<ServicePort> port;
  std::string_view wrong;
  bool unknown = false;
};

MeantPort meant_port(const Service& service, yaml::Node port) {
  MeantPort meant;
  if (port && !port.is_null()) {
    const Service::PortMatch match = service.find_port(port);
    meant.port = match.port;
    meant.unknown = match.unknown;
    meant.wrong = "the Service has no such port";
    return meant;
  }
  const yaml::Node ports = service.spec()["ports"];
  if (ports.size() == 1) meant.port = ServicePort{ports[std::size_t{0}]};
  meant.wrong = ports.size() == 0 ? "the Service has no ports" : "the Service has several ports and none is named";
  return meant;
}

}  // namespace

const Destination* HopBuilder::destination_of(const VirtualService& vs, yaml::Node node) {
  const auto [known, fresh] = destinations_.try_emplace(vs->id);
  if (fresh) {
    for (const Destination& destination : graph_.destinations(vs)) known->second.emplace(destination.node.index(), &destination);
  }
  const auto found = known->second.find(node.index());
  return found == known->second.end() ? nullptr : found->second;
}

void HopBuilder::add_destination(std::uint32_t hop, const VirtualService& vs, yaml::Node target, bool mirror, const Sender& sender) {
  // `mirror` is the destination itself; items of `route` and `mirrors` hold one.
  const yaml::Node node = target["destination"] ? target["destination"] : target;
  const Destination* destination = destination_of(vs, node);
  const auto weight = integer_of(target["weight"]);
  Link out;
  // Others of the route get all there is.
  if (weight.equals(0) == Truth::yes && !mirror) return;
  if (destination == nullptr || destination->edge == nullptr) {
    out = unknown_link(within(end(HopKind::nowhere, "?", vs.resource, node)), "the destination is not known");
    return link(hop, std::move(out));
  }
  const auto subset = text_of(destination->subset());
  add_service(hop, {}, sender, destination->edge->to, destination->host(), destination->full_host, destination->port(), subset.value_or(""),
              weight.is_known() ? std::optional(*weight) : std::nullopt, mirror);
}

void HopBuilder::add_service(std::uint32_t hop, Link in, const Sender& sender, const Lookup& found, yaml::Node place,
                             std::string_view full_host, yaml::Node port, std::string_view subset, std::optional<std::int64_t> weight,
                             bool mirror) {
  Hop next;
  next.kind = HopKind::destination;
  next.resource = found.target;
  next.place = place;
  next.mirror = mirror;
  next.weight = weight;
  const Resource* by = at(hop).resource;
  if (!found.found()) {
    next.kind = HopKind::nowhere;
    next.label = format("host {}", full_host);
    in.to = add(std::move(next));
    in = found.missing() ? broken_link(std::move(in), format("the host `{}` does not exist", place.str()), by, place)
                         : unknown_link(std::move(in), format("`{}` is not among the manifests", place.str()));
    return link(hop, std::move(in));
  }
  const Resource& target = *found.target;
  const auto number = integer_of(port);
  const std::optional<std::int64_t> wanted = number.is_known() ? std::optional(*number) : std::nullopt;
  if (target.kind != Kind::service) {
    next.kind = HopKind::external;
    next.label = format("{} {}", target.kind_name, full_host);
    const std::uint32_t to = add(std::move(next));
    const SenderTls tls = sender_tls(graph_, sender, full_host, wanted, subset);
    Link out = link_outside(sender, tls, target, wanted);
    out.to = to;
    return link(hop, std::move(out));
  }
  const Service service(target);
  const MeantPort meant = meant_port(service, port);
  const std::string port_text = meant.port ? std::string(meant.port->node["port"].str())
                                : port     ? std::string(port.str())
                                           : std::string("?");
  next.label = format("Service {}/{}:{}", target.ns, target.name, port_text);
  if (!subset.empty()) next.label += format(" subset {}", subset);
  const std::uint32_t at_service = add(std::move(next));
  in.to = at_service;
  if (target.opaque) {
    link(hop, std::move(in));
    Link out =
        unknown_link(within(end(HopKind::nowhere, "?", &target, target.name_node())), "nothing is known of the Service but its name");
    return link(at_service, std::move(out));
  }
  if (!meant.port) {
    const yaml::Node at_port = port ? port : place;
    return link(hop, meant.unknown ? unknown_link(std::move(in), "a placeholder stands for the port")
                                   : broken_link(std::move(in), std::string(meant.wrong), by, at_port));
  }
  const auto port_number = meant.port->number();
  const SenderTls tls = sender_tls(graph_, sender, full_host, port_number.is_known() ? std::optional(*port_number) : wanted, subset);
  if (tls.subset_found == Truth::no) {
    return link(hop, broken_link(std::move(in), format("no DestinationRule defines the subset `{}`", subset), by, place));
  }
  if (tls.subset_found == Truth::unknown) in.verdict = Verdict::unknown, in.reason = "the subset is not known";
  link(hop, std::move(in));
  if (const auto use = waypoint_for(sender, service)) {
    Link out = link_to_waypoint(sender, *use, service, *meant.port);
    out.to = waypoint_hop(*use, service, *meant.port, full_host);
    return link(at_service, std::move(out));
  }
  add_pods(at_service, sender, tls, service, *meant.port);
}

void HopBuilder::add_pods(std::uint32_t hop, const Sender& sender, const SenderTls& tls, const Service& service, const ServicePort& port) {
  if (service.type().equals("ExternalName") == Truth::yes) {
    Link out = link_outside(sender, tls, *service, port.number().is_known() ? std::optional(*port.number()) : std::nullopt);
    out.to = end(HopKind::external, format("external host {}", service.spec()["externalName"].str()), service.resource,
                 service.spec()["externalName"]);
    return link(hop, std::move(out));
  }
  const Graph::Selection* pods = service.has_selector() ? &graph_.pods_of(service) : nullptr;
  bool any = false;
  std::vector<Workload> stopped;
  for (const Workload& workload : pods == nullptr ? std::vector<Workload>{} : pods->workloads) {
    if (tls.subset_labels && matches(tls.subset_labels, workload.labels()) == Truth::no) continue;
    const Truth running = scale_.has_pods(workload);
    if (running == Truth::no) {
      stopped.push_back(workload);
      continue;
    }
    Link out = link_to_pod(graph_, sender, tls, port, workload);
    out.to = workload_hop(workload);
    out.gate = gate_of_pod(sender, tls, port, workload, out);
    if (running == Truth::unknown && out.verdict == Verdict::ok && workload->spec()["replicas"].str() == "0")
      out.verdict = Verdict::unknown, out.reason = "`replicas` is 0, and something else may say how many pods there are";
    link(hop, std::move(out));
    any = true;
  }
  if (any) return;
  if (!stopped.empty()) {
    const yaml::Node replicas = stopped.front()->spec()["replicas"];
    Link out = link_to_pod(graph_, sender, tls, port, stopped.front());
    out.to = workload_hop(stopped.front());
    if (!pods->unknown) return link(hop, broken_link(std::move(out), "no pods: `replicas` is 0", stopped.front().resource, replicas));
    if (out.verdict == Verdict::ok) out.verdict = Verdict::unknown, out.reason = "`replicas` is 0, and other pods may be meant";
    return link(hop, std::move(out));
  }
  const yaml::Node place = service.selector() ? service.selector() : service->name_node();
  Link out;
  out.type = Link::Type::wire;
  out.to = end(HopKind::nowhere, format("pods of Service {}/{}", service->ns, service->name), service.resource, place);
  const Truth machines = service.has_selector() ? selects_machine(graph_, *service, service.selector(), false) : Truth::no;
  if (machines == Truth::yes) return link(hop, unknown_link(std::move(out), "the Service leads to machines outside of the cluster"));
  const bool nothing = pods != nullptr && !pods->unknown && machines == Truth::no && graph_.has_workloads(*service, false);
  link(hop, nothing ? broken_link(std::move(out), "the Service selects no pods", service.resource, place)
                    : unknown_link(std::move(out), "the Service's pods are not among the manifests"));
}

std::uint32_t HopBuilder::workload_hop(const Workload& workload) {
  const auto [known, fresh] = workloads_.try_emplace(workload->id);
  if (!fresh) return known->second;
  Hop hop;
  hop.kind = HopKind::workload;
  hop.resource = workload.resource;
  const Injection& injection = graph_.injection(workload);
  hop.place = workload->name_node();
  const std::string_view plane = injection.plane == Dataplane::sidecar   ? "sidecar"
                                 : injection.plane == Dataplane::ambient ? "ambient"
                                 : injection.plane == Dataplane::none    ? "no proxy"
                                                                         : "proxy unknown";
  hop.label = format("{} {}/{} ({})", workload->kind_name, workload->ns, workload->name, plane);
  known->second = add(std::move(hop));
  return known->second;
}

Link HopBuilder::link_outside(const Sender& sender, const SenderTls& tls, const Resource& entry, std::optional<std::int64_t> port) {
  Link out;
  out.type = Link::Type::wire;
  out.decided_by = tls.node ? tls.rule : &entry;
  out.place = tls.node ? tls.node : entry.name_node();
  if (entry.opaque) return unknown_link(std::move(out), "nothing is known of the host but its name");
  Protocol protocol = Protocol::unknown;
  bool has_port = entry.spec()["ports"].size() == 0 || entry.patched;
  for (yaml::Node node : entry.spec()["ports"].items()) {
    const auto number = integer_of(entry.kind == Kind::service ? node["port"] : node["number"]);
    if (port && number.is_known() && *number != *port) continue;
    has_port = true;
    const auto said = text_of(node["protocol"]);
    protocol = entry.kind == Kind::service ? protocol_of_port_name(text_of(node["name"]).value_or(""))
               : said.is_known()           ? parse_protocol(*said)
                                           : Protocol::unknown;
    out.place = tls.node ? tls.node : node;
    if (port) break;
  }
  if (port && !has_port) {
    return broken_link(std::move(out), format("the {} has no port {}", entry.kind_name, *port), &entry, entry.spec()["ports"]);
  }
  using Mode = SenderTls::Mode;
  if (sender.type == Sender::Type::proxy && (tls.mode == Mode::simple || tls.mode == Mode::mutual)) {
    out.protocol = "HTTPS";
    out.encryption = tls.mode == Mode::mutual ? Encryption::mtls : Encryption::tls;
    out.verified = tls.verifies;
    return out;
  }
  if (sender.type == Sender::Type::proxy && tls.mode == Mode::istio_mutual) {
    return unknown_link(std::move(out), "whether the host trusts the mesh's own certificates is not known");
  }
  if (tls.mode == Mode::unknown) return unknown_link(std::move(out), "the DestinationRule for the host is not known");
  if (sender.type == Sender::Type::proxy && sender.speaks_http && speaks_tls(protocol)) {
    out.protocol = "HTTP";
    out.encryption = Encryption::plaintext;
    const yaml::Node place = out.place;
    return broken_link(std::move(out), "plain HTTP to a port of the host that expects TLS", &entry, place);
  }
  out.protocol = speaks_tls(protocol) ? "TLS" : "HTTP";
  out.encryption = speaks_tls(protocol) ? Encryption::tls : Encryption::plaintext;
  out.verified = speaks_tls(protocol);
  out.reason = speaks_tls(protocol) ? "the client's own TLS" : "nothing encrypts what leaves for this host";
  return out;
}

}  // namespace hop
