#include "graph/trusted_proxies.h"

namespace hop {
namespace {

constexpr unsigned filter_depth = 40;

/// Whether an EnvoyFilter's patch sets the number of trusted hops itself.
bool sets_hops(yaml::Node node, unsigned depth = filter_depth) {
  if (depth == 0) return false;
  for (const auto& [key, value] : node.entries()) {
    if (key.str() == "xff_num_trusted_hops" || key.str() == "xffNumTrustedHops" || sets_hops(value, depth - 1)) return true;
  }
  for (yaml::Node item : node.items()) {
    if (sets_hops(item, depth - 1)) return true;
  }
  return false;
}

bool filtered(const Graph& graph, const Resource& seeker) {
  for (const Resource* filter : graph.of(Kind::envoy_filter)) {
    const bool reaches = filter->ns == seeker.ns || filter->ns.empty() || filter->ns == graph.root_namespace();
    if (reaches && graph.sees(seeker, *filter) && sets_hops(filter->spec()["configPatches"])) return true;
  }
  return false;
}

void read(TrustedProxies& proxies, const Resource& resource, yaml::Node node) {
  proxies.node = node;
  proxies.set_by = &resource;
  const auto text = text_of(node);
  const auto number = integer_of(node, true);  // protobuf's JSON takes a number in quotes too
  proxies.open = text.is_unknown() && node.is_scalar();
  proxies.known = !proxies.open;
  proxies.malformed = proxies.known && (!number.is_known() || *number < 0);
  proxies.count = number.is_known() ? *number : 0;
}

void leave_open(TrustedProxies& proxies, bool open) {
  proxies.open = proxies.open || open;
  proxies.known = proxies.known && !proxies.open;
}

yaml::Node in_proxy_config(yaml::Node config) { return config["gatewayTopology"]["numTrustedProxies"]; }

}  // namespace

TrustedProxies trusted_proxies(const Graph& graph, const Resource& seeker) {
  TrustedProxies proxies;
  bool open = false;  // a mesh configuration of which only the existence is known, or part of it
  for (const MeshConfig& config : graph.mesh_configs()) {
    if (!graph.sees(seeker, *config.resource)) continue;
    if (const yaml::Node node = in_proxy_config(config.node["defaultConfig"]); node && !node.is_null()) {
      read(proxies, *config.resource, node);
      break;
    }
    open = open || config.resource->opaque;
    proxies.known = true;
    proxies.set_by = config.resource;
    proxies.node = in_proxy_config(config.node["defaultConfig"]);
  }
  leave_open(proxies, open || filtered(graph, seeker));
  return proxies;
}

TrustedProxies trusted_proxies(const Graph& graph, const Workload& gateway) {
  const yaml::Node annotation = gateway.pod_annotation("proxy.istio.io/config");
  const auto text = text_of(annotation);
  if (text.is_absent()) return trusted_proxies(graph, *gateway);
  TrustedProxies proxies;
  leave_open(proxies, text.is_unknown());
  if (proxies.open) return proxies;
  const auto document = annotation.inner();
  if (const yaml::Node node = in_proxy_config(document->root()); node && !node.is_null()) {
    read(proxies, *gateway, node);
    proxies.document = document;
    leave_open(proxies, filtered(graph, *gateway));
    return proxies;
  }
  return trusted_proxies(graph, *gateway);
}

}  // namespace hop
