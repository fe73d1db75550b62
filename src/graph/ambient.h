#pragma once
// Ambient mode: which namespaces are in it, and what a waypoint stands in front of. Computed on demand from labels.
// Source: istio.io/docs/ambient/usage/waypoint.

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "graph/graph.h"
#include "graph/once.h"

namespace hop {

/// Whether the namespace of `resource` is in ambient mode; unknown if it is not among the manifests.
Truth in_ambient_namespace(const Graph& graph, const Resource& resource);
/// Whether the label `istio.io/use-waypoint` sends what carries `labels` in the namespace of `resource` through a waypoint: its own label,
/// else the namespace's. For the namespace itself `labels` is absent.
Truth uses_waypoint(const Graph& graph, const Resource& resource, yaml::Node labels);
/// The waypoint that what carries `labels` in the namespace of `resource` is sent through; nothing where it has none, or where a
/// placeholder decides.
struct WaypointUse {
  yaml::Node name;      ///< the label's value, of the object or of its namespace
  std::string_view ns;  ///< where the waypoint lives
  Lookup gateway;
};
std::optional<WaypointUse> waypoint_of(const Graph& graph, const Resource& resource, yaml::Node labels);
/// Why what is enrolled with a waypoint is not sent through it.
enum class WaypointFault : std::uint8_t { none, missing, no_waypoint, refuses_namespace };
/// `none` also where it is not known. `user` is what is enrolled.
WaypointFault fault_of(const Graph& graph, const Resource& user, const WaypointUse& use);
/// A waypoint's or gateway's own pods: a policy does not reach them through a waypoint.
bool is_gateway_pod(const Workload& workload);
/// Whether pods leave ambient mode by their own label.
bool opts_out_of_ambient(const Workload& workload);

/// Waypoints by the namespace they live in. Built once per check.
class OwnWaypoints {
 public:
  explicit OwnWaypoints(const Graph& graph);
  /// Whether waypoints take the policy though it has no target: a Telemetry without a selector holds for every proxy of its namespace, that
  /// of the root namespace for all. Source: istio/istio pilot/pkg/model/telemetry.go (applicableTelemetries).
  bool take_untargeted(const Resource& policy) const;

 private:
  Graph graph_;
  std::set<std::pair<std::uint16_t, std::string_view>> homes_;  ///< cluster and namespace
};

/// Built once per check.
class WaypointReach {
 public:
  explicit WaypointReach(const Graph& graph) : graph_(graph) {}
  /// Whether the requests that a policy in an ambient namespace is about pass a waypoint: the Services it targets, else the workloads it
  /// selects, else its namespace. Unknown where it targets a waypoint itself, or what it is about is not among the manifests.
  Truth of(const Resource& policy);

 private:
  Graph graph_;
  OncePerThing<Truth> of_pods_;  ///< by what is selected: many policies may select the same
};

}  // namespace hop
