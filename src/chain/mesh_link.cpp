#include "chain/mesh_link.h"

#include <algorithm>

#include "graph/client_tls.h"
#include "graph/target_port.h"
#include "graph/visibility.h"
#include "model/istio/inbound_ports.h"
#include "model/port.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

using Mode = SenderTls::Mode;

std::string_view namespace_of(std::string_view host) {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view rest = host.substr(dot + 1);
  return rest.substr(0, rest.find('.'));
}

/// Those that the sender sees; in one namespace, or anywhere.
std::vector<DestinationRule> visible(const Graph& graph, const Sender& sender, const std::vector<DestinationRule>& all,
                                     std::optional<std::string_view> ns) {
  std::vector<DestinationRule> seen;
  for (const DestinationRule& rule : all) {
    if (ns && rule->ns != *ns) continue;
    if (rule->ns == sender.ns || visibility(graph, *rule).in(sender.ns) != Truth::no) seen.push_back(rule);
  }
  return seen;
}

/// The rules that a sender goes by: those of its own namespace, else of the Service's, else of the mesh's, else what is exported to it;
/// in each of these places those for the host, else the closest wildcard.
std::vector<DestinationRule> rules_for(const Graph& graph, const Sender& sender, const HostRules& all, std::string_view host) {
  const std::optional<std::string_view> places[] = {sender.ns, namespace_of(host), graph.root_namespace(), std::nullopt};
  for (const auto ns : places) {
    if (auto exact = visible(graph, sender, all.exact, ns); !exact.empty()) return exact;
    // The closest comes first.
    if (auto wide = visible(graph, sender, all.wide, ns); !wide.empty()) return {wide.front()};
  }
  return {};
}

/// The settings of a port stand for all of the policy's there.
yaml::Node tls_of(yaml::Node policy, std::optional<std::int64_t> port, bool& unknown) {
  for (yaml::Node settings : policy["portLevelSettings"].items()) {
    const auto number = integer_of(settings["port"]["number"]);
    unknown = unknown || number.is_unknown();
    if (port && number.is_known() && *number == *port) return settings["tls"];
  }
  return policy["tls"];
}

bool has_port_settings(yaml::Node policy, std::optional<std::int64_t> port) {
  for (yaml::Node settings : policy["portLevelSettings"].items()) {
    if (port && integer_of(settings["port"]["number"]).equals(*port) == Truth::yes) return true;
  }
  return false;
}

void read_tls(yaml::Node tls, SenderTls& result) {
  if (!tls.is_mapping()) return;
  const auto mode = text_of(tls["mode"]);
  result.node = mode.is_absent() ? tls : mode.node();
  const std::string_view word = mode.value_or("DISABLE");
  result.mode = mode.is_unknown()        ? Mode::unknown
                : word == "DISABLE"      ? Mode::disable
                : word == "SIMPLE"       ? Mode::simple
                : word == "MUTUAL"       ? Mode::mutual
                : word == "ISTIO_MUTUAL" ? Mode::istio_mutual
                                         : Mode::unknown;
  const auto skips = boolean_of(tls["insecureSkipVerify"]);
  result.verifies = !skips.value_or(false);
}

}  // namespace

SenderTls sender_tls(const Graph& graph, const Sender& sender, std::string_view host, std::optional<std::int64_t> port,
                     std::string_view subset) {
  SenderTls result;
  const SharedRules shared = graph.destination_rules(*sender.seeker, host);
  const HostRules& found = *shared;
  const std::vector<DestinationRule> rules = rules_for(graph, sender, found, host);
  bool unknown = found.unknown;
  if (!subset.empty()) result.subset_found = found.unknown ? Truth::unknown : Truth::no;
  for (const DestinationRule& rule : rules) {
    unknown = unknown || rule->opaque;
    if (rule->opaque && !subset.empty()) result.subset_found = result.subset_found || Truth::unknown;
    yaml::Node tls = tls_of(rule.traffic_policy(), port, unknown);
    if (result.rule == nullptr) result.rule = rule.resource;
    for (yaml::Node node : subset.empty() ? yaml::Items{} : rule.subsets()) {
      const Truth same = text_of(node["name"]).equals(subset);
      result.subset_found = result.subset_found || same;
      if (same != Truth::yes) continue;
      result.rule = rule.resource;
      result.subset_labels = node["labels"];
      const yaml::Node policy = node["trafficPolicy"];
      if (policy["tls"] || has_port_settings(policy, port)) tls = tls_of(policy, port, unknown);
    }
    if (tls.is_mapping() && !result.node) {
      result.rule = rule.resource;
      read_tls(tls, result);
    }
  }
  // Nobody says that a policy for every host does not stand elsewhere; only what might be this very host's is in doubt.
  if (unknown && !result.node) result.mode = Mode::unknown;
  if (result.mode == Mode::automatic) {
    const auto automatic = auto_mtls(graph, *sender.seeker);
    if (automatic.is_known() && !*automatic) result.mode = Mode::disable;
    if (automatic.is_known() && !*automatic) result.node = automatic.node();
    if (automatic.is_unknown()) result.mode = Mode::unknown;
  }
  return result;
}

std::optional<std::int64_t> port_of_pod(const Workload& workload, const ServicePort& port) {
  const yaml::Node target = pod_port(port);
  if (const auto number = integer_of(target); number.is_known()) return *number;
  const auto name = text_of(target);
  if (!name.is_known()) return std::nullopt;
  for (yaml::Node container : running_containers(workload)) {
    for (yaml::Node declared : container["ports"].items()) {
      const auto number = integer_of(declared["containerPort"]);
      if (text_of(declared["name"]).equals(*name) == Truth::yes && number.is_known()) return *number;
    }
  }
  return std::nullopt;
}

Dataplane plane_at(const Graph& graph, const Workload& workload, std::optional<std::int64_t> pod_port) {
  const Dataplane plane = graph.injection(workload).plane;
  if (plane != Dataplane::sidecar || !pod_port) return plane;
  const Truth bypasses = istio::bypasses_sidecar(workload, *pod_port);
  return bypasses == Truth::yes ? Dataplane::none : bypasses == Truth::unknown ? Dataplane::unknown : plane;
}

namespace {

/// What the pod takes on the port.
struct Receiver {
  Dataplane plane = Dataplane::unknown;
  EffectiveMtls mtls;
  bool mode_known = true;
  bool in_mesh() const { return plane == Dataplane::sidecar || plane == Dataplane::ambient; }
  bool strict() const { return mode_known && mtls.mode == MtlsMode::strict; }
  /// Ambient mode does not know DISABLE.
  bool refuses() const { return mode_known && plane == Dataplane::sidecar && mtls.mode == MtlsMode::disable; }
};

Receiver receiver_of(const Graph& graph, const ServicePort& port, const Workload& workload) {
  Receiver receiver;
  const auto number = port_of_pod(workload, port);
  receiver.plane = plane_at(graph, workload, number);
  receiver.mtls = graph.mtls(workload, number);
  receiver.mode_known = receiver.mtls.known;
  return receiver;
}

/// Whether the application itself speaks TLS on the port, as its name or appProtocol says.
bool application_speaks_tls(const ServicePort& port) {
  const auto said = port.app_protocol();
  const Protocol protocol = said.is_known() ? protocol_of_port_name(*said) : protocol_of_port_name(port.name().value_or(""));
  return speaks_tls(protocol);
}

std::string mode_text(const Receiver& receiver) {
  const std::string_view mode = to_string(receiver.mtls.mode);
  return receiver.mtls.policy != nullptr ? format("{} by {}", mode, title(*receiver.mtls.policy)) : format("{} by default", mode);
}

Link plain_to(Link link, const Receiver& receiver, bool application_tls, std::string_view why) {
  link.encryption = application_tls ? Encryption::tls : Encryption::plaintext;
  link.protocol = application_tls ? "TLS" : "HTTP";
  if (receiver.plane == Dataplane::unknown) return unknown_link(std::move(link), "it is not known whether the pods have a proxy");
  if (receiver.in_mesh() && !receiver.mode_known) return unknown_link(std::move(link), "the mTLS mode of the pods is not known");
  if (receiver.in_mesh() && receiver.strict()) {
    return broken_link(std::move(link), format("{}, and the pods take mTLS only", why), receiver.mtls.policy, receiver.mtls.decided_by);
  }
  link.reason = std::string(why);
  return link;
}

Link mutual_to(Link link, const Receiver& receiver, std::string_view how) {
  link.encryption = Encryption::mtls;
  link.verified = true;
  link.decided_by = receiver.mtls.policy;
  link.place = receiver.mtls.decided_by;
  link.reason = format("{}; the pods take {}", how, mode_text(receiver));
  return link;
}

Link automatic_to(Link link, const Receiver& receiver, bool application_tls) {
  if (receiver.plane == Dataplane::unknown) return unknown_link(std::move(link), "it is not known whether the pods have a proxy");
  if (!receiver.in_mesh()) return plain_to(std::move(link), receiver, application_tls, "the pods have no proxy");
  if (!receiver.mode_known) return unknown_link(std::move(link), "the mTLS mode of the pods is not known");
  if (receiver.refuses()) {
    Link plain = plain_to(std::move(link), receiver, application_tls, format("mTLS is off: {}", mode_text(receiver)));
    plain.decided_by = receiver.mtls.policy;
    plain.place = receiver.mtls.decided_by;
    return plain;
  }
  return mutual_to(std::move(link), receiver, receiver.plane == Dataplane::ambient ? "HBONE" : "automatic mTLS");
}

Link own_tls_to(Link link, const Receiver& receiver, const SenderTls& tls) {
  link.encryption = tls.mode == Mode::mutual ? Encryption::mtls : Encryption::tls;
  link.verified = tls.verifies;
  link.decided_by = tls.rule;
  link.place = tls.node;
  const std::string_view word = tls.node.is_scalar() ? tls.node.str() : "TLS";
  if (receiver.plane == Dataplane::unknown) return unknown_link(std::move(link), "it is not known whether the pods have a proxy");
  if (receiver.in_mesh() && !receiver.mode_known) return unknown_link(std::move(link), "the mTLS mode of the pods is not known");
  if (receiver.in_mesh() && receiver.strict() && tls.mode == Mode::simple) {
    return broken_link(std::move(link), format("{} is not the mesh's mTLS, which the pods ask for", word), tls.rule, tls.node);
  }
  // Certificates of one's own may well be the mesh's.
  if (receiver.plane == Dataplane::sidecar && receiver.strict() && tls.mode == Mode::mutual) {
    return unknown_link(std::move(link), "whether the pods trust the certificate that the DestinationRule names is not known");
  }
  link.reason = format("{} by {}", word, title(*tls.rule));
  return link;
}

Link proxy_link(Link link, const SenderTls& tls, const Receiver& receiver, bool application_tls) {
  // The tunnel to a pod in ambient mode stands before whatever a DestinationRule says.
  if (receiver.plane == Dataplane::ambient && tls.mode != Mode::unknown) return mutual_to(std::move(link), receiver, "HBONE");
  switch (tls.mode) {
    case Mode::automatic:
      return automatic_to(std::move(link), receiver, application_tls);
    case Mode::disable: {
      Link plain = plain_to(std::move(link), receiver, application_tls,
                            tls.rule != nullptr && tls.node ? "a DestinationRule turns TLS off" : "automatic mTLS is off");
      plain.decided_by = tls.rule;
      plain.place = tls.node;
      return plain;
    }
    case Mode::simple:
    case Mode::mutual:
      return own_tls_to(std::move(link), receiver, tls);
    case Mode::istio_mutual: {
      if (receiver.plane == Dataplane::unknown) return unknown_link(std::move(link), "it is not known whether the pods have a proxy");
      link.encryption = Encryption::mtls;
      link.verified = true;
      if (!receiver.in_mesh()) return broken_link(std::move(link), "ISTIO_MUTUAL to pods without a proxy", tls.rule, tls.node);
      if (receiver.refuses()) {
        return broken_link(std::move(link), format("ISTIO_MUTUAL to pods that refuse mTLS: {}", mode_text(receiver)), tls.rule, tls.node);
      }
      Link mutual = mutual_to(std::move(link), receiver, "ISTIO_MUTUAL");
      mutual.decided_by = tls.rule;
      mutual.place = tls.node;
      return mutual;
    }
    case Mode::unknown:
      return unknown_link(std::move(link), "the DestinationRule for the host is not known");
  }
  return link;
}

Link outside_link(Link link, const Sender& sender, const Receiver& receiver, bool application_tls) {
  if (sender.protocol.empty()) return unknown_link(std::move(link), "the protocol of the load balancer is not known");
  const bool tls = sender.protocol == "HTTPS" || sender.protocol == "TLS";
  // Bytes of the client's that are passed on: what they are, the port says.
  const bool clients_tls = sender.protocol == "TCP" && application_tls;
  link.decided_by = sender.decided_by;
  link.place = sender.place;
  link = plain_to(std::move(link), receiver, tls || clients_tls,
                  tls           ? "TLS, and nobody checks the certificate"
                  : clients_tls ? "the client's own TLS"
                                : "plain text from outside the mesh");
  link.verified = clients_tls && link.encryption == Encryption::tls;
  link.protocol = sender.protocol;
  return link;
}

}  // namespace

Link link_to_pod(const Graph& graph, const Sender& sender, const SenderTls& tls, const ServicePort& port, const Workload& workload) {
  Link link;
  link.type = Link::Type::wire;
  link.protocol = "HTTP";
  const auto target = text_of(pod_port(port));
  if (target.is_known() && !integer_of(target.node()).is_known() && declares(workload, port) == Truth::no) {
    return broken_link(std::move(link), format("no container of the pods has a port named `{}`", *target), workload.resource,
                       target.node());
  }
  const Receiver receiver = receiver_of(graph, port, workload);
  const bool application_tls = sender.tls_inside || application_speaks_tls(port);
  switch (sender.type) {
    case Sender::Type::outside:
      return outside_link(std::move(link), sender, receiver, application_tls);
    case Sender::Type::ztunnel: {
      return automatic_to(std::move(link), receiver, application_tls);
    }
    case Sender::Type::proxy:
      break;
  }
  const bool plain = sender.speaks_http && application_tls && tls.mode != Mode::simple && tls.mode != Mode::mutual;
  link = proxy_link(std::move(link), tls, receiver, application_tls && !plain);
  // What a port is called may be wrong: then the requests arrive.
  if (plain && link.verdict == Verdict::ok) {
    link.verdict = Verdict::unknown;
    link.reason = "plain HTTP inside, to a port that says it speaks TLS";
  }
  return link;
}

}  // namespace hop
