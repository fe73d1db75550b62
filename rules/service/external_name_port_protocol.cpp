// A port of an ExternalName Service that Istio takes for plain TCP.
#include "graph/port_protocol.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_external(const Service& service) { return service.type().equals("ExternalName") == Truth::yes; }

void check(const Graph& graph, Report& report) {
  for (const GuessedPort& guessed : graph.guessed_ports()) {
    if (!is_external(guessed.service) || guessed.by_prefix) continue;
    const auto word = guessed.by_name ? guessed.port.name() : guessed.port.app_protocol();
    report
        .at(guessed.service, word.is_known() ? word.node() : guessed.port.node["port"],
            format("a port of the ExternalName Service `{}` does not say its protocol", guessed.service->name))
        .alias("IST0150")
        .alias(guessed.by_name ? "KIA0601" : "KIA0602");
  }
  for (const Service& service : graph.linted<Service>()) {
    if (!is_external(service)) continue;
    for (yaml::Node port : service.ports()) {
      if (port.has("appProtocol") || port["name"].str() != "tcp") continue;
      report.at(service, port["name"], format("port `tcp` of the ExternalName Service `{}` takes every host on its number", service->name))
          .alias("IST0150");
    }
  }
}

}  // namespace

extern constinit const Rule service_external_name_port_protocol = {
    .info = {.id = "service-external-name-port-protocol",
             .summary = "a port of an ExternalName Service is taken for plain TCP",
             .docs =
                 "Istio cannot tell connections to an ExternalName Service from others by address: only HTTP and TLS carry a host. A port "
                 "without a protocol in its name, or named `tcp`, becomes a TCP listener for every address.\n\nName it `http`, `https` or "
                 "`tls`, with a suffix if need be.",
             .effect = "the listener catches traffic to other hosts on the same port number and sends it to the external name",
             .source = "https://istio.io/latest/docs/reference/config/analysis/ist0150/",
             .severity = Severity::warning,
             .aliases = {"IST0150", "KIA0601", "KIA0602"}},
    .reads = {Kind::namespace_, Kind::service, Facet::workloads, Facet::injection},
    .check = check,
};

}  // namespace hop::rules
