// A load balancer that speaks the PROXY protocol to a gateway that was not told.
#include "graph/gateway_port.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view prefix = "service.beta.kubernetes.io/aws-load-balancer-";
constexpr unsigned filter_depth = 40;

/// What makes the load balancer speak it; absent if nothing does.
yaml::Node speaks_proxy_protocol(const Service& service) {
  const yaml::Node all = service->annotation(std::string(prefix) + "proxy-protocol");
  if (all.str() == "*") return all;
  const yaml::Node attributes = service->annotation(std::string(prefix) + "target-group-attributes");
  const aws::StringMap map = aws::string_map(text_of(attributes).value_or(""));
  const auto* pair = map.find("proxy_protocol_v2.enabled");
  return pair != nullptr && pair->value == "true" ? attributes : yaml::Node{};
}

bool mentions_proxy_protocol(yaml::Node node, unsigned depth = filter_depth) {
  if (node.str().find("proxy_protocol") != std::string_view::npos) return true;
  if (depth == 0) return false;
  for (const auto& [key, value] : node.entries()) {
    if (mentions_proxy_protocol(value, depth - 1)) return true;
  }
  for (yaml::Node item : node.items()) {
    if (mentions_proxy_protocol(item, depth - 1)) return true;
  }
  return false;
}

bool has_filter(const Graph& graph, const Resource& pod) {
  for (const Resource* filter : graph.of(Kind::envoy_filter)) {
    const bool reaches = filter->ns == pod.ns || filter->ns.empty() || filter->ns == graph.root_namespace();
    if (reaches && graph.sees(pod, *filter) && mentions_proxy_protocol(filter->spec()["configPatches"])) return true;
  }
  return false;
}

enum class Told : std::uint8_t { no, yes, unknown };

/// What holds for gateways of this resource's namespace.
Told is_told(const Graph& graph, const Resource& near) {
  if (has_filter(graph, near)) return Told::yes;
  Told told = Told::unknown;
  for (const MeshConfig& config : graph.mesh_configs()) {
    if (!graph.sees(near, *config.resource)) continue;
    if (config.resource->opaque || config.node["defaultConfig"]["gatewayTopology"].has("proxyProtocol")) return Told::yes;
    told = Told::no;
  }
  return told;
}

Told is_told(const Graph& graph, const Workload& pod) {
  if (const yaml::Node own = pod.pod_annotation("proxy.istio.io/config")) {
    const auto document = own.inner();
    if (text_of(own).is_unknown() || document->root()["gatewayTopology"].has("proxyProtocol")) return Told::yes;
  }
  return is_told(graph, *pod);
}

/// A gateway behind the load balancer that does not expect the header.
struct Surprised {
  const Resource* gateway = nullptr;
  Told told = Told::yes;
};

Surprised find_surprised(const Graph& graph, const Service& service) {
  const std::vector<Workload>& pods = graph.pods_of(service).workloads;
  for (const Workload& pod : pods) {
    const GatewaySet& gateways = graph.gateways_of(pod);
    const Told told = is_told(graph, pod);
    if (!gateways.empty() && told != Told::yes) return {gateways.gateways().front(), told};
  }
  if (!pods.empty()) return {};
  // Pods that are not among the manifests may be told by an annotation.
  const GatewaySet& gateways = graph.gateways_behind(service);
  if (gateways.empty() || is_told(graph, *service) == Told::yes) return {};
  return {gateways.gateways().front(), Told::unknown};
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Service service(resource);
  const yaml::Node place = speaks_proxy_protocol(service);
  if (!place || !service.has_selector() || service.type().equals("LoadBalancer") == Truth::no) return;
  const Surprised surprised = find_surprised(graph, service);
  if (surprised.gateway == nullptr) return;
  Finding finding = report.at(service, place, "the load balancer speaks the PROXY protocol; the gateway does not expect it");
  finding.note(surprised.gateway->name_node(), "this gateway is behind it");
  if (surprised.told == Told::unknown) finding.severity(Severity::warning);
}

}  // namespace

extern constinit const Rule nlb_proxy_protocol_unparsed = {
    .info = {.id = "nlb-proxy-protocol-unparsed",
             .summary = "a load balancer speaks the PROXY protocol to a gateway that does not expect it",
             .docs =
                 "With `aws-load-balancer-proxy-protocol: \"*\"` each connection begins with a header that Envoy takes for broken TLS or "
                 "HTTP unless it is told: `gatewayTopology.proxyProtocol: {}` in the mesh's `defaultConfig` or in the gateway pods' "
                 "annotation `proxy.istio.io/config`, or an EnvoyFilter.\n\nA warning where the mesh's configuration is not among "
                 "the manifests, or the gateway's pods are not.",
             .effect = "every request fails: 400, or a broken handshake",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/#proxy-protocol",
             .severity = Severity::error},
    .reads = {Kind::service, Kind::gateway, Kind::envoy_filter, Facet::workloads, Facet::mesh},
    .each = Kind::service,
    .check_each = check_each,
};

}  // namespace hop::rules
