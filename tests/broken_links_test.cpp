// Every way from outside that is broken is told by a rule: no kind of broken link stays silent in `check`. The worlds are all fixtures and
// estates, taken for complete, and small ones for what these do not have. HOPLINT_LIST_BROKEN=1 prints what was seen where.

#include <cstdlib>
#include <iostream>
#include <set>

#include "chain/chains.h"
#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "text/format.h"
#include "text/pattern.h"
#include "text/words.h"

namespace hop {
namespace {

/// A part of what the chain says of a broken link, and the rules that tell it: one of them must, or one that tells its cause.
struct Told {
  std::string_view reason;
  std::string_view rules;
};

constexpr Told table[] = {
    // Load balancers.
    {"members of the group want both protocols on this port", "alb-listen-port-conflict"},
    {"the action that the backend names does not exist", "alb-action-missing"},
    {"the Service `` does not exist", "ingress-backend-service-missing alb-json-invalid"},
    {"the Service has no port ``", "ingress-backend-port-missing"},
    {"instance targets, and the Service has no node port", "alb-target-type-needs-node-port"},
    {"the Service selects no pods", "service-selector-matches-nothing"},
    {"no rule of the load balancer takes this host and path", "ingress-without-rules"},
    // Gateways.
    {"no Gateway server listens",
     "alb-no-server-on-port service-gateway-port-unserved gateway-selector-matches-nothing service-selector-matches-nothing"},
    {"no Gateway server on this port has the host", "ingress-host-unrouted"},
    {"no VirtualService on the Gateway has the host", "ingress-host-unrouted virtualservice-host-behind-no-load-balancer"},
    {"for the server's certificate is not there", "gateway-credential-missing gatewayapi-certificate-missing gateway-webhook-secret"},
    {"TLS to a port where the gateway expects plain text",
     "alb-backend-protocol-mismatch nlb-backend-protocol-mismatch gatewayapi-alb-protocol-mismatch"},
    {"plain text to a port where the gateway expects TLS",
     "alb-backend-protocol-mismatch nlb-backend-protocol-mismatch gatewayapi-alb-protocol-mismatch"},
    {"the server routes by a server name, and none is sent", "gateway-alb-fails-tls-mode"},
    {"the server asks for a client certificate, and the load balancer has none", "gateway-alb-fails-tls-mode"},
    {"no server name is sent, and the server's hosts ask for one", "gateway-alb-sends-no-sni gateway-nlb-sends-no-sni"},
    {"X-Forwarded-Proto is not believed", "gateway-redirect-loop-behind-alb virtualservice-redirect-loop-behind-alb"},
    // Routes.
    {"the VirtualService has no `` routes", "mesh-block-empty"},
    {"that the route delegates to does not exist", "virtualservice-delegate-missing"},
    {"the route names no destination", "virtualservice-route-without-action"},
    {"no rule of the route takes the request", "gatewayapi-route-without-rules"},
    {"no ReferenceGrant in namespace `` allows it", "gatewayapi-backend-not-granted"},
    {"the listener takes no routes from namespace ``", "gatewayapi-parent-refuses-namespace"},
    {"the waypoint has no listener for HBONE", "gatewayapi-waypoint-listener-invalid"},
    // Destinations.
    {"the host `` does not exist", "virtualservice-destination-missing gatewayapi-service-missing"},
    {"the Service has no such port", "virtualservice-destination-port-missing gatewayapi-backend-port-missing"},
    {"the Service has no ports", "virtualservice-destination-port-missing gatewayapi-backend-port-missing"},
    {"the Service has several ports and none is named", "virtualservice-destination-port-required"},
    {"no DestinationRule defines the subset", "virtualservice-subset-missing"},
    {"has no port ", "virtualservice-destination-port-missing"},
    {"plain HTTP to a port of the host that expects TLS", "virtualservice-http-to-tls-port"},
    {"no container of the pods has a port named", "service-target-port-missing destinationrule-subset-without-port"},
    {"and the pods take mTLS only", "alb-backend-requires-mtls mtls-strict-without-client-tls destinationrule-tls-against-strict"},
    {"is not the mesh's mTLS, which the pods ask for", "destinationrule-tls-against-strict"},
    {"ISTIO_MUTUAL to pods without a proxy", "destinationrule-istio-mutual-refused"},
    {"ISTIO_MUTUAL to pods that refuse mTLS", "destinationrule-istio-mutual-refused mtls-disabled-but-called-with-tls"},
    // What lets requests in, and what is there to take them.
    {"a DENY rule of the AuthorizationPolicy", "authz-routed-request-refused"},
    {"no rule of an ALLOW policy fits", "authz-routed-request-refused authz-identity-at-gateway authz-identity-without-mtls"},
    {"the route's fault answers every request with an error", "virtualservice-fault-aborts-all"},
    {"the gateway has no pods: `` is", "workload-routed-without-replicas"},
    {"no pods: `` is", "workload-routed-without-replicas"},
};

/// The reason with names and numbers left out: "no DestinationRule defines the subset ``".
std::string kind_of(std::string_view reason) {
  std::string kind;
  bool quoted = false;
  for (const char c : reason) {
    if (c == '`') quoted = !quoted;
    if ((!quoted || c == '`') && (c < '0' || c > '9') && c != '{' && c != '}') kind += c;
  }
  return kind;
}

std::set<std::string> broken_reasons(const Graph& graph) {
  std::set<std::string> reasons;
  const HopGraph hops = build_hops(graph);
  std::size_t most = 2000;
  each_chain(hops, Request{}, [&](const Chain& chain) {
    const ChainStep* lost = chain.first([](const ChainStep& step) { return step.verdict == Verdict::broken; });
    if (lost != nullptr) reasons.insert(kind_of(lost->reason));
    return --most > 0;
  });
  return reasons;
}

/// Where a reason was seen, and which rules found something there.
struct Seen {
  std::string place;
  std::set<std::string, std::less<>> rules;
};
using AllSeen = std::map<std::string, std::vector<Seen>>;

void look_at(const FileTexts& files, Settings settings, const std::string& place, AllSeen& seen) {
  settings.world.complete = true;
  const LintRun run = lint_texts(files, settings);
  const auto reasons = broken_reasons(*run.graph);
  if (reasons.empty()) return;
  Seen here{place, {}};
  for (const Diagnostic& finding : run.findings) here.rules.emplace(finding.rule->id);
  for (const std::string& reason : reasons) seen[reason].push_back(here);
}

std::vector<Case> all_cases() {
  const std::filesystem::path root = std::filesystem::path(HOPLINT_SOURCE_DIR) / "fixtures";
  std::vector<Case> cases = load_estates(root / "estates", "fixtures/estates");
  for (const RuleEntry& entry : all_rules()) {
    const std::size_t dash = entry.path_id.find('-');
    std::string stem(entry.path_id.substr(dash + 1));
    std::ranges::replace(stem, '-', '_');
    const std::string place = format("fixtures/{}/{}", entry.path_id.substr(0, dash), stem);
    for (Case& one : load_fixtures(std::filesystem::path(HOPLINT_SOURCE_DIR) / place, place).cases) cases.push_back(std::move(one));
  }
  return cases;
}

std::string object(const std::string& api, const std::string& kind, const std::string& ns, const std::string& name,
                   const std::string& rest) {
  return "---\napiVersion: " + api + "\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: " + ns + "}\n" + rest;
}

/// An NLB, a gateway, and a VirtualService with these routes in front of the Service `cart`.
std::string behind_gateway(const std::string& routes, const std::string& more = "") {
  return "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n" +
         object(
             "v1", "Service", "edge", "edge",
             "spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: {istio: edge}, ports: [{name: http2, port: 80, "
             "targetPort: 8080}]}\n") +
         object("apps/v1", "Deployment", "edge", "edge",
                "spec: {selector: {matchLabels: {istio: edge}}, template: {metadata: {labels: {istio: edge}}, spec: {containers: [{name: "
                "istio-proxy}]}}}\n") +
         object("networking.istio.io/v1", "Gateway", "edge", "edge",
                "spec: {selector: {istio: edge}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}\n") +
         object("networking.istio.io/v1", "VirtualService", "shop", "cart",
                "spec: {hosts: [cart.example.com], gateways: [edge/edge]" + routes + "}\n") +
         more;
}

std::string app(const std::string& ports, const std::string& pod_labels = "", const std::string& container = "") {
  return object("v1", "Service", "shop", "cart", "spec: {selector: {app: cart}, ports: " + ports + "}\n") +
         object("apps/v1", "Deployment", "shop", "cart",
                "spec: {selector: {matchLabels: {app: cart}}, template: {metadata: {labels: {app: cart" + pod_labels +
                    "}}, spec: {containers: [{name: cart" + container + "}]}}}\n");
}

std::string tls_rule(const std::string& mode) {
  return object("networking.istio.io/v1", "DestinationRule", "shop", "cart",
                "spec: {host: cart, trafficPolicy: {tls: {mode: " + mode + "}}}\n");
}

std::string peers(const std::string& mode) {
  return object("security.istio.io/v1", "PeerAuthentication", "shop", "all", "spec: {mtls: {mode: " + mode + "}}\n");
}

std::string policy(const std::string& ns, const std::string& spec) {
  return object("security.istio.io/v1", "AuthorizationPolicy", ns, "rules", "spec: {" + spec + "}\n");
}

/// The workload whose spec begins so has no replicas.
std::string stopped(std::string world, const std::string& spec) {
  const std::size_t at = world.find(spec);
  return at == std::string::npos ? world : world.insert(at + std::string_view("spec: {").size(), "replicas: 0, ");
}

/// An ALB in front of the Service `cart`.
std::string behind_alb(const std::string& spec, const std::string& more = "") {
  return "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: alb}\nspec: {controller: ingress.k8s.aws/alb}\n" +
         object("networking.k8s.io/v1", "Ingress", "shop", "cart", "spec: {ingressClassName: alb" + spec + "}\n") + more;
}

/// A Gateway of the Gateway API that istiod serves, with one listener for HTTP.
std::string api_gateway(const std::string& route_spec, const std::string& more) {
  return object("gateway.networking.k8s.io/v1", "Gateway", "shop", "edge",
                "spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}\n") +
         object("gateway.networking.k8s.io/v1", "HTTPRoute", "shop", "cart",
                "spec: {parentRefs: [{name: edge}], hostnames: [cart.example.com]" + route_spec + "}\n") +
         more;
}

/// What no fixture has behind a way from outside.
std::vector<std::string> small_worlds() {
  const std::string http = "[{name: http, port: 80, targetPort: 8080}]";
  const auto to = [](const std::string& destination) { return ", http: [{route: [{destination: {" + destination + "}}]}]"; };
  const std::string partner = object("networking.istio.io/v1", "ServiceEntry", "shop", "partner",
                                     "spec: {hosts: [api.partner.example], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 443, "
                                     "name: tls, protocol: TLS}]}\n");
  const auto backend = [](const std::string& port) { return ", defaultBackend: {service: {name: cart, port: {number: " + port + "}}}"; };
  const std::string nodes = "[{name: http, port: 80, nodePort: 30080}], type: NodePort";
  const std::string lost =
      object("apps/v1", "Deployment", "shop", "other",
             "spec: {selector: {matchLabels: {app: other}}, template: {metadata: {labels: {app: other}}, spec: {containers: "
             "[{name: other}]}}}\n");
  const std::string enrolled =
      "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: way, "
      "istio.io/ingress-use-waypoint: 'true'}}\n";
  return {
      behind_alb(backend("81"), app(nodes)),
      behind_alb(backend("80"), object("v1", "Service", "shop", "cart", "spec: {selector: {app: cart}, ports: " + nodes + "}\n") + lost),
      behind_alb(", rules: []"),
      api_gateway(", rules: []", app(http)),
      api_gateway(", rules: [{backendRefs: [{name: cart, port: 80}]}]",
                  app(http) + enrolled +
                      object("gateway.networking.k8s.io/v1", "Gateway", "shop", "way",
                             "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15009, protocol: HBONE}]}\n")),
      behind_gateway("", app(http)),
      behind_gateway(", http: [{delegate: {name: more, namespace: shop}}]", app(http)),
      behind_gateway(", http: [{name: empty}]", app(http)),
      behind_gateway(to("host: cart, port: {number: 81}"), app(http)),
      behind_gateway(to("host: cart"), app("[]")),
      behind_gateway(to("host: cart"), app("[{name: http, port: 80}, {name: grpc, port: 90}]")),
      behind_gateway(to("host: cart, subset: green"), app(http)),
      behind_gateway(to("host: api.partner.example, port: {number: 444}"), partner),
      behind_gateway(to("host: api.partner.example, port: {number: 443}"), partner),
      behind_gateway(to("host: cart"), app("[{name: http, port: 80, targetPort: web}]", "", ", ports: [{name: http, containerPort: 80}]")),
      behind_gateway(to("host: cart"), app(http) + tls_rule("DISABLE") + peers("STRICT")),
      behind_gateway(to("host: cart"), app(http) + tls_rule("SIMPLE") + peers("STRICT")),
      behind_gateway(to("host: cart"), app(http, ", sidecar.istio.io/inject: 'false'") + tls_rule("ISTIO_MUTUAL")),
      behind_gateway(to("host: cart"), app(http) + tls_rule("ISTIO_MUTUAL") + peers("DISABLE")),
      behind_gateway(to("host: cart"), app(http) + policy("edge", "action: DENY, rules: [{}]")),
      behind_gateway(to("host: cart"), app(http) + policy("shop", "rules: [{from: [{source: {namespaces: [bank]}}]}]")),
      behind_gateway(to("host: cart"),
                     app(http) + tls_rule("DISABLE") + policy("shop", "rules: [{from: [{source: {namespaces: [edge]}}]}]")),
      behind_gateway(to("host: cart"), app(http) + policy("edge", "rules: [{from: [{source: {namespaces: [edge]}}]}]")),
      behind_gateway(", http: [{fault: {abort: {httpStatus: 503, percentage: {value: 100}}}, route: [{destination: {host: cart}}]}]",
                     app(http)),
      stopped(behind_gateway(to("host: cart"), app(http)), "spec: {selector: {matchLabels: {app: cart}}"),
      stopped(behind_gateway(to("host: cart"), app(http)), "spec: {selector: {matchLabels: {istio: edge}}"),
  };
}

const Told* row_for(std::string_view reason) {
  const auto* const row = std::ranges::find_if(table, [&](const Told& one) { return reason.find(one.reason) != std::string_view::npos; });
  return row == std::end(table) ? nullptr : row;
}

bool is_told(const Told& row, const Seen& seen) {
  return std::ranges::any_of(split_list(row.rules, ' '), [&](std::string_view rule) { return seen.rules.contains(rule); });
}

TEST_CASE("whatever breaks a way from outside is told by a rule") {
  AllSeen seen;
  for (const Case& one : all_cases()) {
    Complaints mistakes;
    look_at(one.files, settings_of(one, nullptr, mistakes), one.place, seen);
  }
  Settings plain;
  plain.isolated = true;
  plain.jobs = 1;
  plain.today = "2026-01-01";
  const auto worlds = small_worlds();
  for (std::size_t at = 0; at < worlds.size(); ++at)
    look_at({{std::string(case_root) + "/world.yaml", worlds[at]}}, plain, format("small world {}", at), seen);
  std::set<std::string_view> rows;
  for (const auto& [reason, places] : seen) {
    const Told* row = row_for(reason);
    INFO(reason);
    CHECK(row != nullptr);
    if (row == nullptr) continue;
    rows.insert(row->reason);
    for (const Seen& one : places) {
      std::string found;
      for (const std::string& rule : one.rules) found += rule + " ";
      INFO(one.place << ": " << found);
      CHECK(is_told(*row, one));
      if (std::getenv("HOPLINT_LIST_BROKEN") != nullptr) std::cout << reason << " | " << one.place << " | " << found << "\n";
    }
  }
  for (const Told& row : table) {
    INFO("not seen: " << row.reason);
    CHECK(rows.contains(row.reason));
    for (const std::string_view rule : split_list(row.rules, ' ')) {
      INFO(rule);
      CHECK(std::ranges::find(all_rules(), rule, &RuleEntry::path_id) != all_rules().end());
    }
  }
}

}  // namespace
}  // namespace hop
