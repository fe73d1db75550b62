// Plain HTTP to a port that says it speaks TLS.
#include "graph/plain_to_tls.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const PlainToTls& found : http_routes_to_tls(graph)) {
    Finding finding = report.at(*found.from, found.place,
                                format("the route sends plain HTTP to a port of `{}` that says it speaks TLS", found.target->name));
    finding.note(found.word, "this is TLS");
    // What opens TLS may stand elsewhere.
    if (!graph.complete(found.target->ns)) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule gatewayapi_http_to_tls_port = {
    .info = {.id = "gatewayapi-http-to-tls-port",
             .summary = "an HTTPRoute leads to a port that says it speaks TLS, and nothing opens TLS",
             .docs =
                 "A Gateway sends requests of an HTTPRoute on in plain text, unless a BackendTLSPolicy, or with Istio a DestinationRule, "
                 "or with the AWS Load Balancer Controller a TargetGroupConfiguration, is about the Service. A port named `https…`, or "
                 "with `appProtocol: https`, expects TLS.\n\nIf the application speaks plain HTTP, name the port `http…`. Without "
                 "`complete` it is info: what opens TLS may stand elsewhere.",
             .effect = "an application that does speak TLS refuses the requests",
             .source = "https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/",
             .severity = Severity::warning},
    .reads = {Kind::http_route, Kind::service, Kind::backend_tls_policy, Kind::other, Facet::routing},
    .check = check,
};

}  // namespace hop::rules
