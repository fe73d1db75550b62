// Plain HTTP to a port that says it speaks TLS.
#include "graph/plain_to_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  for (const PlainToTls& found : routes_to_tls(graph, VirtualService(resource))) {
    Finding finding = report.at(*found.from, found.place,
                                format("the route sends plain HTTP to a port of `{}` that says it speaks TLS", found.target->name));
    finding.note(found.word, "this is TLS");
    // What opens TLS may stand elsewhere.
    if (!graph.complete(found.target->ns)) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule virtualservice_http_to_tls_port = {
    .info = {.id = "virtualservice-http-to-tls-port",
             .summary = "an HTTP route leads to a port that says it speaks TLS, and nothing opens TLS",
             .docs =
                 "Routes under `http` carry requests in plain text; a proxy opens TLS to the destination only where a DestinationRule says "
                 "so (`tls.mode: SIMPLE` or `MUTUAL`). A port named `https…` or `tls…`, or with such an `appProtocol` or `protocol`, "
                 "expects TLS.\n\nIf the application speaks plain HTTP, name the port `http…`; else add a DestinationRule. Without "
                 "`complete` it is info: the DestinationRule may stand elsewhere.",
             .effect = "an application that does speak TLS refuses the requests; else the mesh takes HTTP for opaque bytes",
             .source = "https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/",
             .severity = Severity::warning},
    .reads = {Kind::virtual_service, Facet::references, Facet::routing},
    .each = Kind::virtual_service,
    .check_each = check_each,
};

}  // namespace hop::rules
