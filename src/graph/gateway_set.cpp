#include "graph/gateway_set.h"

#include <algorithm>
#include <utility>

#include "text/format.h"

namespace hop {

GatewaySet::GatewaySet(std::vector<const Resource*> gateways) : gateways_(std::move(gateways)) {
  for (const Resource* gateway : gateways_) {
    has_opaque_ = has_opaque_ || gateway->opaque;
    for (yaml::Node node : Gateway(*gateway).servers()) {
      const GatewayServer server{node};
      const auto port = server.port();
      has_open_port_ = has_open_port_ || !port.is_known();
      if (port.is_known()) by_port_[*port].push_back({gateway, server});
    }
  }
}

std::span<const ServerRef> GatewaySet::at_port(std::int64_t port) const {
  const auto found = by_port_.find(port);
  return found == by_port_.end() ? std::span<const ServerRef>() : std::span(found->second);
}

std::span<const ServerRef> GatewaySet::at_ports(std::int64_t one, std::int64_t other) const {
  const auto first = at_port(one), second = at_port(other);
  if (second.empty() || one == other) return first;
  if (first.empty()) return second;
  return merged_->of(format("{} {}", one, other), [&] {
    const auto before = [](const ServerRef& a, const ServerRef& b) {
      return std::pair(a.gateway->id, a.server.node.span().begin) < std::pair(b.gateway->id, b.server.node.span().begin);
    };
    std::vector<ServerRef> both;
    both.reserve(first.size() + second.size());
    std::ranges::merge(first, second, std::back_inserter(both), before);
    return both;
  });
}

}  // namespace hop
