// A Service port whose name does not say what it speaks.
#include "graph/port_protocol.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const GuessedPort& guessed : graph.guessed_ports()) {
    const bool external = guessed.service.type().equals("ExternalName") == Truth::yes;
    if (!guessed.by_name || external) continue;
    const auto name = guessed.port.name();
    const std::string message = name.is_known()
                                    ? format("the port name `{}` does not begin with a protocol", *name)
                                    : format("a port of Service `{}` has no name that says its protocol", guessed.service->name);
    report.at(guessed.service, name.is_known() ? name.node() : guessed.port.node["port"], message).alias("IST0118").alias("KIA0601");
  }
}

}  // namespace

extern constinit const Rule service_port_name_without_protocol = {
    .info = {.id = "service-port-name-without-protocol",
             .summary = "a Service port says its protocol neither by name nor by `appProtocol`",
             .docs =
                 "Istio listens to the first bytes of each connection to tell HTTP from other protocols. Servers that speak first, and "
                 "HTTPS that the sidecar should not touch, want a declaration: a name such as `http-web` or `tcp-smtp`, or "
                 "`appProtocol`.\n\nFor those who want every port to be declared. Services whose pods are known to be outside the mesh are "
                 "left alone.",
             .effect = "the protocol is guessed; for servers that speak first each connection waits, or is broken",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/",
             .severity = Severity::info,
             .group = Group::policy,
             .aliases = {"IST0118", "KIA0601"}},
    .reads = {Kind::namespace_, Kind::service, Facet::workloads, Facet::injection},
    .check = check,
};

}  // namespace hop::rules
