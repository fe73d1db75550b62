// Load balancers: listeners, rules and target groups of ALBs, ports of Services that are load balancers themselves.

#include <algorithm>

#include "chain/builder.h"
#include "graph/gateway_port.h"
#include "graph/rollouts.h"
#include "graph/service_tls.h"
#include "model/aws/nlb.h"
#include "model/aws/values.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

Truth faces_internet(const Controller& controller, const IngressGroup& group) {
  for (const GroupMember& member : group.members) {
    const Setting scheme = effective(controller, member, "scheme");
    if (scheme.set_by == nullptr) continue;
    return scheme.known ? truth(scheme.value == "internet-facing") : Truth::unknown;
  }
  return controller.scheme.known ? truth(controller.scheme.value == "internet-facing") : Truth::unknown;
}

std::string balancer_name(const IngressGroup& group) {
  return group.name.empty() ? std::string(group.members.front().ingress->name) : format("group {}", group.name);
}

std::string path_text(const ListenerRule& rule) {
  std::string text;
  for (yaml::Node host : rule.hosts) text += text.empty() ? std::string(host.str()) : format(", {}", host.str());
  if (text.empty()) text = "*";
  std::string paths;
  for (const std::string& path : rule.paths) paths += paths.empty() ? path : format(", {}", path);
  return paths.empty() ? text : format("{} {}", text, paths);
}

/// Where a rule is written: its path, else its host.
yaml::Node place_of(const ListenerRule& rule) {
  if (rule.fallback) return rule.backend.path.node;
  if (rule.backend.path.path()) return rule.backend.path.path();
  return rule.backend.rule.host() ? rule.backend.rule.host() : rule.backend.path.node;
}

/// `#{…}` stands for what the request has. A path that is put together from such parts is not told apart from the same one.
Redirection redirection_of(const Redirect& redirect) {
  const auto part = [](std::string_view text) { return text.find("#{") == std::string_view::npos ? std::string(text) : std::string(); };
  Redirection to{lower(part(redirect.protocol)), lower(part(redirect.host)), part(redirect.path), std::nullopt};
  if (const auto port = aws::parse_int(redirect.port)) to.port = *port;
  return to;
}

/// Why it is not known that the controller takes an Ingress, which its annotations are meant for: nobody has its class. `alb` is what the
/// controller's chart makes.
std::optional<Link> doubt_about_class(const Graph& graph, const Resource& ingress, std::string_view what) {
  for (const Edge* edge : graph.from(ingress)) {
    if (edge->relation != Relation::ingress_class || edge->to.found() || (edge->to.unknown() && edge->name == "alb")) continue;
    Link doubt;
    doubt.verdict = Verdict::unknown;
    doubt.reason =
        format("the IngressClass `{}` {}: {}", edge->name, edge->to.missing() ? "does not exist" : "is not among the manifests", what);
    doubt.decided_by = &ingress;
    doubt.place = edge->place;
    return doubt;
  }
  return std::nullopt;
}

/// The link with that doubt, if nothing worse is to be said of it.
void take_doubt(Link& link, const std::optional<Link>& doubt) {
  if (!doubt || link.verdict != Verdict::ok) return;
  link.verdict = doubt->verdict;
  link.reason = doubt->reason;
  link.decided_by = doubt->decided_by;
  link.place = doubt->place;
}

}  // namespace

void HopBuilder::add_albs() {
  for (const IngressGroup& group : graph_.ingress_groups()) {
    if (group.members.empty() || !group.members.front().ingress->linted()) continue;
    for (const Listener& listener : group.listeners) add_listener(group, listener);
  }
}

void HopBuilder::add_listener(const IngressGroup& group, const Listener& listener) {
  const Resource& owner = listener.sources.empty() ? *group.members.front().ingress : group.ingress(listener.sources.front());
  const yaml::Node node = listener.sources.empty() ? yaml::Node{} : listener.sources.front().node;
  Hop hop;
  hop.kind = HopKind::listener;
  hop.resource = &owner;
  hop.place = node ? node : owner.name_node();
  hop.label = format("ALB {} :{}", balancer_name(group), listener.port);
  hop.choice = Hop::Choice::first;
  hop.port = listener.port;
  hop.https = listener.https;
  hop.internet = faces_internet(graph_.controller(owner), group);
  if (group.known && group.whole) hop.otherwise = "no rule of the load balancer takes this host and path: it answers 404";
  const std::uint32_t at_listener = add(std::move(hop));
  Link in;
  in.to = at_listener;
  in.type = Link::Type::wire;
  in.protocol = listener.https ? "HTTPS" : "HTTP";
  in.encryption = listener.https ? Encryption::tls : Encryption::plaintext;
  in.verified = listener.https;
  in.decided_by = &owner;
  in.place = node;
  if (!listener.conflicting.empty()) in.verdict = Verdict::broken, in.reason = "members of the group want both protocols on this port";
  take_doubt(in, doubt_about_class(graph_, owner, "who serves the Ingress is not known"));
  if (!group.known && in.verdict == Verdict::ok) in.verdict = Verdict::unknown, in.reason = "a placeholder decides about this listener";
  hops_.entries_.push_back(std::move(in));
  if (listener.redirects) {
    const std::uint32_t to =
        redirect_hop({"https", "", "", group.redirect_port.value_or(443)}, group.ssl_redirect.set_by, group.ssl_redirect.node);
    link(at_listener, within(to));
    return;
  }
  for (const auto* list : {&listener.rules, &listener.fallbacks}) {
    for (const std::uint32_t rule : *list) {
      Link out = within(rule_hop(group, group.rules[rule]));
      const Resource& member = group.ingress(group.rules[rule]);
      if (&member != &owner) take_doubt(out, doubt_about_class(graph_, member, "whether the rule is in the group is not known"));
      link(at_listener, std::move(out));
    }
  }
}

std::uint32_t HopBuilder::rule_hop(const IngressGroup& group, const ListenerRule& rule) {
  Hop hop;
  hop.kind = HopKind::rule;
  hop.resource = &group.ingress(rule);
  hop.place = place_of(rule);
  hop.label = rule.fallback ? std::string("default backend") : format("rule {}", path_text(rule));
  hop.takes.rule = &rule;
  for (yaml::Node host : rule.hosts) {
    const auto text = text_of(host);
    if (text.is_known()) hop.takes.hosts.push_back(lower(*text));
    hop.takes.hosts_open = hop.takes.hosts_open || !text.is_known();
  }
  const std::uint32_t at_rule = add(std::move(hop));
  Link out;
  switch (rule.action) {
    case ListenerRule::Action::forward:
      for (const std::uint32_t target : rule.target_groups) {
        const TargetGroup& group_behind = graph_.target_groups()[target];
        out = within(target_group_hop(group_behind));
        if (group_behind.service.missing()) {
          out.verdict = Verdict::broken;
          out.reason = format("the Service `{}` does not exist", group_behind.backend.path.service().str());
          out.decided_by = &group.ingress(rule);
          out.place = group_behind.backend.path.service();
        }
        link(at_rule, std::move(out));
      }
      return at_rule;
    case ListenerRule::Action::redirect:
      out = within(redirect_hop(redirection_of(redirect_of(rule)), &group.ingress(rule), rule.action_node));
      break;
    case ListenerRule::Action::fixed_response:
      out = within(end(HopKind::response, "fixed response", &group.ingress(rule), rule.action_node));
      break;
    case ListenerRule::Action::missing:
      out = within(end(HopKind::nowhere, "503", &group.ingress(rule), rule.backend.path.service()));
      out.verdict = Verdict::broken;
      out.reason = "the action that the backend names does not exist: the load balancer answers 503";
      if (may_be_rolled_out(graph_, group.ingress(rule), rule.backend.path.service().str())) {
        out.verdict = Verdict::unknown;
        out.reason = "the action is written by what rolls the Service out";
      }
      break;
    case ListenerRule::Action::unknown:
      out = within(end(HopKind::nowhere, "?", &group.ingress(rule), rule.backend.path.service()));
      out.verdict = Verdict::unknown;
      out.reason = "the action is not known";
      break;
  }
  link(at_rule, std::move(out));
  return at_rule;
}

std::uint32_t HopBuilder::target_group_hop(const TargetGroup& group) {
  const auto [known, fresh] = target_groups_.try_emplace(&group);
  if (!fresh) return known->second;
  const std::string_view service = group.backend.path.service().str();
  Hop hop;
  hop.kind = HopKind::target_group;
  hop.resource = group.ingress;
  hop.place = group.backend.path.service();
  hop.label = format("target group ({}, {}) of Service {}/{}:{}", group.target_type.known ? group.target_type.value : "?",
                     group.protocol.known ? group.protocol.value : "?", group.ingress->ns, service, group.backend.path.port().str());
  const std::uint32_t at_group = add(std::move(hop));
  known->second = at_group;
  add_targets(at_group, group);
  return at_group;
}

namespace {

Wire wire_of(const TargetGroup& group) {
  Wire wire;
  wire.set_by = group.protocol.set_by != nullptr ? group.protocol.set_by : group.ingress;
  wire.node = group.protocol.node ? group.protocol.node : group.backend.path.port();
  if (group.protocol.is("HTTP")) wire.type = Wire::Type::plain;
  if (group.protocol.is("HTTPS")) wire.type = Wire::Type::tls;
  return wire;
}

/// Whether instance targets have a port on the nodes.
Truth can_be_reached(const TargetGroup& group) {
  if (!group.target_type.known || !group.service.found()) return Truth::unknown;
  if (group.target_type.value != "instance") return Truth::yes;
  Truth any = Truth::no;
  group.service.any([&](const Resource& copy) {
    const auto written = Service(copy).type();
    const std::string_view type = written.value_or("ClusterIP");
    any = any || (copy.opaque || written.is_unknown() ? Truth::unknown : truth(type == "NodePort" || type == "LoadBalancer"));
    return false;
  });
  return any;
}

}  // namespace

void HopBuilder::add_targets(std::uint32_t hop, const TargetGroup& group) {
  const auto stop = [&](Verdict verdict, std::string reason, const Resource* by, yaml::Node place) {
    Link out = within(end(HopKind::nowhere, verdict == Verdict::broken ? "nowhere" : "?", by, place));
    out.verdict = verdict;
    out.reason = std::move(reason);
    out.decided_by = by;
    out.place = place;
    link(hop, std::move(out));
  };
  const yaml::Node backend_port = group.backend.path.port();
  if (group.service.missing()) return stop(Verdict::broken, "the Service does not exist", group.ingress, group.backend.path.service());
  const bool described = group.service.found() && !group.service.target->opaque;
  if (described && !group.port) {
    const auto match = Service(*group.service.target).find_port(backend_port);
    return stop(match.unknown ? Verdict::unknown : Verdict::broken, format("the Service has no port `{}`", backend_port.str()),
                group.ingress, backend_port);
  }
  if (can_be_reached(group) == Truth::no) {
    const yaml::Node place = group.target_type.node ? group.target_type.node : group.backend.path.service();
    return stop(Verdict::broken, "instance targets, and the Service has no node port", group.ingress, place);
  }
  if (described && Service(*group.service.target).has_selector() && group.pods.empty() && !group.pods_unknown &&
      graph_.has_workloads(*group.service.target, false)) {
    return stop(Verdict::broken, "the Service selects no pods", group.service.target, Service(*group.service.target).selector());
  }
  const Wire wire = wire_of(group);
  const auto to_gateway = [&](const GatewayPort& port) {
    Link out = link_to_gateway(port, wire);
    out.decided_by = group.ingress;
    out.place = backend_port;
    link(hop, std::move(out));
  };
  if (group.to_gateway()) {
    const yaml::Node number_node = group.port ? group.port->number().node() : yaml::Node{};
    const yaml::Node place = number_node ? number_node : backend_port;
    const auto [at, fresh] = backend_gateways_.try_emplace(key_of(place));
    GatewayPort& port = at->second;
    if (!fresh) return to_gateway(port);
    port.service = group.service.target;
    port.place = place;
    port.servers = group.servers;
    port.gateways = group.gateways;
    const auto number = group.port ? group.port->number() : integer_of(backend_port);
    if (number.is_known()) port.number = *number;
    port.pods = first_of(group.pods);
    port.more_pods = group.pods_unknown || group.pods.size() > port.pods.size();
    if (group.port) port.pod_port = pod_port_of(port.pods, *group.port);
    port.label =
        group.pods.empty() ? format("gateway {}", group.backend.path.service().str()) : format("gateway {}", group.pods.front()->name);
    return to_gateway(port);
  }
  if (!described) return stop(Verdict::unknown, "the Service is not among the manifests", group.ingress, group.backend.path.service());
  const Service service(*group.service.target);
  if (const GatewayPort& port = gateway_port(service, *group.port); is_gateway(port)) return to_gateway(port);
  Sender sender;
  sender.seeker = group.ingress;
  sender.ns = group.ingress->ns;
  sender.protocol = wire.type == Wire::Type::plain ? "HTTP" : wire.type == Wire::Type::tls ? "HTTPS" : "";
  sender.decided_by = wire.set_by;
  sender.place = wire.node;
  add_pods(hop, sender, {}, service, *group.port);
}

namespace {

Truth faces_internet(const Service& service, nlb::Maker maker) {
  const auto scheme = nlb::annotation(*service, "scheme");
  if (scheme.is_unknown()) return Truth::unknown;
  const bool controllers = maker == nlb::Maker::controller || maker == nlb::Maker::auto_mode;
  if (scheme.is_known() && controllers) return truth(*scheme == "internet-facing");
  const auto internal = nlb::annotation(*service, "internal");
  if (internal.is_unknown()) return Truth::unknown;
  if (internal.is_known()) return truth(*internal != "true" && *internal != "0.0.0.0/0");
  if (controllers) return Truth::no;                    // the controller's default
  if (maker == nlb::Maker::in_tree) return Truth::yes;  // the cloud provider's
  return Truth::unknown;
}

std::string_view balancer_of(const Service& service, nlb::Maker maker) {
  const auto type = nlb::annotation(*service, "type");
  const bool network = type.is_known() && (*type == "nlb" || *type == "external" || *type == "nlb-ip");
  return network || maker == nlb::Maker::controller || maker == nlb::Maker::auto_mode ? "NLB" : "load balancer";
}

}  // namespace

void HopBuilder::add_load_balancer_services() {
  for (const Service& service : graph_.all<Service>()) {
    if (service->opaque || service->origin == Origin::known || service.type().equals("LoadBalancer") != Truth::yes) continue;
    for (yaml::Node node : service.ports()) {
      const ServicePort port{node};
      if (!is_status_port(port) && port.protocol().equals("UDP") != Truth::yes) add_service_port(service, port);
    }
  }
}

void HopBuilder::add_service_port(const Service& service, const ServicePort& port) {
  const auto number = port.number();
  if (!number.is_known()) return;
  const nlb::Maker maker = nlb::maker_of(service);
  const TlsAtPort tls = tls_at(service, port);
  Hop hop;
  hop.kind = HopKind::listener;
  hop.resource = service.resource;
  hop.place = number.node();
  hop.label = format("{} {} :{}", balancer_of(service, maker), service->name, *number);
  hop.port = *number;
  hop.https = tls.ends_tls == Truth::yes;
  hop.internet = faces_internet(service, maker);
  const std::uint32_t at_listener = add(std::move(hop));
  Link in;
  in.to = at_listener;
  in.type = tls.ends_tls == Truth::no ? Link::Type::through : Link::Type::wire;
  in.protocol = tls.ends_tls == Truth::yes ? "TLS" : "TCP";
  in.encryption = tls.ends_tls == Truth::yes ? Encryption::tls : Encryption::unknown;
  in.verified = tls.ends_tls == Truth::yes;
  in.decided_by = service.resource;
  in.place = tls.certificate ? tls.certificate : number.node();
  hops_.entries_.push_back(std::move(in));
  Wire wire;
  wire.set_by = service.resource;
  wire.node = tls.protocol ? tls.protocol : tls.certificate ? tls.certificate : number.node();
  wire.type = tls.ends_tls == Truth::no        ? Wire::Type::through
              : tls.ends_tls == Truth::unknown ? Wire::Type::unknown
              : tls.opens_tls == Truth::yes    ? Wire::Type::tls
              : tls.opens_tls == Truth::no     ? Wire::Type::plain
                                               : Wire::Type::unknown;
  if (const GatewayPort& found = gateway_port(service, port); is_gateway(found)) return link(at_listener, link_to_gateway(found, wire));
  Sender sender;
  sender.seeker = service.resource;
  sender.ns = service->ns;
  sender.protocol = wire.type == Wire::Type::plain     ? "TCP"
                    : wire.type == Wire::Type::tls     ? "TLS"
                    : wire.type == Wire::Type::through ? "TCP"
                                                       : "";
  sender.decided_by = wire.set_by;
  sender.place = wire.node;
  add_pods(at_listener, sender, {}, service, port);
}

}  // namespace hop
