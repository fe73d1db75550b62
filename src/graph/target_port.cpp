#include "graph/target_port.h"

#include "model/gatewayapi/views.h"

namespace hop {
namespace {

bool has_label_of_gateway(const Service& service) {
  return service->label("gateway.istio.io/managed") || service->label(gateway_name_label);
}

/// Whether a container declares the port; unknown where an injector may add ports, or a placeholder stands for one.
Truth declares(const Workload& workload, yaml::Node target, std::string_view transport) {
  if (workload->opaque || !workload->linted()) return Truth::unknown;
  const auto number = integer_of(target);
  Truth any = Truth::no;
  for (yaml::Node container : running_containers(workload)) {
    if (Workload::is_proxy(container)) return Truth::unknown;
    for (yaml::Node port : container["ports"].items()) {
      // A number is only written down, be it for another protocol; a name is looked up among the ports of the protocol.
      if (number.is_known()) {
        any = any || integer_of(port["containerPort"]).equals(*number);
        continue;
      }
      const auto protocol = text_of(port["protocol"]);
      const Truth same = protocol.is_absent() ? truth(transport == "TCP") : protocol.equals(transport);
      any = any || (text_of(port["name"]).equals(target.str()) && same);
    }
  }
  return any;
}

void add_undeclared(const Service& service, const ServicePort& port, const Graph::Selection& pods, std::vector<UndeclaredPort>& found) {
  const auto transport = text_of(port.node["protocol"]);
  const yaml::Node wanted = pod_port(port);
  if (!wanted || transport.is_unknown()) return;
  const bool named = !integer_of(wanted).is_known();
  if (named && wanted == port.node["port"]) return;
  Truth any = Truth::no;
  for (const Workload& workload : pods.workloads) any = any || declares(workload, wanted, transport.value_or("TCP"));
  if (any == Truth::no) found.push_back({service, wanted, named, pods.workloads});
}

}  // namespace

Truth declares(const Workload& workload, const ServicePort& port) {
  const auto transport = text_of(port.node["protocol"]);
  const yaml::Node wanted = pod_port(port);
  return wanted && !transport.is_unknown() ? declares(workload, wanted, transport.value_or("TCP")) : Truth::unknown;
}

yaml::Node pod_port(const ServicePort& port) {
  const auto target = text_of(port.target_port());
  if (target.is_unknown()) return {};
  return target.is_absent() || *target == "0" ? port.node["port"] : port.target_port();
}

std::optional<std::int64_t> pod_port_number(const ServicePort& port) {
  const auto number = integer_of(pod_port(port));
  return number.is_known() ? std::optional(*number) : std::nullopt;
}

std::optional<ServicePort> port_behind(const Service& service, std::int64_t number, bool instance) {
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    if (instance ? port.node_port().equals(number) == Truth::yes : pod_port_number(port) == number) return port;
  }
  return std::nullopt;
}

std::vector<yaml::Node> running_containers(const Workload& workload) {
  std::vector<yaml::Node> containers;
  for (yaml::Node container : workload.containers()) containers.push_back(container);
  for (yaml::Node container : workload.pod_spec()["initContainers"].items()) {
    if (container["restartPolicy"].str() == "Always") containers.push_back(container);
  }
  return containers;
}

PodPorts::PodPorts(const Graph& graph, const std::vector<Workload>& workloads) {
  std::unordered_set<std::uint32_t> services;  // many pods have the same
  for (const Workload& workload : workloads) {
    unknown_ = unknown_ || workload->opaque;
    if (unknown_) return;
    for (yaml::Node container : running_containers(workload)) {
      for (yaml::Node port : container["ports"].items()) add(port["containerPort"]);
    }
    for (const Service& service : graph.services_of(workload)) {
      if (services.insert(service->id).second) add(service);
    }
  }
}

void PodPorts::add(yaml::Node declared) {
  const auto number = integer_of(declared);
  unknown_ = unknown_ || number.is_unknown();
  if (number.is_known()) pod_ports_.insert(*number);
}

void PodPorts::add(const Service& service) {
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    const auto number = port.number();
    unknown_ = unknown_ || !pod_port(port) || number.is_unknown();
    if (const auto target = pod_port_number(port)) pod_ports_.insert(*target);
    if (number.is_known()) of_services_.try_emplace(*number, MistakenPort{service, port});
  }
}

std::optional<MistakenPort> PodPorts::mistaken(std::int64_t number) const {
  if (unknown_ || pod_ports_.contains(number)) return std::nullopt;
  const auto found = of_services_.find(number);
  return found == of_services_.end() ? std::nullopt : std::optional(found->second);
}

void add_undeclared_ports(const Graph& graph, const Service& service, std::vector<UndeclaredPort>& found) {
  if (!service->linted() || !service.has_selector()) return;
  if (service.type().equals("ExternalName") == Truth::yes || has_label_of_gateway(service)) return;
  const Graph::Selection& pods = graph.pods_of(service);
  if (pods.workloads.empty() || pods.unknown) return;
  for (yaml::Node port : service.ports()) add_undeclared(service, ServicePort{port}, pods, found);
}

}  // namespace hop
