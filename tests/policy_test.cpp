// `policy:` of the configuration, judged over chains.

#include <map>
#include <string>

#include "engine/chain_policy.h"
#include "engine/lint.h"
#include "support/catch.h"
#include "text/file_system.h"

namespace hop {
namespace {

/// An ALB in front of an application, in plain text unless its pods take TLS; `scheme` is the load balancer's.
std::string estate(const std::string& scheme, const std::string& protocol, const std::string& listeners = "[{\"HTTPS\":443}]") {
  return R"(apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: alb}
spec: {controller: ingress.k8s.aws/alb}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cart
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/scheme: )" +
         scheme + R"(
    alb.ingress.kubernetes.io/listen-ports: ')" +
         listeners + R"('
    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:123456789012:certificate/b1f931cb-de10-43af-bfa6-a9a12e12b4c7
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/backend-protocol: )" +
         protocol + R"(
spec:
  ingressClassName: alb
  rules:
  - host: cart.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: cart, ports: [{containerPort: 8080}]}]}
)";
}

/// Findings about policies: "<rule> <line>".
std::string judged(const std::string& text, const ChainPolicy& policy) {
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  settings.selection.select = {"chain"};
  settings.policies = {policy};
  const MemoryFiles memory(std::map<std::string, std::string>{{"w/a.yaml", text}});
  const LintRun run = lint(memory, {{"w", std::nullopt}}, settings);
  std::string all;
  for (const Diagnostic& finding : run.findings) {
    const std::uint32_t line = finding.where ? run.input->sources[finding.where.file].position(finding.where.begin).line : 0;
    all += std::string(finding.rule->id) + " " + std::to_string(line) + (finding.chain.empty() ? "" : " chain") + "\n";
  }
  return all;
}

ChainPolicy encrypted(Requirement requirement = Requirement::encrypted) {
  ChainPolicy policy;
  policy.hosts = {"*.example.com"};
  policy.encrypted = requirement;
  return policy;
}

TEST_CASE("a plain hop is one finding at what decides it, with its chain") {
  CHECK(judged(estate("internal", "HTTP"), encrypted()) == "chain-unencrypted 16 chain\n");
  CHECK(judged(estate("internal", "HTTPS"), encrypted()).empty());
}

TEST_CASE("a listener that sends everybody to https is no offence, one that serves is") {
  const std::string both = "[{\"HTTP\":80},{\"HTTPS\":443}]";
  const std::string plain = estate("internal", "HTTPS", both);
  CHECK(judged(plain, encrypted()) == "chain-unencrypted 13 chain\n");
  std::string redirects = plain;
  redirects.replace(redirects.find("    alb.ingress.kubernetes.io/target-type"), 0, "    alb.ingress.kubernetes.io/ssl-redirect: '443'\n");
  CHECK(judged(redirects, encrypted()).empty());
}

TEST_CASE("mutual TLS into pods is more than TLS") {
  CHECK(judged(estate("internal", "HTTPS"), encrypted(Requirement::mtls)) == "chain-unencrypted 38 chain\n");
}

TEST_CASE("what a policy is not about is not judged, and what nothing leads to is said") {
  ChainPolicy other = encrypted();
  other.hosts = {"cart.example.org"};
  CHECK(judged(estate("internal", "HTTP"), other) == "chain-unreachable 0\n");
  ChainPolicy elsewhere = encrypted();
  elsewhere.namespaces = {"billing-*"};
  CHECK(judged(estate("internal", "HTTP"), elsewhere) == "chain-unreachable 0\n");
  ChainPolicy here = encrypted();
  here.namespaces = {"sh*"};
  CHECK(judged(estate("internal", "HTTP"), here) == "chain-unencrypted 16 chain\n");
}

TEST_CASE("what must be reachable is proved or said, unknown too") {
  ChainPolicy policy;
  policy.reachable = true;
  CHECK(judged(estate("internal", "HTTP"), policy).empty());
  std::string missing = estate("internal", "HTTP");
  missing.replace(missing.find("name: cart, port"), 10, "name: kart");
  CHECK(judged(missing, policy) == "chain-unreachable 23 chain\n");
  std::string outside = estate("internal", "HTTP");
  outside.resize(outside.find("---\napiVersion: apps/v1"));
  CHECK(judged(outside, policy) == "chain-unreachable 33 chain\n");
}

TEST_CASE("what must not be reached from the internet is found at the listener") {
  ChainPolicy policy;
  policy.namespaces = {"shop"};
  policy.unreachable_from_internet = true;
  CHECK(judged(estate("internal", "HTTP"), policy).empty());
  CHECK(judged(estate("internet-facing", "HTTP"), policy) == "chain-exposed 13 chain\n");
  CHECK(judged(estate("'${SCHEME}'", "HTTP"), policy) == "chain-exposed 13 chain\n");
}

/// An ALB with so many paths to a gateway with so many routes.
std::string crossing(int count) {
  std::string text = estate("internet-facing", "HTTP");
  std::string paths = "      - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}\n";
  std::string more, routes;
  for (int i = 0; i < count; ++i) {
    const std::string path = "/p" + std::to_string(i);
    more += "      - {path: " + path + ", pathType: Prefix, backend: {service: {name: edge, port: {number: 80}}}}\n";
    routes += "  - {match: [{uri: {prefix: /r" + std::to_string(i) + "}}, {method: {exact: PUT}}], route: [{destination: {host: cart}}]}\n";
  }
  text.replace(text.find(paths), paths.size(), more);
  return text + R"(---
apiVersion: v1
kind: Service
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: edge}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: shop}
spec:
  selector: {matchLabels: {istio: edge}}
  template:
    metadata: {labels: {istio: edge}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: edge}
  servers: [{port: {number: 8080, name: http, protocol: HTTP}, hosts: ["cart.example.com"]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart.example.com]
  gateways: [edge]
  http:
)" + routes;
}

TEST_CASE("more chains than are looked at prove nothing") {
  ChainPolicy policy;
  policy.namespaces = {"nowhere"};
  policy.unreachable_from_internet = true;
  CHECK(judged(crossing(20), policy) == "");
  CHECK(judged(crossing(320), policy).starts_with("chain-exposed "));
}

}  // namespace
}  // namespace hop
