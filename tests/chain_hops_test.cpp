// Hops and their links, each in a small world of its own: what is sent over them, and where they end.

#include "chain/trace.h"
#include "support/catch.h"
#include "support/world.h"

namespace hop {
namespace {

std::string object(const std::string& api, const std::string& kind, const std::string& ns, const std::string& name,
                   const std::string& rest) {
  return "---\napiVersion: " + api + "\nkind: " + kind + "\nmetadata: {name: " + name + (ns.empty() ? "" : ", namespace: " + ns) + "}\n" +
         rest;
}

std::string ns(const std::string& name, const std::string& labels) {
  return "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", labels: {" + labels + "}}\n";
}
const std::string sidecars = ns("shop", "istio-injection: enabled");
const std::string ambient = ns("shop", "istio.io/dataplane-mode: ambient");

/// A Service with its pods.
std::string app(const std::string& name, const std::string& ports = "[{name: http, port: 80, targetPort: 8080}]",
                const std::string& pod = "", const std::string& namespace_ = "shop") {
  return object("v1", "Service", namespace_, name, "spec: {selector: {app: " + name + "}, ports: " + ports + "}\n") +
         object("apps/v1", "Deployment", namespace_, name,
                "spec: {template: {metadata: {labels: {app: " + name + "}" + pod + "}, spec: {containers: [{name: main}]}}}\n");
}

std::string rule(const std::string& host, const std::string& spec, const std::string& namespace_ = "shop") {
  return object("networking.istio.io/v1", "DestinationRule", namespace_, "rule" + std::to_string(host.size() + spec.size()),
                "spec: {host: '" + host + "', " + spec + "}\n");
}
std::string tls(const std::string& mode) { return "trafficPolicy: {tls: {mode: " + mode + "}}"; }

std::string peers(const std::string& spec, const std::string& namespace_ = "shop") {
  return object("security.istio.io/v1", "PeerAuthentication", namespace_, "peers" + std::to_string(spec.size()), "spec: {" + spec + "}\n");
}
const std::string strict = peers("mtls: {mode: STRICT}", "istio-system");

std::string routes(const std::string& spec, const std::string& name = "routes") {
  return object("networking.istio.io/v1", "VirtualService", "shop", name, "spec:\n" + spec);
}

/// One line for each chain: what its wires carry, and how it ends.
std::string shown(const HopGraph& hops, const Request& request) {
  std::string text;
  each_chain(hops, request, [&](const Chain& chain) {
    std::string line;
    for (const ChainStep& step : chain.steps) {
      if (step.wire) line += (line.empty() ? "" : " ") + std::string(to_string(step.encryption));
    }
    const ChainStep& last = chain.last();
    line += line.empty() ? "" : " ";
    line += chain.verdict() == Verdict::ok ? "ok" : std::string(to_string(chain.verdict())) + " (" + last.reason + ")";
    if (last.hop != nullptr) line += " " + last.hop->label;
    if (chain.mirror) line += " [copy]";
    text += line + "\n";
    return true;
  });
  return text;
}

Request request_for(const std::string& url) {
  const auto parsed = parse_request(url);
  REQUIRE(parsed);
  return *parsed;
}

std::string from_outside(const std::string& manifests, const std::string& url) {
  const MemoryWorld world(manifests);
  return shown(build_hops(world.graph()), request_for(url));
}

/// From the pods of `client` in namespace shop.
std::string inside(const std::string& manifests, const std::string& url = "http://cart.shop.svc.cluster.local") {
  const MemoryWorld world(manifests);
  const Workload caller(world.at(Kind::deployment, "client"));
  Request request = request_for(url);
  if (!request.port) request.port = 80;
  return shown(build_hops_from(world.graph(), caller), request);
}

const std::string mesh = sidecars + app("client") + app("cart") + object("v1", "Secret", "shop", "c", "type: kubernetes.io/tls\n");

TEST_CASE("between sidecars mTLS comes by itself, whatever the pods would take") {
  CHECK(inside(mesh) == "mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(mesh + strict) == "mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(mesh + peers("mtls: {mode: PERMISSIVE}")) == "mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(mesh + peers("mtls: {mode: DISABLE}")) == "plaintext ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("pods without proxy are sent plain text, and pods without proxy send it") {
  const std::string out = ", annotations: {sidecar.istio.io/inject: 'false'}";
  CHECK(inside(sidecars + app("client") + app("cart", "[{name: http, port: 80}]", out)) ==
        "plaintext ok Deployment shop/cart (no proxy)\n");
  CHECK(inside(sidecars + app("client", "[]", out) + app("cart")) == "plaintext ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(sidecars + app("client", "[]", out) + app("cart") + strict).starts_with("plaintext broken"));
}

TEST_CASE("DISABLE sends plain text, which STRICT refuses") {
  CHECK(inside(mesh + rule("cart", tls("DISABLE"))) == "plaintext ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(mesh + rule("cart", tls("DISABLE")) + strict) ==
        "plaintext broken (a DestinationRule turns TLS off, and the pods take mTLS only) Deployment shop/cart (sidecar)\n");
}

TEST_CASE("SIMPLE is not the mesh's mTLS; MUTUAL may be") {
  CHECK(inside(mesh + rule("cart", tls("SIMPLE"))) == "tls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(mesh + rule("cart", tls("SIMPLE")) + strict).starts_with("tls broken"));
  CHECK(inside(mesh + rule("cart", tls("MUTUAL")) + strict).starts_with("unknown unknown"));
}

TEST_CASE("ISTIO_MUTUAL needs pods that take it") {
  CHECK(inside(mesh + rule("cart", tls("ISTIO_MUTUAL")) + strict) == "mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(mesh + rule("cart", tls("ISTIO_MUTUAL")) + peers("mtls: {mode: DISABLE}")).starts_with("mtls broken"));
  const std::string out = ", annotations: {sidecar.istio.io/inject: 'false'}";
  CHECK(inside(sidecars + app("client") + app("cart", "[{name: http, port: 80}]", out) + rule("cart", tls("ISTIO_MUTUAL")))
            .starts_with("mtls broken"));
}

TEST_CASE("the mode of a port stands before that of its pods, and only there") {
  const std::string two = sidecars + app("client") + app("cart", "[{name: http, port: 80, targetPort: 8080}, {name: grpc, port: 90}]");
  const std::string modes = peers("selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}");
  CHECK(inside(two + modes) == "plaintext ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(two + modes, "http://cart.shop.svc.cluster.local:90") == "mtls ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("an excluded inbound port has no proxy in front") {
  const std::string excluded = ", annotations: {traffic.sidecar.istio.io/excludeInboundPorts: '8080'}";
  CHECK(inside(sidecars + app("client") + app("cart", "[{name: http, port: 80, targetPort: 8080}]", excluded) + strict) ==
        "plaintext ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("settings of a port stand for all of a DestinationRule's there") {
  const std::string spec = "trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, portLevelSettings: [{port: {number: 80}, tls: {mode: DISABLE}}]}";
  CHECK(inside(mesh + rule("cart", spec)) == "plaintext ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("a rule of the client's namespace stands before the Service's, even one for a wildcard") {
  const std::string other = ns("bank", "istio-injection: enabled") + app("pay", "[{name: http, port: 80}]", "", "bank");
  const std::string url = "http://pay.bank.svc.cluster.local";
  const std::string theirs = rule("pay", tls("DISABLE"), "bank");
  CHECK(inside(mesh + other + theirs, url) == "plaintext ok Deployment bank/pay (sidecar)\n");
  CHECK(inside(mesh + other + theirs + rule("*.bank.svc.cluster.local", tls("ISTIO_MUTUAL")), url) ==
        "mtls ok Deployment bank/pay (sidecar)\n");
}

TEST_CASE("subsets narrow the pods, and one that nobody defines loses the request") {
  const std::string pods =
      app("cart") + object("apps/v1", "Deployment", "shop", "cart-green",
                           "spec: {template: {metadata: {labels: {app: cart, track: green}}, spec: {containers: [{name: m}]}}}\n");
  const std::string to = routes("  hosts: [cart]\n  http:\n  - route: [{destination: {host: cart, subset: green}}]\n");
  const std::string subsets = rule("cart", "subsets: [{name: green, labels: {track: green}, " + tls("DISABLE") + "}]");
  CHECK(inside(sidecars + app("client") + pods + to + subsets) == "plaintext ok Deployment shop/cart-green (sidecar)\n");
  CHECK(inside(sidecars + app("client") + pods + to + rule("cart", "subsets: [{name: blue, labels: {track: green}}]")) ==
        "broken (no DestinationRule defines the subset `green`) Service shop/cart:80 subset green\n");
}

TEST_CASE("a Service whose selector finds machines only leads out of the cluster; one that finds nobody loses the request") {
  const std::string till = object("v1", "Service", "shop", "cart", "spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}\n");
  const std::string machine =
      object("networking.istio.io/v1", "WorkloadEntry", "shop", "cart-1", "spec: {address: 10.0.0.7, labels: {app: APP}}\n");
  const auto selected = [&](const std::string& name) {
    std::string text = machine;
    text.replace(text.find("APP"), 3, name);
    return inside(sidecars + app("client") + till + text);
  };
  CHECK(selected("cart").find("unknown (the Service leads to machines outside of the cluster)") != std::string::npos);
  CHECK(selected("other").find("broken (the Service selects no pods)") != std::string::npos);
}

TEST_CASE("weights share the requests, a weight of nothing gets none, mirrors get copies") {
  const std::string world = mesh + app("next") + app("watch");
  const auto with = [&](const std::string& weights) {
    return inside(world +
                  routes("  hosts: [cart]\n  http:\n  - mirror: {host: watch}\n    route:\n    - {destination: {host: cart}, weight: " +
                         weights.substr(0, weights.find('/')) +
                         "}\n    - {destination: {host: next}, weight: " + weights.substr(weights.find('/') + 1) + "}\n"));
  };
  const std::string copy = "mtls ok Deployment shop/watch (sidecar) [copy]\n";
  CHECK(with("90/10") == "mtls ok Deployment shop/cart (sidecar)\nmtls ok Deployment shop/next (sidecar)\n" + copy);
  CHECK(with("100/0") == "mtls ok Deployment shop/cart (sidecar)\n" + copy);
}

TEST_CASE("routes are tried in order, and delegates carry them on") {
  const std::string world = mesh + app("next");
  const std::string root = routes(
      "  hosts: [cart]\n  http:\n  - match: [{uri: {prefix: /next}}]\n    delegate: {name: more}\n"
      "  - route: [{destination: {host: cart}}]\n");
  const std::string more = routes("  http:\n  - route: [{destination: {host: next}}]\n", "more");
  const std::string url = "http://cart.shop.svc.cluster.local/next/1";
  CHECK(inside(world + root + more, url) == "mtls ok Deployment shop/next (sidecar)\n");
  CHECK(inside(world + root + more) == "mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(world + root + routes("  hosts: [x.example.com]\n  http:\n  - route: [{destination: {host: next}}]\n", "mor"), url)
            .starts_with("broken (the VirtualService `more` that the route delegates to does not exist)"));
}

TEST_CASE("a match asks for the port of the Service") {
  const auto asked = [&](const std::string& port) {
    const std::string world = mesh + app("next");
    return inside(world + routes("  hosts: [cart]\n  http:\n  - match: [{port: " + port +
                                 "}]\n    route: [{destination: {host: next}}]\n  - route: [{destination: {host: cart}}]\n"));
  };
  CHECK(asked("80") == "mtls ok Deployment shop/next (sidecar)\n");
  CHECK(asked("8080") == "mtls ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("what may or may not take a request proves nothing") {
  const std::string may = "  hosts: [cart]\n  http:\n  - match: [{sourceLabels: {app: other}}]\n    route: [{destination: {host: cart}}]\n";
  CHECK(inside(mesh + routes(may)) ==
        "mtls ok Deployment shop/cart (sidecar)\n"
        "unknown (that depends on where it comes from; otherwise no route of the VirtualService takes the request: it gets 404)\n");
  CHECK(inside(mesh + routes(may + "  - route: [{destination: {host: cart}}]\n")) ==
        "mtls ok Deployment shop/cart (sidecar)\nmtls ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("a VirtualService takes what is sent to a Service over HTTP, and nothing else") {
  const std::string world = sidecars + app("client") + app("cart", "[{name: http, port: 80}, {name: tcp, port: 90}]") + app("next") +
                            routes("  hosts: [cart]\n  http:\n  - route: [{destination: {host: next}}]\n");
  CHECK(inside(world) == "mtls ok Deployment shop/next (sidecar)\n");
  CHECK(inside(world, "http://cart.shop.svc.cluster.local:90") == "mtls ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("a Sidecar hides what it does not import") {
  const std::string scope =
      object("networking.istio.io/v1", "Sidecar", "shop", "default", "spec: {egress: [{hosts: ['istio-system/*']}]}\n");
  INFO(inside(mesh + scope));
  CHECK(inside(mesh + scope).starts_with("broken (no Service, VirtualService or ServiceEntry has the host)"));
}

const std::string partner =
    object("networking.istio.io/v1", "ServiceEntry", "shop", "partner",
           "spec: {hosts: [api.partner.example], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 80, name: "
           "http, protocol: HTTP, targetPort: 443}, {number: 443, name: tls, protocol: TLS}]}\n");

TEST_CASE("a host outside gets what the application sends, or TLS that a DestinationRule opens") {
  const std::string url = "http://api.partner.example";
  CHECK(inside(mesh + partner, url) == "plaintext ok ServiceEntry api.partner.example\n");
  CHECK(inside(mesh + partner, url + ":443") == "tls ok ServiceEntry api.partner.example\n");
  CHECK(inside(mesh + partner + rule("api.partner.example", tls("SIMPLE")), url) == "tls ok ServiceEntry api.partner.example\n");
  const std::string port = "trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}";
  CHECK(inside(mesh + partner + rule("api.partner.example", port), url) == "tls ok ServiceEntry api.partner.example\n");
}

std::string waypoint(const std::string& name = "waypoint") {
  return object("gateway.networking.k8s.io/v1", "Gateway", "shop", name,
                "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}\n");
}
const std::string enrolled = ns("shop", "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint");

TEST_CASE("in ambient mode the tunnel is mutual TLS; DISABLE and DestinationRules do not change that") {
  CHECK(inside(ambient + app("client") + app("cart")) == "mtls ok Deployment shop/cart (ambient)\n");
  CHECK(inside(ambient + app("client") + app("cart") + peers("mtls: {mode: DISABLE}")) == "mtls ok Deployment shop/cart (ambient)\n");
  CHECK(inside(ambient + app("client") + app("cart") + rule("cart", tls("DISABLE")) + strict) ==
        "mtls ok Deployment shop/cart (ambient)\n");
}

TEST_CASE("a waypoint stands between, with the routes of its Services") {
  const std::string world = enrolled + waypoint() + app("client") + app("cart") + app("next");
  CHECK(inside(world) == "mtls mtls ok Deployment shop/cart (ambient)\n");
  const std::string route = object(
      "gateway.networking.k8s.io/v1", "HTTPRoute", "shop", "cart",
      "spec: {parentRefs: [{group: '', kind: Service, name: cart}], rules: [{matches: [{path: {value: /next}}], backendRefs: [{name: "
      "next, port: 80}]}, {backendRefs: [{name: cart, port: 80}]}]}\n");
  CHECK(inside(world + route, "http://cart.shop.svc.cluster.local/next") == "mtls mtls ok Deployment shop/next (ambient)\n");
  CHECK(inside(world + route, "http://cart.shop.svc.cluster.local/") == "mtls mtls ok Deployment shop/cart (ambient)\n");
  // One that does not exist is left out.
  CHECK(inside(enrolled + waypoint("way") + app("client") + app("cart")) == "mtls ok Deployment shop/cart (ambient)\n");
}

std::string nlb(const std::string& annotations, const std::string& ports = "[{name: https, port: 443}]") {
  return "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: edge\n  namespace: shop\n  annotations: {" + annotations +
         "}\nspec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: {istio: edge}, ports: " + ports + "}\n" +
         object("apps/v1", "Deployment", "shop", "edge",
                "spec: {template: {metadata: {labels: {istio: edge}}, spec: {containers: [{name: istio-proxy}]}}}\n");
}
std::string gateway(const std::string& servers) {
  return object("networking.istio.io/v1", "Gateway", "shop", "edge", "spec:\n  selector: {istio: edge}\n  servers:\n" + servers);
}
const std::string to_cart = routes("  hosts: [cart.example.com]\n  gateways: [edge]\n  http:\n  - route: [{destination: {host: cart}}]\n");
const std::string url = "https://cart.example.com";
const std::string ends_tls = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert: 'arn:aws:acm:eu-west-1:1:certificate/x'";
const std::string https =
    "  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*.example.com'], tls: {mode: SIMPLE, credentialName: c}}\n";
const std::string any_https =
    "  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*'], tls: {mode: SIMPLE, credentialName: c}}\n";
const std::string plain = "  - {port: {number: 443, name: http, protocol: HTTP}, hosts: ['*.example.com']}\n";

TEST_CASE("an NLB that passes TLS on: the server sees the client's own") {
  const std::string world = mesh + to_cart + nlb("a: b");
  CHECK(from_outside(world + gateway(https), url) == "tls tls mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(from_outside(world + gateway(plain), url).find("broken") != std::string::npos);
  CHECK(from_outside(world + gateway(plain), "http://cart.example.com:443") ==
        "plaintext plaintext mtls ok Deployment shop/cart (sidecar)\n");
}

TEST_CASE("of many servers and VirtualServices of a gateway a host finds its own") {
  std::string servers, world = mesh + nlb("a: b", "[{name: http, port: 80}]");
  const auto add = [&](const std::string& host, const std::string& answer) {
    servers += "  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['" + host + "']}\n";
    world +=
        routes("  hosts: ['" + host + "']\n  gateways: [edge]\n  http:\n  - directResponse: {status: " + answer + "}\n", "for" + answer);
  };
  for (int i = 0; i < 40; ++i) add("h" + std::to_string(i) + ".example.com", std::to_string(200 + i));
  add("*.far.example.com", "300");
  add("H.far.example.com", "301");
  world += gateway(servers);
  const auto answer = [&](const std::string& host) { return from_outside(world, "http://" + host); };
  CHECK(answer("h0.example.com") == "plaintext plaintext ok response 200\n");
  CHECK(answer("h39.example.com") == "plaintext plaintext ok response 239\n");
  CHECK(answer("H7.example.com") == "plaintext plaintext ok response 207\n");
  CHECK(answer("a.far.example.com") == "plaintext plaintext ok response 300\n");
  CHECK(answer("h.far.example.com") == "plaintext plaintext ok response 301\n");
  CHECK(answer("h40.example.com").find("broken (no Gateway server on this port has the host)") != std::string::npos);
}

TEST_CASE("at a gateway a match asks for the port of the server") {
  const auto asked = [&](const std::string& port) {
    return from_outside(mesh + nlb("a: b") + gateway(https) +
                            routes("  hosts: [cart.example.com]\n  gateways: [edge]\n  http:\n  - match: [{uri: {prefix: /}, port: " +
                                   port + "}]\n    route: [{destination: {host: cart}}]\n"),
                        url);
  };
  CHECK(asked("443") == "tls tls mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(asked("8443").ends_with("broken (no route of the VirtualService takes the request: it gets 404)\n"));
}

TEST_CASE("an NLB that ends TLS goes on in plain text, or with a session without server name") {
  const std::string plain_on = mesh + to_cart + nlb(ends_tls);
  CHECK(from_outside(plain_on + gateway(plain), url) == "tls plaintext mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(from_outside(plain_on + gateway(https), url).find("broken (plain text to a port where the gateway expects TLS)") !=
        std::string::npos);
  const std::string again = mesh + to_cart + nlb(ends_tls + ", service.beta.kubernetes.io/aws-load-balancer-backend-protocol: ssl");
  CHECK(from_outside(again + gateway(any_https), url) == "tls tls mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(from_outside(again + gateway(https), url).find("no server name is sent") != std::string::npos);
}

TEST_CASE("nothing tells a gateway behind an NLB that ends TLS that the client used it") {
  const std::string redirects = "  - {port: {number: 443, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}\n";
  const std::string trusts = object("v1", "ConfigMap", "istio-system", "istio",
                                    "data:\n  mesh: |\n    defaultConfig: {gatewayTopology: {numTrustedProxies: 1}}\n");
  CHECK(from_outside(mesh + to_cart + nlb(ends_tls) + gateway(redirects) + trusts, url).find("broken (redirects to https") !=
        std::string::npos);
}

TEST_CASE("a server that passes TLS on routes by server name, and the pods get the client's TLS inside mTLS") {
  const std::string through = "  - {port: {number: 443, name: tls, protocol: TLS}, hosts: ['*.example.com'], tls: {mode: PASSTHROUGH}}\n";
  const std::string by_name = routes(
      "  hosts: [cart.example.com]\n  gateways: [edge]\n  tls:\n  - match: [{port: 443, sniHosts: [cart.example.com]}]\n"
      "    route: [{destination: {host: cart}}]\n");
  const std::string out = ", annotations: {sidecar.istio.io/inject: 'false'}";
  const std::string bare = sidecars + app("cart", "[{name: web, port: 443}]", out);
  CHECK(from_outside(bare + by_name + nlb("a: b") + gateway(through), url) == "tls tls tls ok Deployment shop/cart (no proxy)\n");
  CHECK(from_outside(mesh + by_name + nlb("a: b") + gateway(through), url) == "tls tls mtls ok Deployment shop/cart (sidecar)\n");
}

std::string api_gateway(const std::string& spec) {
  return object("gateway.networking.k8s.io/v1", "Gateway", "shop", "front", "spec:\n  gatewayClassName: istio\n  listeners:\n" + spec);
}
std::string api_route(const std::string& name, const std::string& rules, const std::string& ns = "shop") {
  return object("gateway.networking.k8s.io/v1", "HTTPRoute", ns, name,
                "spec:\n  parentRefs: [{name: front, namespace: shop}]\n  hostnames: [cart.example.com]\n  rules:\n" + rules);
}
const std::string api_http = "  - {name: http, port: 80, protocol: HTTP}\n";

TEST_CASE("a Gateway of the Gateway API is reached by the Service that Istio makes for it") {
  const std::string world = mesh + api_route("cart", "  - backendRefs: [{name: cart, port: 80}]\n");
  CHECK(from_outside(world + api_gateway(api_http), "http://cart.example.com") ==
        "plaintext plaintext mtls ok Deployment shop/cart (sidecar)\n");
  const std::string secure = "  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}\n";
  CHECK(from_outside(world + api_gateway(secure), url) == "tls tls mtls ok Deployment shop/cart (sidecar)\n");
  const std::string annotated =
      "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\n  namespace: shop\n"
      "  annotations: {networking.istio.io/service-type: ClusterIP}\nspec:\n  gatewayClassName: istio\n  listeners:\n" +
      api_http;
  CHECK(from_outside(world + annotated, "http://cart.example.com").empty());
}

TEST_CASE("of the Gateway API's rules the closest path goes first, over all routes of a listener") {
  const std::string world =
      mesh + app("next") + app("exact") + api_gateway(api_http) +
      api_route("cart",
                "  - {matches: [{path: {value: /}}], backendRefs: [{name: cart, port: 80}]}\n"
                "  - {matches: [{path: {value: /next}}], backendRefs: [{name: next, port: 80}]}\n") +
      api_route("other", "  - {matches: [{path: {type: Exact, value: /next/one}}], backendRefs: [{name: exact, port: 80}]}\n");
  const std::string end = "plaintext plaintext mtls ok Deployment shop/";
  CHECK(from_outside(world, "http://cart.example.com/a") == end + "cart (sidecar)\n");
  CHECK(from_outside(world, "http://cart.example.com/next/two") == end + "next (sidecar)\n");
  CHECK(from_outside(world, "http://cart.example.com/next/one") == end + "exact (sidecar)\n");
}

TEST_CASE("a backend in another namespace needs its leave") {
  const std::string world = mesh + api_gateway("  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}\n") +
                            ns("web", "a: b") + api_route("cart", "  - backendRefs: [{name: cart, namespace: shop, port: 80}]\n", "web");
  CHECK(from_outside(world, "http://cart.example.com").find("no ReferenceGrant in namespace `shop` allows it") != std::string::npos);
  const std::string grant =
      object("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "shop", "web",
             "spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web}], to: [{group: '', kind: Service}]}\n");
  CHECK(from_outside(world + grant, "http://cart.example.com").ends_with("ok Deployment shop/cart (sidecar)\n"));
}

TEST_CASE("a load balancer in front of the pods themselves") {
  const std::string direct =
      "---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: shop}\nspec: {type: LoadBalancer, "
      "selector: {app: cart}, ports: [{name: https, port: 443, targetPort: 8443}]}\n";
  CHECK(from_outside(mesh + direct, url) == "tls tls ok Deployment shop/cart (sidecar)\n");
  CHECK(from_outside(mesh + direct + strict, url).find("broken") != std::string::npos);
}

TEST_CASE("plain HTTP to a port that says it speaks TLS arrives in doubt, to a host outside not at all") {
  const std::string outside =
      routes("  hosts: [cart]\n  http:\n  - route: [{destination: {host: api.partner.example, port: {number: 443}}}]\n");
  CHECK(inside(mesh + partner + outside) ==
        "plaintext broken (plain HTTP to a port of the host that expects TLS) ServiceEntry api.partner.example\n");
  CHECK(inside(mesh + partner + outside + rule("api.partner.example", tls("SIMPLE"))) == "tls ok ServiceEntry api.partner.example\n");
  const std::string secure = sidecars + app("client") + app("cart") + app("safe", "[{name: https, port: 443, targetPort: 8443}]") +
                             routes("  hosts: [cart]\n  http:\n  - route: [{destination: {host: safe}}]\n");
  CHECK(inside(secure) == "mtls unknown (plain HTTP inside, to a port that says it speaks TLS) Deployment shop/safe (sidecar)\n");
  CHECK(inside(secure + rule("safe", tls("SIMPLE"))) == "tls ok Deployment shop/safe (sidecar)\n");
}

TEST_CASE("a port of a host outside that its entry does not have loses the request") {
  const std::string to = routes("  hosts: [cart]\n  http:\n  - route: [{destination: {host: api.partner.example, port: {number: 444}}}]\n");
  CHECK(inside(mesh + partner + to).find("broken (the ServiceEntry has no port 444)") != std::string::npos);
}

TEST_CASE("a named target port is looked up in the pods") {
  const std::string pods = object("apps/v1", "Deployment", "shop", "cart",
                                  "spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: main, ports: [{name: web, "
                                  "containerPort: 8080}]}]}}}\n");
  const auto service = [](const std::string& target) {
    return object("v1", "Service", "shop", "cart",
                  "spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: " + target + "}]}\n");
  };
  CHECK(inside(sidecars + app("client") + pods + service("web")) == "mtls ok Deployment shop/cart (sidecar)\n");
  CHECK(inside(sidecars + app("client") + pods + service("wbe")).find("broken (no container of the pods has a port named `wbe`)") !=
        std::string::npos);
}

TEST_CASE("a waypoint takes the tunnel only, and a route for one port of a Service only that") {
  const std::string world = enrolled + app("client") + app("cart") + app("next");
  const std::string closed = object("gateway.networking.k8s.io/v1", "Gateway", "shop", "waypoint",
                                    "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15009, protocol: HBONE}]}\n");
  CHECK(inside(world + closed).find("broken (the waypoint has no listener for HBONE on port") != std::string::npos);
  const auto route = [](const std::string& port) {
    return object("gateway.networking.k8s.io/v1", "HTTPRoute", "shop", "cart",
                  "spec: {parentRefs: [{group: '', kind: Service, name: cart, port: " + port +
                      "}], rules: [{backendRefs: [{name: next, port: 80}]}]}\n");
  };
  CHECK(inside(world + waypoint() + route("80")) == "mtls mtls ok Deployment shop/next (ambient)\n");
  CHECK(inside(world + waypoint() + route("81")) == "mtls mtls ok Deployment shop/cart (ambient)\n");
}

}  // namespace
}  // namespace hop
