// Gateways of an IstioOperator: components, `values.gateways` and what the profile brings.
// Source: istio/istio manifests/profiles and manifests/charts/gateways/{istio-ingress,istio-egress}.

#include <algorithm>
#include <array>

#include "graph/implied.h"
#include "model/istio/status_port.h"
#include "model/istio/views.h"

namespace hop {
namespace {

struct ChartPort {
  std::string_view name, port, target;
};

// The default profile's; demo adds the last two.
constexpr std::array<ChartPort, 5> ingress_ports = {{
    {status_port_name, status_port_text, status_port_text},
    {"http2", "80", "8080"},
    {"https", "443", "8443"},
    {"tcp", "31400", "31400"},
    {"tls", "15443", "15443"},
}};
constexpr std::array<ChartPort, 2> egress_ports = {{{"http2", "80", "8080"}, {"https", "443", "8443"}}};

/// Profiles without an ingress gateway; every other has one, "default" among them.
bool profile_has_gateway(std::string_view profile) {
  static constexpr std::string_view without[] = {"minimal", "empty", "remote", "ambient", "external", "openshift-ambient"};
  return std::find(std::begin(without), std::end(without), profile) == std::end(without);
}

yaml::Node first(std::initializer_list<yaml::Node> nodes) {
  for (yaml::Node node : nodes) {
    if (node && !node.is_null()) return node;
  }
  return {};
}

std::string_view or_else(yaml::Node node, std::string_view otherwise) {
  const auto text = text_of(node);
  return text.is_known() ? *text : otherwise;
}

/// Whether an overlay of the component changes a field of its Service.
bool overlaid(yaml::Node component, std::string_view path) {
  for (yaml::Node overlay : component["k8s"]["overlays"].items()) {
    if (overlay["kind"].str() != "Service") continue;
    for (yaml::Node patch : overlay["patches"].items()) {
      if (patch["path"].str().starts_with(path)) return true;
    }
  }
  return false;
}

/// The chart's labels under those of the component, which win.
void set_labels(const OperatorGateway& from, ImpliedGateway& gateway) {
  const yaml::Node own = first({from.component["label"], from.values["labels"]});
  const std::string kind = from.egress ? "egressgateway" : "ingressgateway";
  const Span usual = gateway.place;
  if (!own.has("app")) gateway.selector.emplace_back("app", Said{from.open ? std::string(not_known) : "istio-" + kind, usual});
  if (!own.has("istio")) gateway.selector.emplace_back("istio", Said{from.open ? std::string(not_known) : kind, usual});
  for (const auto& [key, value] : own.entries()) gateway.selector.emplace_back(key.str(), said(value, "", key.span()));
}

}  // namespace

ImpliedGateway operator_gateway(const OperatorGateway& from) {
  ImpliedGateway gateway;
  gateway.origin = from.origin;
  gateway.place = from.place.span();
  gateway.name = {std::string(from.name), gateway.place};
  gateway.ns = from.ns;
  gateway.ns_known = !from.ns.empty();
  gateway.account = {std::string(from.name) + "-service-account", gateway.place};
  const yaml::Node k8s = from.component["k8s"];
  gateway.service_annotations = {k8s["serviceAnnotations"], from.values["serviceAnnotations"]};
  gateway.pod_annotations = {k8s["podAnnotations"], from.values["podAnnotations"]};
  const bool open_type = from.open || overlaid(from.component, "spec.type");
  const std::string_view usual_type = open_type ? not_known : from.egress ? "ClusterIP" : "LoadBalancer";
  gateway.type =
      said(open_type && !from.open ? yaml::Node{} : first({k8s["service"]["type"], from.values["type"]}), usual_type, gateway.place);
  if (const yaml::Node chosen = first({k8s["service"]["loadBalancerClass"], from.values["loadBalancerClass"]})) {
    gateway.load_balancer_class = said(chosen, "", gateway.place);
  }
  set_labels(from, gateway);
  const Said unknown{std::string(not_known), gateway.place};
  if (overlaid(from.component, "spec.ports")) {
    gateway.ports.push_back({unknown, unknown, unknown});
    return gateway;
  }
  gateway.port_list = first({k8s["service"]["ports"], from.values["ports"]});
  if (from.open) gateway.ports.push_back({unknown, unknown, unknown});
  const std::span<const ChartPort> usual =
      from.egress ? std::span<const ChartPort>(egress_ports) : std::span<const ChartPort>(ingress_ports);
  const std::size_t count = from.open ? 0 : from.egress ? usual.size() : from.profile == "demo" ? usual.size() : 3;
  for (const ChartPort& port : usual.first(count)) {
    const auto word = [&](std::string_view text) { return Said{std::string(text), gateway.place}; };
    gateway.ports.push_back({word(port.name), word(port.port), word(port.target)});
  }
  return gateway;
}

namespace {

/// One of the two kinds of gateways that the operator knows.
struct Family {
  const char* list;
  std::string_view usual_name;
  bool egress;
};

void imply_family(Implied& implied, const IstioOperator& install, const Family& family) {
  const yaml::Node profile = install.spec()["profile"];
  const std::string_view profile_name = or_else(profile, "default");
  const std::string_view home = or_else(install.spec()["namespace"], install->ns.empty() ? "istio-system" : install->ns);
  const yaml::Node values = install.values()["gateways"][family.usual_name];
  const auto enabled = boolean_of(values["enabled"]);
  // Only demo brings an egress gateway.
  const bool by_profile = family.egress ? profile_name == "demo" : profile_has_gateway(profile_name);
  bool usual_there = enabled.value_or(by_profile && !text_of(profile).is_unknown());
  OperatorGateway gateway{install.resource, family.usual_name, home, profile_name, {}, {}, values, family.egress};
  for (yaml::Node component : install.spec()["components"][family.list].items()) {
    const std::string_view name = or_else(component["name"], family.usual_name);
    const bool usual = name == family.usual_name;
    if (boolean_of(component["enabled"]).value_or(usual && usual_there)) {
      gateway.name = name;
      gateway.ns = or_else(component["namespace"], home);
      gateway.place = component["name"] ? component["name"] : component;
      gateway.component = component;
      implied.add(operator_gateway(gateway));
    }
    if (usual) usual_there = false;
  }
  if (!usual_there) return;
  gateway.name = family.usual_name;
  gateway.ns = home;
  gateway.place = enabled.is_known() ? enabled.node() : profile ? profile : install->name_node();
  gateway.component = {};
  implied.add(operator_gateway(gateway));
}

}  // namespace

void imply_from_operator(Implied& implied, const Resource& from) {
  const IstioOperator install(from);
  for (const Family& family : {Family{"ingressGateways", "istio-ingressgateway", false}, {"egressGateways", "istio-egressgateway", true}}) {
    imply_family(implied, install, family);
  }
}

}  // namespace hop
