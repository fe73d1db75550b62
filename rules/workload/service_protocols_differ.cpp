// Services of one workload that disagree about what is spoken on a port.
#include <iterator>
#include <map>

#include "graph/served_ports.h"
#include "graph/target_port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

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

void report_application(const Workload& workload, std::string_view target, const std::vector<ServedPort>& uses, Report& report) {
  const ServedPort* http = nullptr;
  const ServedPort* other = nullptr;
  for (const ServedPort& use : uses) {
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

void report_transport(const Workload& workload, std::int64_t number, const std::vector<ServedPort>& uses, Report& report) {
  std::map<std::string_view, const ServedPort*> by_word;
  for (const ServedPort& use : uses) {
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

void check_workload(const Workload& workload, const std::vector<ServedPort>& ports, Report& report) {
  std::map<std::int64_t, std::vector<ServedPort>> by_number;
  std::map<std::string_view, std::vector<ServedPort>> by_target;
  for (const ServedPort& served : ports) {
    if (served.port.number().is_known()) by_number[*served.port.number()].push_back(served);
    const bool is_tcp = served.port.protocol().is_absent() || served.port.protocol().equals("TCP") == Truth::yes;
    if (is_tcp) by_target[pod_port(served.port).str()].push_back(served);
  }
  for (const auto& [number, uses] : by_number) report_transport(workload, number, uses, report);
  by_target.erase("");
  for (const auto& [target, uses] : by_target) report_application(workload, target, uses, report);
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  const Workload workload(resource);
  const std::vector<ServedPort> ports = served_ports(graph, workload);
  if (ports.empty() || workload->label("gateway.istio.io/managed")) return;
  if (graph.injection(workload).plane == Dataplane::sidecar) check_workload(workload, ports, report);
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
    .each = workload_kinds,
    .check_each = check_each,
};

}  // namespace hop::rules
