#pragma once
// Which ports of a pod its sidecar lets pass: `traffic.sidecar.istio.io/excludeInboundPorts` and `includeInboundPorts`.
// Source: istio.io/docs/reference/config/annotations.

#include <cstdint>
#include <vector>

#include "model/k8s/views.h"
#include "model/value.h"

namespace hop::istio {

/// The numbers in `excludeInboundPorts`.
std::vector<std::int64_t> excluded_inbound_ports(const Workload& workload);
/// Whether connections to the port reach the application without the sidecar; unknown where a placeholder may say so.
Truth bypasses_sidecar(const Workload& workload, std::int64_t port);

}  // namespace hop::istio
