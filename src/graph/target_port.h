#pragma once
// Service ports that lead to a port which no container of the selected pods declares. Rules about targetPort read this.
// Source: kubernetes.io/docs/concepts/services-networking/service.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/graph.h"

namespace hop {

/// In Service and source order: Graph::undeclared_ports. Left out: gateways, whose pods injection adds ports to; Services whose pods are
/// not all known; those for which one of the pods declares the port.
struct UndeclaredPort {
  Service service;
  yaml::Node target;           ///< `targetPort`, or `port` where that stands for it
  bool named = false;          ///< a name, which is looked up; a number needs no declaration
  std::vector<Workload> pods;  ///< that the Service selects
};

/// Where a Service port leads on the pods: `targetPort`, or `port` where that stands for it; absent where it is not known.
yaml::Node pod_port(const ServicePort& port);
/// The same as a number; nothing for a name.
std::optional<std::int64_t> pod_port_number(const ServicePort& port);
/// The Service port that a load balancer's number means: one with that node port for instance targets, else one that leads there on pods.
std::optional<ServicePort> port_behind(const Service& service, std::int64_t number, bool instance);

/// Containers that run beside each other: those of the pod, and init containers that stay.
std::vector<yaml::Node> running_containers(const Workload& workload);

/// Whether a container of the pods declares the port that the Service port leads to, by number or by name. Unknown where an injector may
/// add ports, or a placeholder stands for one.
Truth declares(const Workload& workload, const ServicePort& port);

/// A Service port that a number can only mean by mistake, where a port of the pods is asked for.
struct MistakenPort {
  Service service;
  ServicePort port;
};
/// The ports that some pods declare or that their Services have: thousands of policies may ask for thousands of pods.
class PodPorts {
 public:
  PodPorts(const Graph& graph, const std::vector<Workload>& workloads);
  /// The Service port of this number, if it leads to another one of the pods, none of the workloads declares the number and no Service
  /// leads there.
  std::optional<MistakenPort> mistaken(std::int64_t number) const;

 private:
  void add(yaml::Node declared);
  void add(const Service& service);

  std::unordered_set<std::int64_t> pod_ports_;                  ///< declared, or that a Service leads to
  std::unordered_map<std::int64_t, MistakenPort> of_services_;  ///< the first of each number
  bool unknown_ = false;                                        ///< a placeholder may be any
};

/// Adds what Graph::undeclared_ports keeps of one Service.
void add_undeclared_ports(const Graph& graph, const Service& service, std::vector<UndeclaredPort>& found);

}  // namespace hop
