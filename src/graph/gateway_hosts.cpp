#include "graph/gateway_hosts.h"

#include "graph/graph.h"
#include "model/gatewayapi/views.h"
#include "model/host.h"

namespace hop {

GatewayHosts::GatewayHosts(const Resource& gateway) : gateway_(&gateway) {
  unknown_ = gateway.opaque || (gateway.kind != Kind::gateway && gateway.kind != Kind::k8s_gateway);
  if (unknown_) return;
  if (gateway.kind == Kind::gateway) {
    for (yaml::Node server : Gateway(gateway).servers()) add_server(GatewayServer{server});
  } else {
    for (yaml::Node listener : K8sGateway(gateway).listeners()) add_listener(listener);
  }
  for (HostPatterns* hosts : {&for_all_, &for_own_, &for_some_}) hosts->seal();
  for (auto& [ns, hosts] : for_ns_) hosts.seal();
}

void GatewayHosts::add_server(const GatewayServer& server) {
  for (yaml::Node node : server.hosts()) {
    const auto text = text_of(node);
    unknown_ = unknown_ || !text.is_known();
    if (!text.is_known()) continue;
    const GatewayHost split = gateway_host(*text);
    if (split.ns.empty() || split.ns == "*") {
      for_all_.add(split.host);
    } else if (split.ns == ".") {
      for_own_.add(split.host);
    } else {
      for_ns_[split.ns].add(split.host);
      for_some_.add(split.host);
    }
  }
}

/// One without hostname takes every host.
void GatewayHosts::add_listener(yaml::Node listener) {
  const auto name = text_of(listener["hostname"]);
  unknown_ = unknown_ || name.is_unknown();
  if (!name.is_unknown()) for_all_.add(name.value_or("").empty() ? "*" : *name);
}

Truth GatewayHosts::serve(const Graph& graph, const VirtualService& vs, std::string_view host) const {
  if (for_all_.overlap(host)) return Truth::yes;
  if (unknown_) return Truth::unknown;
  // A VirtualService that leaves its namespace open may be in the one that is meant.
  const Truth elsewhere = vs->ns.empty() ? Truth::unknown : Truth::no;
  Truth any = Truth::no;
  if (for_own_.overlap(host)) any = graph.same_namespace(*gateway_, *vs) || elsewhere;
  if (vs->ns.empty()) return any || (for_some_.overlap(host) ? elsewhere : Truth::no);
  const auto named = for_ns_.find(vs->ns);
  return any || truth(named != for_ns_.end() && named->second.overlap(host));
}

}  // namespace hop
