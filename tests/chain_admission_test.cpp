// What lets a request in at the pods that take it, and what keeps them from taking any: policies, faults, replicas.

#include "chain/trace.h"
#include "graph/fit.h"
#include "support/catch.h"
#include "support/world.h"

namespace hop {
namespace {

std::string object(const std::string& api, const std::string& kind, const std::string& ns, const std::string& name,
                   const std::string& rest) {
  return "---\napiVersion: " + api + "\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: " + ns + "}\n" + rest;
}

std::string policy(const std::string& ns, const std::string& name, const std::string& spec) {
  return object("security.istio.io/v1", "AuthorizationPolicy", ns, name, "spec: {" + spec + "}\n");
}

std::string network(const std::string& ns, const std::string& spec) {
  return object("networking.k8s.io/v1", "NetworkPolicy", ns, "net", "spec: {" + spec + "}\n");
}

std::string deployment(const std::string& ns, const std::string& name, const std::string& spec, const std::string& pod) {
  return object("apps/v1", "Deployment", ns, name,
                "spec: {" + spec + "template: {metadata: {labels: {app: " + name + "}}, spec: {" + pod + "}}}\n");
}

const std::string edge =
    object("v1", "Service", "edge", "edge",
           "spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: {app: edge}, ports: [{name: http2, port: 80, "
           "targetPort: 8080}]}\n") +
    deployment("edge", "edge", "", "serviceAccountName: edge, containers: [{name: istio-proxy}]") +
    object("networking.istio.io/v1", "Gateway", "edge", "edge",
           "spec: {selector: {app: edge}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}\n");

std::string route(const std::string& more = "") {
  return object("networking.istio.io/v1", "VirtualService", "shop", "cart",
                "spec: {hosts: [cart.example.com], gateways: [edge/edge], http: [{" + more + "route: [{destination: {host: cart}}]}]}\n");
}

const std::string service =
    "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled, team: cart}}\n" +
    object("v1", "Service", "shop", "cart", "spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: 9000}]}\n");
const std::string pods = deployment("shop", "cart", "", "containers: [{name: main, ports: [{name: web, containerPort: 9000}]}]");
const std::string world = edge + service + pods;

/// One word for each chain, and why where it is not "ok".
std::string verdicts(const std::string& manifests, const Request& request) {
  const MemoryWorld memory(manifests);
  const HopGraph hops = build_hops(memory.graph());
  std::string text;
  each_chain(hops, request, [&](const Chain& chain) {
    text += (text.empty() ? "" : "; ") + std::string(to_string(chain.verdict()));
    if (chain.verdict() != Verdict::ok) text += " (" + chain.last().reason + ")";
    return true;
  });
  return text;
}

std::string asked(const std::string& manifests, const std::string& url = "http://cart.example.com/items/1",
                  const std::string& method = "") {
  auto request = parse_request(url);
  REQUIRE(request);
  if (!method.empty()) request->method = method;
  return verdicts(manifests, *request);
}

std::string verdict_of(const std::string& policies, const std::string& url = "http://cart.example.com/items/1") {
  const std::string text = asked(world + route() + policies, url);
  return text.substr(0, text.find(' '));
}

/// Of any request.
std::string open_verdict(const std::string& policies) {
  const std::string text = verdicts(world + route() + policies, {});
  return text.substr(0, text.find(' '));
}

TEST_CASE("texts of which a part is open fit patterns for certain, by chance or not") {
  const auto shown = [](Fit fit) { return std::pair(fit.all, fit.some); };
  const auto of = [&](OpenText text, std::string_view pattern) { return shown(fit_of(text, pattern)); };
  const std::pair yes(Truth::yes, Truth::yes), no(Truth::no, Truth::no), some(Truth::no, Truth::yes);
  CHECK(of({"/a/b"}, "/a/b") == yes);
  CHECK(of({"/a/b"}, "/a*") == yes);
  CHECK(of({"/a/b"}, "*/b") == yes);
  CHECK(of({"/a/b"}, "/a") == no);
  CHECK(of({"/a", false, true}, "/a/b*") == some);
  CHECK(of({"/a/b", false, true}, "/a*") == yes);
  CHECK(of({"/a", false, true}, "/b*") == no);
  CHECK(of({"/a", false, true}, "*.js") == some);
  CHECK(of({"/a", false, true}, "/a") == some);
  CHECK(of({".example.com", true}, "*.example.com") == yes);
  CHECK(of({".example.com", true}, "a.example.com") == some);
  CHECK(of({".example.com", true}, "a.example.org") == no);
  CHECK(of({"", true, true}, "*") == yes);
  CHECK(of({"x", false, false, false}, "x") == std::pair(Truth::unknown, Truth::unknown));
  CHECK(shown(fit_of_path({"/a/1"}, "/b/{*}")) == no);
  CHECK(shown(fit_of_path({"/a/1"}, "/a/{*}")) == std::pair(Truth::unknown, Truth::unknown));
}

TEST_CASE("DENY is asked first, at the gateway's pods and at the application's") {
  CHECK(verdict_of("") == "ok");
  for (const char* ns : {"edge", "shop", "istio-system"}) {
    CHECK(verdict_of(policy(ns, "p", "action: DENY, rules: [{}]")) == "broken");
    CHECK(open_verdict(policy(ns, "p", "action: DENY, rules: [{}]")) == "broken");
  }
  CHECK(verdict_of(policy("other", "p", "action: DENY, rules: [{}]")) == "ok");
  CHECK(verdict_of(policy("shop", "p", "action: DENY, selector: {matchLabels: {app: other}}, rules: [{}]")) == "ok");
  CHECK(verdict_of(policy("shop", "p", "action: DENY, selector: {matchLabels: {app: cart}}, rules: [{}]")) == "broken");
  CHECK(verdict_of(policy("shop", "p", "action: DENY")) == "ok");
  CHECK(verdict_of(policy("shop", "a", "rules: [{}]") + policy("shop", "d", "action: DENY, rules: [{}]")) == "broken");
  CHECK(verdict_of(policy("shop", "p", "action: AUDIT, rules: [{}]")) == "ok");
  CHECK(verdict_of(policy("shop", "p", "action: CUSTOM, provider: {name: ext}, rules: [{}]")) == "unknown");
  CHECK(verdict_of(policy("shop", "p", "action: '${ACTION}', rules: [{}]")) == "unknown");
  CHECK(verdict_of(policy("shop", "p", "action: DENY, selector: {matchLabels: {app: '${APP}'}}, rules: [{}]")) == "unknown");
}

TEST_CASE("the step says which policy refuses, and where") {
  const MemoryWorld memory(world + route() + policy("shop", "closed", "action: DENY, rules: [{to: [{operation: {ports: ['9000']}}]}]"));
  const HopGraph hops = build_hops(memory.graph());
  std::size_t chains = 0;
  each_chain(hops, {}, [&](const Chain& chain) {
    const ChainStep& last = chain.last();
    CHECK(last.reason == "a DENY rule of the AuthorizationPolicy `closed` fits: 403");
    REQUIRE(last.refused_by != nullptr);
    CHECK(last.refused_by->name == "closed");
    CHECK(memory.source_of(last.refused_at).starts_with("{to:"));
    CHECK(last.encryption == Encryption::mtls);
    CHECK(chain.encrypted() != Truth::yes);  // the wire before it is plain: nothing is told of encryption anew
    return ++chains != 0;
  });
  CHECK(chains == 1);
}

TEST_CASE("with an ALLOW policy one rule must fit") {
  const std::string nothing = policy("shop", "deny-all", "");
  CHECK(verdict_of(nothing) == "broken");
  CHECK(open_verdict(nothing) == "broken");
  CHECK(verdict_of(policy("edge", "deny-all", "")) == "broken");
  const auto allowed = [&](const std::string& rule) { return verdict_of(nothing + policy("shop", "some", "rules: [{" + rule + "}]")); };
  CHECK(allowed("") == "ok");
  CHECK(allowed("to: [{operation: {hosts: [CART.example.com]}}]") == "ok");
  CHECK(allowed("to: [{operation: {hosts: [other.example.com]}}]") == "broken");
  CHECK(allowed("to: [{operation: {hosts: ['*.example.com'], methods: [GET], paths: [/items/*], ports: ['9000']}}]") == "ok");
  CHECK(allowed("to: [{operation: {methods: [POST]}}]") == "broken");
  CHECK(allowed("to: [{operation: {methods: [POST]}}, {operation: {notPaths: [/admin*]}}]") == "ok");
  CHECK(allowed("to: [{operation: {ports: ['80']}}]") == "broken");
  CHECK(allowed("to: [{operation: {paths: ['/items/{*}']}}]") == "unknown");
  CHECK(allowed("to: [{operation: {paths: ['${PATH}']}}]") == "unknown");
  CHECK(allowed("when: [{key: request.headers[x], values: [a]}]") == "unknown");
  CHECK(allowed("when: [{key: destination.port, values: ['9000']}]") == "ok");
}

TEST_CASE("callers are told by the certificate of mutual TLS, and by nothing in plain text") {
  const auto from = [&](const std::string& source) { return policy("shop", "p", "rules: [{from: [{source: {" + source + "}}]}]"); };
  const auto verdict = [&](const std::string& source) { return verdict_of(from(source)); };
  CHECK(verdict("principals: [cluster.local/ns/edge/sa/edge]") == "ok");
  CHECK(verdict("principals: [cluster.local/ns/edge/sa/other]") == "broken");
  CHECK(verdict("principals: ['*/sa/edge']") == "ok");
  CHECK(verdict("principals: ['cluster.local/ns/shop/*']") == "broken");
  CHECK(verdict("principals: ['*']") == "ok");
  CHECK(verdict("principals: [their.domain/ns/edge/sa/edge]") == "unknown");
  CHECK(verdict("namespaces: ['ed*']") == "ok");
  CHECK(verdict("namespaces: [shop]") == "broken");
  CHECK(verdict("notNamespaces: [edge]") == "broken");
  CHECK(verdict("serviceAccounts: [edge/edge]") == "ok");
  CHECK(verdict("serviceAccounts: [edge]") == "broken");
  CHECK(verdict("ipBlocks: [10.0.0.0/8]") == "unknown");
  CHECK(verdict("requestPrincipals: ['*']") == "unknown");
  const std::string plain =
      object("networking.istio.io/v1", "DestinationRule", "shop", "cart", "spec: {host: cart, trafficPolicy: {tls: {mode: DISABLE}}}\n");
  CHECK(verdict_of(plain + from("principals: ['*']")) == "broken");
  CHECK(verdict_of(plain + from("notNamespaces: [shop]")) == "ok");
  CHECK(verdict_of(policy("edge", "p", "rules: [{from: [{source: {namespaces: [edge]}}]}]")) == "broken");
}

TEST_CASE("an open request is let in where one of its kind may be") {
  const auto denied = [&](const std::string& rule) { return open_verdict(policy("edge", "p", "action: DENY, rules: [{" + rule + "}]")); };
  CHECK(denied("to: [{operation: {paths: [/admin*]}}]") == "ok");
  CHECK(denied("to: [{operation: {methods: [POST]}}]") == "ok");
  CHECK(denied("from: [{source: {notRequestPrincipals: ['*']}}]") == "ok");
  CHECK(denied("from: [{source: {notRemoteIpBlocks: [192.0.2.0/24]}}]") == "ok");
  CHECK(denied("from: [{source: {notIpBlocks: [192.0.2.0/24]}}]") == "unknown");
  // The gateway sees the host before the route tells which it is.
  CHECK(denied("to: [{operation: {hosts: [cart.example.com]}}]") == "broken");
  CHECK(open_verdict(policy("edge", "p", "rules: [{to: [{operation: {hosts: [other.example.com]}}]}]")) == "broken");
  CHECK(open_verdict(policy("shop", "p", "rules: [{to: [{operation: {paths: [/items*]}}]}]")) == "ok");
}

TEST_CASE("pods see what a route has made of the request, gateways what the client sent") {
  const auto rewritten = [&](const std::string& policies, const std::string& rewrite) {
    const std::string text = asked(world + route("match: [{uri: {prefix: /items}}], rewrite: {" + rewrite + "}, ") + policies);
    return text.substr(0, text.find(' '));
  };
  const auto only = [&](const std::string& ns, const std::string& operation) {
    return policy(ns, "p", "rules: [{to: [{operation: {" + operation + "}}]}]");
  };
  CHECK(rewritten(only("shop", "paths: [/v2/1]"), "uri: /v2") == "ok");
  CHECK(rewritten(only("shop", "paths: [/items/1]"), "uri: /v2") == "broken");
  CHECK(rewritten(only("edge", "paths: [/items/1]"), "uri: /v2") == "ok");
  CHECK(rewritten(only("shop", "hosts: [inner.example.com]"), "authority: inner.example.com") == "ok");
  CHECK(rewritten(only("shop", "paths: [/v2/1]"), "uriRegexRewrite: {match: a, rewrite: b}") == "unknown");
}

TEST_CASE("who has no proxy enforces nothing, and a port that is not HTTP has no paths") {
  const std::string bare =
      edge + service + route() +
      object("apps/v1", "Deployment", "shop", "cart",
             "spec: {template: {metadata: {labels: {app: cart, sidecar.istio.io/inject: 'false'}}, spec: {containers: [{name: main}]}}}\n");
  CHECK(asked(bare + policy("shop", "p", "action: DENY, rules: [{}]")) == "ok");
  const std::string tcp =
      edge + pods + route() + service.substr(0, service.find("---\napiVersion: v1\nkind: Service")) +
      object("v1", "Service", "shop", "cart", "spec: {selector: {app: cart}, ports: [{name: tcp, port: 80, targetPort: 9000}]}\n");
  CHECK(asked(tcp + policy("shop", "p", "rules: [{to: [{operation: {paths: ['*']}}]}, {to: [{operation: {ports: ['1']}}]}]"))
            .starts_with("broken"));
  CHECK(asked(tcp + policy("shop", "p", "action: DENY, rules: [{to: [{operation: {methods: [POST]}}]}]")).starts_with("broken"));
}

TEST_CASE("whether a NetworkPolicy is enforced is not known: what it does not let in is in doubt") {
  CHECK(verdict_of(network("shop", "podSelector: {}, policyTypes: [Ingress]")) == "unknown");
  CHECK(verdict_of(network("shop", "podSelector: {matchLabels: {app: other}}")) == "ok");
  CHECK(verdict_of(network("shop", "podSelector: {}, policyTypes: [Egress]")) == "ok");
  const auto lets = [&](const std::string& rule) { return verdict_of(network("shop", "podSelector: {}, ingress: [{" + rule + "}]")); };
  const std::string edge_ns = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}";
  CHECK(lets("") == "ok");
  CHECK(lets("from: [{" + edge_ns + "}]") == "ok");
  CHECK(lets("from: [{" + edge_ns + ", podSelector: {matchLabels: {app: edge}}}]") == "ok");
  CHECK(lets("from: [{podSelector: {matchLabels: {app: edge}}}]") == "unknown");
  CHECK(lets("from: [{" + edge_ns + "}], ports: [{port: 9000}]") == "ok");
  CHECK(lets("ports: [{port: web}]") == "ok");
  CHECK(lets("ports: [{port: 8000, endPort: 9500}]") == "ok");
  CHECK(lets("ports: [{port: 80}]") == "unknown");
  CHECK(verdict_of(network("edge", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]")) == "ok");
  CHECK(verdict_of(network("edge", "podSelector: {}, ingress: [{from: [{podSelector: {}}]}]")) == "unknown");
}

TEST_CASE("no replicas take no request, unless something else says how many there are") {
  const auto scaled = [&](const std::string& spec, const std::string& more = "") {
    return asked(edge + service + route() + deployment("shop", "cart", spec, "containers: [{name: main}]") + more);
  };
  CHECK(scaled("replicas: 1, ") == "ok");
  CHECK(scaled("replicas: 0, ") == "broken (no pods: `replicas` is 0)");
  CHECK(scaled("replicas: '${N}', ") == "ok");
  const std::string target = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart}";
  CHECK(scaled("replicas: 0, ", object("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "cart", "spec: {" + target + "}\n"))
            .starts_with("unknown"));
  CHECK(scaled("replicas: 0, ", object("keda.sh/v1alpha1", "ScaledObject", "shop", "cart", "spec: {" + target + "}\n"))
            .starts_with("unknown"));
  const std::string other = object("apps/v1", "Deployment", "shop", "cart2",
                                   "spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: main}]}}}\n");
  CHECK(scaled("replicas: 0, ", other) == "ok");
}

TEST_CASE("a fault for every request leaves nothing to the destination") {
  const auto faulty = [&](const std::string& abort) { return asked(world + route("fault: {abort: {" + abort + "}}, ")); };
  CHECK(faulty("httpStatus: 503, percentage: {value: 100}") == "broken (the route's fault answers every request with an error)");
  CHECK(faulty("httpStatus: 503, percent: 100").starts_with("broken"));
  CHECK(faulty("httpStatus: 503, percentage: {value: 99.9}") == "ok");
  CHECK(faulty("httpStatus: 503") == "ok");
  CHECK(faulty("httpStatus: 503, percentage: {value: '${SHARE}'}").starts_with("unknown"));
}

}  // namespace
}  // namespace hop
