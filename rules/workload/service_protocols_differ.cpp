// Services of one workload that disagree about what is spoken on a port.
#include <algorithm>
#include <iterator>
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Use {
  Service service;
  ServicePort port;
};

yaml::Node protocol_place(const ServicePort& port) {
  if (port.node.has("appProtocol")) return port.node["appProtocol"];
  return port.node.has("name") ? port.node["name"] : port.node["port"];
}

/// Whether Envoy treats the port as HTTP; nothing where Istio finds out by itself.
std::optional<bool> is_http(const ServicePort& port) {
  const auto word = port.app_protocol().is_absent() ? port.name() : port.app_protocol();
  const Protocol protocol = word.is_known() ? protocol_of_port_name(*word) : Protocol::unknown;
  if (protocol == Protocol::unknown || protocol == Protocol::udp) return std::nullopt;
  return protocol == Protocol::http || protocol == Protocol::http2 || protocol == Protocol::grpc;
}

std::string_view target_of(const ServicePort& port) {
  const auto target = text_of(port.target_port());
  if (target.is_unknown()) return "";
  return target.is_absent() || *target == "0" ? port.node["port"].str() : *target;
}

void report_application(const Workload& workload, std::string_view target, const std::vector<Use>& uses, Report& report) {
  const Use* http = nullptr;
  const Use* other = nullptr;
  for (const Use& use : uses) {
    const auto answer = is_http(use.port);
    if (answer && *answer && http == nullptr) http = &use;
    if (answer && !*answer && other == nullptr) other = &use;
  }
  if (http == nullptr || other == nullptr) return;
  report
      .at(workload, workload->name_node(),
          format("the Services of `{}` disagree about what port `{}` of its pods speaks", workload->name, target))
      .alias("IST0116")
      .note(protocol_place(http->port), format("HTTP by Service `{}`", http->service->name))
      .note(protocol_place(other->port), format("something else by Service `{}`", other->service->name));
}

void report_transport(const Workload& workload, std::int64_t number, const std::vector<Use>& uses, Report& report) {
  std::map<std::string_view, const Use*> by_word;
  for (const Use& use : uses) {
    const auto word = use.port.protocol();
    if (!word.is_unknown()) by_word.emplace(word.value_or("TCP"), &use);
  }
  if (by_word.size() < 2) return;
  const auto [first, use] = *by_word.begin();
  const auto [second, other] = *std::next(by_word.begin());
  report
      .at(workload, workload->name_node(),
          format("the Services of `{}` use port {} for {} and for {}", workload->name, number, first, second))
      .severity(Severity::info)
      .alias("IST0116")
      .note(use->port.node["port"], format("{} by Service `{}`", first, use->service->name))
      .note(other->port.node["port"], format("{} by Service `{}`", second, other->service->name));
}

/// In the order of their names: what is shown does not depend on the files' order.
std::vector<Service> sorted_services(const Graph& graph, const Workload& workload) {
  const auto found = graph.services_of(workload);
  std::vector<Service> services(found.begin(), found.end());
  std::stable_sort(services.begin(), services.end(), [](const Service& a, const Service& b) { return a->name < b->name; });
  return services;
}

/// A single port agrees with itself.
bool has_several_ports(std::span<const Service> services) {
  return services.size() > 1 || (services.size() == 1 && services.front().spec()["ports"].size() > 1);
}

void check(const Graph& graph, Report& report) {
  for (const Workload& workload : graph.workloads()) {
    if (!has_several_ports(graph.services_of(workload))) continue;
    if (!workload->linted() || workload->label("gateway.istio.io/managed")) continue;
    if (graph.injection(workload).plane != Dataplane::sidecar) continue;
    std::map<std::int64_t, std::vector<Use>> by_number;
    std::map<std::string_view, std::vector<Use>> by_target;
    for (const Service& service : sorted_services(graph, workload)) {
      for (yaml::Node node : service.ports()) {
        const ServicePort port{node};
        if (port.number().is_known()) by_number[*port.number()].push_back({service, port});
        if (port.protocol().is_absent() || port.protocol().equals("TCP") == Truth::yes)
          by_target[target_of(port)].push_back({service, port});
      }
    }
    for (const auto& [number, uses] : by_number) report_transport(workload, number, uses, report);
    by_target.erase("");
    for (const auto& [target, uses] : by_target) report_application(workload, target, uses, report);
  }
}

}  // namespace

extern constinit const Rule workload_service_protocols_differ = {
    .info = {.id = "workload-service-protocols-differ",
             .summary = "the Services of one workload name different protocols for the same port",
             .docs =
                 "Istio makes one inbound listener for each port of a pod. Where one Service calls the port HTTP and another TCP or TLS, "
                 "one of them wins.\n\nTCP and UDP under one number are reported as info: Istio does not touch UDP, and DNS is served "
                 "like that everywhere. Only workloads known to have a sidecar are looked at.",
             .effect = "requests through one of the Services are handled as the other's protocol: broken, or without HTTP policy",
             .source = "https://istio.io/latest/docs/ops/deployment/application-requirements/",
             .severity = Severity::warning,
             .aliases = {"IST0116"}},
    .reads = {Kind::namespace_, Kind::service, Facet::workloads, Facet::injection},
    .check = check,
};

}  // namespace hop::rules
