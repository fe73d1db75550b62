// Gates: which policies decide about what comes to gateways, pods and waypoints, and from whom it comes.

#include <algorithm>

#include "chain/builder.h"
#include "model/gatewayapi/views.h"
#include "model/port.h"
#include "text/format.h"

namespace hop {
namespace {

using Sees = Asked::Sees;

/// What a sidecar sees of what is sent to the port. Source: istio.io "Protocol Selection".
Sees seen_at(const Sender& sender, const ServicePort& port, const Link& link) {
  if (sender.tls_inside || link.encryption == Encryption::tls) return Sees::connections;
  const auto said = port.app_protocol();
  const auto word = said.is_absent() ? port.name() : said;
  if (word.is_unknown()) return Sees::unknown;
  const Protocol protocol = protocol_of_port_name(word.value_or(""));
  if (speaks_http(protocol)) return Sees::requests;
  if (protocol != Protocol::unknown) return Sees::connections;
  // It looks what is sent.
  return sender.speaks_http || sender.protocol == "HTTP" ? Sees::requests : Sees::unknown;
}

PeerName name_at_pod(const Sender& sender, const SenderTls& tls, const Link& link) {
  if (link.encryption == Encryption::plaintext || link.encryption == Encryption::tls) return no_name();
  if (link.encryption == Encryption::unknown || tls.mode == SenderTls::Mode::mutual) return {};
  return sender.name;
}

}  // namespace

Gates* HopBuilder::gates() {
  if (!has_gates_) return nullptr;
  if (hops_.gates_ == nullptr) hops_.gates_ = std::make_shared<Gates>(graph_);
  return hops_.gates_.get();
}

const Gate* HopBuilder::add_gate(Gate gate) {
  const bool free = std::ranges::all_of(gate.pods, [](const PoliciesInForce* policies) { return policies->empty(); });
  if (free && gate.network.let_in == Truth::yes) return nullptr;
  return &gates()->all.emplace_back(std::move(gate));
}

Admission HopBuilder::ask_network(const Workload& workload, bool from_outside, const Resource* pod, std::optional<std::int64_t> port) {
  if (gates()->network.empty()) return {};
  Connection connection{from_outside, pod, port, {}};
  if (port) connection.port_names = names_of_port(workload, *port);
  const NetworkPolicies::Answer answer = gates()->network.ask(workload, connection);
  if (answer.let_in == Truth::yes) return {};
  const std::string policy = format("the NetworkPolicy `{}`", answer.by->name);
  std::string reason = answer.let_in == Truth::no ? policy + " does not let it in, where the network enforces it"
                                                  : format("whether {} lets it in is not known", policy);
  return {Truth::unknown, std::move(reason), answer.by, answer.by->spec()};
}

const Gate* HopBuilder::gate_of_gateway(const GatewayPort& port, Sees sees, bool asks_certificate) {
  if (gates() == nullptr) return nullptr;
  Authorizations& authorizations = gates()->authorizations;
  Gate gate;
  gate.sees = sees;
  if (!asks_certificate) gate.peer = no_name();
  gate.port = port.pod_port;
  for (const Workload& workload : port.pods) {
    const PoliciesInForce* found = &authorizations.of(workload);
    const bool known = std::ranges::any_of(gate.pods, [&](const PoliciesInForce* other) { return *other == *found; });
    if (!known) gate.pods.push_back(found);
    const Admission network = ask_network(workload, true, nullptr, port.pod_port);
    if (network.let_in != Truth::yes) gate.network = network;
  }
  if (port.pods.empty() && port.service != nullptr) gate.pods.push_back(&authorizations.of_namespace(*port.service));
  return add_gate(std::move(gate));
}

const Gate* HopBuilder::gate_of_pod(const Sender& sender, const SenderTls& tls, const ServicePort& port, const Workload& workload,
                                    const Link& link) {
  if (gates() == nullptr || link.verdict == Verdict::broken) return nullptr;
  Gate gate;
  gate.port = port_of_pod(workload, port);
  const Dataplane plane = plane_at(graph_, workload, gate.port);
  constexpr std::int64_t tunnel = 15008;
  const bool outside = sender.type == Sender::Type::outside && sender.pod == nullptr;
  gate.network = ask_network(workload, outside, sender.pod,
                             plane == Dataplane::ambient && link.encryption == Encryption::mtls ? std::optional(tunnel) : gate.port);
  if (plane == Dataplane::sidecar || plane == Dataplane::ambient) gate.pods.push_back(&gates()->authorizations.of(workload));
  gate.sees = plane == Dataplane::ambient ? Sees::ztunnel : seen_at(sender, port, link);
  gate.peer = name_at_pod(sender, tls, link);
  return add_gate(std::move(gate));
}

const Gate* HopBuilder::gate_of_waypoint(const Sender& sender, const WaypointUse& use, const Service& service, const ServicePort& port) {
  if (gates() == nullptr || !use.gateway.found()) return nullptr;
  Gate gate;
  gate.pods.push_back(&gates()->authorizations.of_waypoint(*use.gateway.target, *service));
  gate.sees = seen_at(sender, port, {});
  gate.peer = sender.name;
  return add_gate(std::move(gate));
}

void HopBuilder::set_name(const Resource& gateway, Sender& sender) {
  if (!has_gates_) return;
  const auto set = [&](std::span<const Workload> pods) {
    sender.name = hop::name_of(pods);
    sender.pod = pods.empty() ? nullptr : pods.front().resource;
  };
  if (gateway.kind == Kind::gateway) return set(graph_.select(gateway, Gateway(gateway).selector(), true).workloads);
  if (!api_pods_read_) {
    api_pods_read_ = true;
    for (const Workload& workload : graph_.workloads()) {
      const auto name = text_of(workload.labels().node[gateway_name_label]);
      if (name.is_known()) api_pods_[{workload->cluster, workload->ns, *name}].push_back(workload);
    }
  }
  const auto pods = api_pods_.find({gateway.cluster, gateway.ns, gateway.name});
  set(pods == api_pods_.end() ? std::span<const Workload>{} : pods->second);
}

}  // namespace hop
