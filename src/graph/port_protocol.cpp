#include "graph/port_protocol.h"

#include <algorithm>
#include <optional>

#include "model/port.h"

namespace hop {
namespace {

bool is_of_istio(const Resource& service) {
  return service.label("istio") || service.label("release").str() == "istio" || service.label("gateway.istio.io/managed") ||
         service.label("kiali_wizard");
}

/// Whether every pod of the Service is known to be outside the mesh.
bool is_outside(const Graph& graph, const Service& service) {
  if (!service.has_selector()) return false;
  const Graph::Selection& pods = graph.pods_of(service);
  if (pods.unknown || pods.workloads.empty()) return false;
  return std::all_of(pods.workloads.begin(), pods.workloads.end(),
                     [&](const Workload& workload) { return graph.injection(workload).plane == Dataplane::none; });
}

/// SMTP, DNS, MySQL and MongoDB: servers that speak first, so Istio does not listen for HTTP there.
bool is_well_known(std::int64_t number) { return number == 25 || number == 53 || number == 3306 || number == 27017; }

/// The port, if Istio guesses what it speaks or reads part of a word only.
std::optional<GuessedPort> guess(const Service& service, const ServicePort& port) {
  if (port.protocol().is_unknown() || port.protocol().equals("UDP") == Truth::yes || port.number().is_unknown()) return std::nullopt;
  if (port.number().is_known() && is_well_known(*port.number())) return std::nullopt;
  const bool by_name = port.app_protocol().is_absent();
  const auto word = by_name ? port.name() : port.app_protocol();
  if (word.is_unknown()) return std::nullopt;
  const std::string_view text = word.value_or("");
  if (protocol_of_port_name(text) == Protocol::unknown) return GuessedPort{service, port, by_name, false};
  const bool whole = parse_protocol(text) != Protocol::unknown || text.find('-') == std::string_view::npos;
  if (by_name || whole) return std::nullopt;
  return GuessedPort{service, port, false, true};
}

}  // namespace

void guess_ports(const Graph& graph, const Service& service, std::vector<GuessedPort>& found) {
  if (!service->linted() || is_of_istio(*service)) return;
  const std::size_t before = found.size();
  for (yaml::Node node : service.ports()) {
    if (const auto guessed = guess(service, ServicePort{node})) found.push_back(*guessed);
  }
  if (found.size() > before && is_outside(graph, service)) found.erase(found.begin() + static_cast<std::ptrdiff_t>(before), found.end());
}

}  // namespace hop
