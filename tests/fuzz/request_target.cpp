#include <string>
#include <vector>

#include "chain/caller.h"
#include "chain/trace.h"
#include "fuzz/runs.h"
#include "fuzz/targets.h"
#include "model/host.h"
#include "report/trace.h"

namespace hop::fuzz {
namespace {

/// An ALB in front of a gateway, a VirtualService with every kind of match, and a mesh behind it.
constexpr std::string_view estate = R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: edge
  namespace: istio-system
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'
    alb.ingress.kubernetes.io/conditions.old: '[{"field": "query-string", "queryStringConfig": {"values": [{"key": "v", "value": "1?"}]}}]'
    alb.ingress.kubernetes.io/actions.old: '{"type": "redirect", "redirectConfig": {"host": "#{host}", "path": "/new/#{path}", "statusCode": "HTTP_301"}}'
spec:
  ingressClassName: alb
  rules:
  - host: "*.example.com"
    http:
      paths:
      - {path: /old, pathType: Prefix, backend: {service: {name: old, port: {name: use-annotation}}}}
      - {path: /*, pathType: ImplementationSpecific, backend: {service: {name: edge, port: {number: 443}}}}
---
apiVersion: v1
kind: Service
metadata: {name: edge, namespace: istio-system}
spec: {type: NodePort, selector: {istio: edge}, ports: [{name: https, port: 443, targetPort: 8443, nodePort: 30443}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: edge}}
  template:
    metadata: {labels: {istio: edge}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: istio-system}
spec:
  selector: {istio: edge}
  servers:
  - {port: {number: 8443, name: https, protocol: HTTPS}, hosts: ["*.example.com", shop.example.org], tls: {mode: SIMPLE, credentialName: edge}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com, "*.shop.example.com", cart.shop.svc.cluster.local]
  gateways: [istio-system/edge, mesh]
  http:
  - match:
    - uri: {regex: "/v[0-9]+/.*"}
      headers: {x-user: {prefix: a}, x-none: {exact: ""}}
      queryParams: {q: {exact: "1"}}
    - {uri: {exact: /Exact}, ignoreUriCase: true, method: {regex: "GET|PUT"}, port: 8443}
    route: [{destination: {host: cart, subset: v1}, weight: 90}, {destination: {host: cart}, weight: 10}]
  - match: [{uri: {prefix: /gone}, withoutHeaders: {x-stay: {}}}]
    redirect: {authority: shop.example.org, uri: /, scheme: https}
  - match: [{authority: {prefix: shop}, scheme: {exact: https}}]
    rewrite: {uri: /}
    route: [{destination: {host: cart.shop.svc.cluster.local, port: {number: 80}}}]
    mirror: {host: cart}
  - route: [{destination: {host: elsewhere.example.net}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, subsets: [{name: v1, labels: {version: v1}}], trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart, version: v1, sidecar.istio.io/inject: "true"}}
    spec: {containers: [{name: cart, image: cart, ports: [{containerPort: 8080}]}]}
)";

struct World {
  LintRun run = read_graph(MemoryFiles(Files{{"m/a.yaml", std::string(estate)}}), {{"m", std::nullopt}}, every_rule({}));
  HopGraph hops = build_hops(*run.graph);
};

const World& world() {
  static const World only;
  return only;
}

std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
  return line;
}

void follow(const HopGraph& hops, const Request& request) {
  constexpr std::size_t most = 40;
  const Trace traced = trace(hops, request, most);
  require(!traced.legs.empty(), "a trace has a leg");
  for (const Leg& leg : traced.legs) {
    require(leg.chains.size() <= most, "no more chains than asked for");
    for (const Chain& chain : leg.chains) {
      require(!chain.steps.empty(), "a chain has a step");
      for (const Requirement wanted : {Requirement::reachable, Requirement::encrypted, Requirement::mtls}) shortfall(chain, wanted);
      url_of(chain);
    }
  }
  for (const TraceFormat& form : trace_formats()) form.render({world().run, traced, false, Requirement::mtls}, {});
}

/// What must hold of any two host patterns.
void compare_hosts(std::string_view a, std::string_view b) {
  require(hosts_overlap(a, b) == hosts_overlap(b, a), "hosts overlap both ways");
  require(host_covers(a, a), "a host covers itself");
  gateway_host(a);
  service_host(a);
  half_qualified_host(b);
}

}  // namespace

void fuzz_request(std::string_view bytes) {
  const std::string_view url = take_line(bytes), from = take_line(bytes);
  compare_hosts(url, from);
  const auto parsed = parse_request(url);
  if (!parsed) {
    require(!parsed.reason().empty(), "it is told why a request is none");
    return;
  }
  Request request = *parsed;
  require(!request.host.empty() && !request.path.empty(), "a request has a host and a path");
  require(!request.port || (*request.port > 0 && *request.port < 65536), "a port is one");
  while (!bytes.empty() && request.headers.size() < 5) add_header(take_line(bytes), request);
  follow(world().hops, request);
  const Graph& graph = *world().run.graph;
  const auto caller = find_caller(graph, from);
  require(caller || !caller.reason().empty(), "it is told why a caller is none");
  if (caller) follow(build_hops_from(graph, *caller), request_from(graph, *caller, request));
}

}  // namespace hop::fuzz
