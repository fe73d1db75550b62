#include "graph/ambient.h"

#include <algorithm>

#include "graph/attachments.h"
#include "graph/gateway_class.h"
#include "model/gatewayapi/views.h"
#include "model/istio/policy_views.h"

namespace hop {
namespace {

Truth asks_for_waypoint(const Value<std::string_view>& label) {
  if (label.is_unknown()) return Truth::unknown;
  return truth(!(*label).empty() && *label != "none");
}

Lookup namespace_of(const Graph& graph, const Resource& resource) {
  if (resource.ns.empty()) return {};
  return graph.find(resource, Kind::namespace_, "", resource.ns);
}

}  // namespace

Truth in_ambient_namespace(const Graph& graph, const Resource& resource) {
  const Lookup ns = namespace_of(graph, resource);
  if (!ns.found() || ns.target->opaque) return ns.missing() ? Truth::no : Truth::unknown;
  // Pods with a sidecar stay out of it.
  if (ns.target->label("istio-injection").str() == "enabled" || !ns.target->label("istio.io/rev").str().empty()) return Truth::no;
  return text_of(ns.target->label("istio.io/dataplane-mode")).equals("ambient");
}

Truth uses_waypoint(const Graph& graph, const Resource& resource, yaml::Node labels) {
  if (const auto own = text_of(labels["istio.io/use-waypoint"]); !own.is_absent()) return asks_for_waypoint(own);
  const Lookup ns = namespace_of(graph, resource);
  if (!ns.found() || ns.target->opaque) return Truth::unknown;
  const auto inherited = text_of(ns.target->label("istio.io/use-waypoint"));
  return inherited.is_absent() ? Truth::no : asks_for_waypoint(inherited);
}

std::optional<WaypointUse> waypoint_of(const Graph& graph, const Resource& resource, yaml::Node labels) {
  constexpr std::string_view use = "istio.io/use-waypoint", use_namespace = "istio.io/use-waypoint-namespace";
  if (!labels.has(use)) {
    const Lookup ns = namespace_of(graph, resource);
    if (!ns.found()) return std::nullopt;
    labels = ns.target->labels();
  }
  const auto name = text_of(labels[use]);
  const auto ns = text_of(labels[use_namespace]);
  if (!name.is_known() || asks_for_waypoint(name) == Truth::no || ns.is_unknown()) return std::nullopt;
  const std::string_view where = ns.value_or(resource.ns);
  return WaypointUse{labels[use], where, graph.find(resource, Kind::k8s_gateway, where, *name)};
}

namespace {

/// A gateway for requests from outside. It may stand in for a waypoint where ztunnel takes the mesh's tunnel for it, which needs a Service
/// inside the cluster. Source: istio/istio releasenotes/notes/48362.yaml.
bool is_no_waypoint(const Graph& graph, const Resource& resource) {
  const K8sGateway gateway(resource);
  if (resource.opaque || resource.patched || controller_of(graph, gateway) != istio_gateway_controller) return false;
  for (const char* said : {"networking.istio.io/address-type", "networking.istio.io/service-type"}) {
    if (resource.annotations().has(said)) return false;
  }
  return std::ranges::none_of(gateway.listeners(), [](yaml::Node listener) {
    const auto protocol = text_of(listener["protocol"]);
    return !protocol.is_known() || *protocol == "HBONE" || (*protocol).find('/') != std::string_view::npos;
  });
}

bool refuses(const Graph& graph, const Resource& gateway, const Resource& user) {
  if (gateway.opaque || gateway.patched || graph.same_namespace(gateway, user) != Truth::no) return false;
  return std::ranges::all_of(K8sGateway(gateway).listeners(),
                             [&](yaml::Node listener) { return takes_namespace(graph, listener, gateway, user) == Truth::no; });
}

}  // namespace

WaypointFault fault_of(const Graph& graph, const Resource& user, const WaypointUse& use) {
  if (use.gateway.missing()) return WaypointFault::missing;
  if (!use.gateway.found()) return WaypointFault::none;
  if (!use.gateway.any([&](const Resource& gateway) { return !is_no_waypoint(graph, gateway); })) return WaypointFault::no_waypoint;
  if (!use.gateway.any([&](const Resource& gateway) { return !refuses(graph, gateway, user); })) return WaypointFault::refuses_namespace;
  return WaypointFault::none;
}

bool is_gateway_pod(const Workload& workload) {
  const Labels labels = workload.labels();
  return labels.node.has(gateway_name_label) || labels.node.has("gateway.istio.io/managed");
}

bool opts_out_of_ambient(const Workload& workload) { return workload.labels()["istio.io/dataplane-mode"].equals("none") == Truth::yes; }

namespace {

/// Whether every Service and ServiceEntry among the targets has a waypoint; one that is not among the manifests may carry the label.
Truth targets_reach_waypoint(const Graph& graph, const Resource& policy, std::span<const yaml::Node> refs) {
  Truth all = Truth::yes;
  for (yaml::Node ref : refs) {
    const Kind kind = target_kind(ref);
    if (kind != Kind::service && kind != Kind::service_entry) return Truth::unknown;
    const Lookup target = graph.find(policy, kind, policy.ns, ref["name"].str());
    if (target.found() && !target.target->opaque) {
      all = all && uses_waypoint(graph, *target.target, target.target->labels());
    } else {
      all = all && (uses_waypoint(graph, policy, {}) || Truth::unknown);
    }
  }
  return all;
}

Truth pods_reach_waypoint(const Graph& graph, const Graph::Selection& pods) {
  Truth all = Truth::yes;
  for (const Workload& workload : pods.workloads) {
    if (is_gateway_pod(workload) || opts_out_of_ambient(workload)) continue;
    all = all && uses_waypoint(graph, *workload, workload.labels().node);
  }
  return all;
}

}  // namespace

Truth WaypointReach::of(const Resource& policy) {
  if (const std::vector<yaml::Node> refs = target_refs(policy); !refs.empty()) return targets_reach_waypoint(graph_, policy, refs);
  if (const yaml::Node selector = policy_selector(policy); selector.size() > 0) {
    const Graph::Selection& pods = graph_.select(policy, selector, false);
    const Truth all = of_pods_.of(pods, [&](const Graph::Selection& some) { return pods_reach_waypoint(graph_, some); });
    if (pods.unknown && all == Truth::yes) return Truth::unknown;
    if (!pods.workloads.empty()) return all;
  }
  return uses_waypoint(graph_, policy, {});
}

OwnWaypoints::OwnWaypoints(const Graph& graph) : graph_(graph) {
  if (graph.of(Kind::telemetry).empty()) return;
  for (const K8sGateway& gateway : graph.all<K8sGateway>()) {
    if (gateway->opaque || controller_of(graph, gateway) == "istio.io/mesh-controller") homes_.emplace(gateway->cluster, gateway->ns);
  }
}

bool OwnWaypoints::take_untargeted(const Resource& policy) const {
  if (policy.kind != Kind::telemetry || policy_selector(policy).size() > 0 || !target_refs(policy).empty()) return false;
  if (policy.ns == graph_.root_namespace() || homes_.contains({policy.cluster, policy.ns})) return true;
  // The one that the namespace asks for may live in it.
  const auto use = waypoint_of(graph_, policy, {});
  return use && use->ns == policy.ns && use->gateway.unknown();
}

}  // namespace hop
