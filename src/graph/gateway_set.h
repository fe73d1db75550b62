#pragma once
// The Istio Gateways for some pods, with their servers: one for all pods that the same Gateways are for, of which there may be thousands.
// Knows nothing of Services.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "graph/answers.h"
#include "graph/target_group.h"

namespace hop {

class GatewaySet {
 public:
  GatewaySet() = default;
  /// In resource order, each once.
  explicit GatewaySet(std::vector<const Resource*> gateways);

  std::span<const Resource* const> gateways() const { return gateways_; }
  bool empty() const { return gateways_.empty(); }
  /// Of some Gateway only its existence is known.
  bool has_opaque() const { return has_opaque_; }
  /// Some server's port is a placeholder, or not written.
  bool has_open_port() const { return has_open_port_; }
  /// Servers whose port is written out, by port, in the order of the Gateways and their source.
  const std::map<std::int64_t, std::vector<ServerRef>>& by_port() const { return by_port_; }
  /// The servers with this port.
  std::span<const ServerRef> at_port(std::int64_t port) const;
  /// Those with either port, in the same order.
  std::span<const ServerRef> at_ports(std::int64_t one, std::int64_t other) const;

 private:
  std::vector<const Resource*> gateways_;
  std::map<std::int64_t, std::vector<ServerRef>> by_port_;
  std::unique_ptr<Answers<std::vector<ServerRef>>> merged_ = std::make_unique<Answers<std::vector<ServerRef>>>();  ///< by two ports
  bool has_open_port_ = false;
  bool has_opaque_ = false;
};

}  // namespace hop
