#include <algorithm>
#include <string>

#include "fuzz/runs.h"
#include "fuzz/targets.h"
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

/// A double-quoted scalar that holds these bytes, as far as YAML can.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (byte < 0x20 || byte >= 0x7f) {
      out += format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// The same value on every object that may have it, once escaped and, where it can be, as a block scalar.
std::string estate(std::string_view key, std::string_view value) {
  const std::string name = quoted(key), text = quoted(value);
  std::string block = "|-\n";
  for (std::size_t at = 0; at <= value.size();) {
    const std::size_t end = std::min(value.find('\n', at), value.size());
    block += format("      {}\n", value.substr(at, end - at));
    at = end + 1;
  }
  const auto printable = [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); };
  const bool plain = !value.empty() && value.front() > ' ' && std::all_of(value.begin(), value.end(), printable);
  const std::string shown = plain ? block : text + "\n";
  return format(R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: edge
  namespace: shop
  annotations:
    {0}: {2}    alb.ingress.kubernetes.io/group.name: shop
spec:
  ingressClassName: alb
  rules:
  - host: shop.example.com
    http:
      paths:
      - {{path: /, pathType: Prefix, backend: {{service: {{name: cart, port: {{name: use-annotation}}}}}}}}
      - {{path: /, pathType: Prefix, backend: {{service: {{name: cart, port: {{number: 80}}}}}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: other, namespace: shop, annotations: {{{0}: {1}, alb.ingress.kubernetes.io/group.name: shop}}}}
spec: {{ingressClassName: alb, defaultBackend: {{service: {{name: cart, port: {{number: 80}}}}}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: cart, namespace: shop, annotations: {{{0}: {1}}}}}
spec: {{type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: {{app: cart}}, ports: [{{name: http, port: 80}}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: cart, namespace: shop}}
spec:
  selector: {{matchLabels: {{app: cart}}}}
  template:
    metadata: {{labels: {{app: cart, sidecar.istio.io/inject: "true"}}, annotations: {{{0}: {1}}}}}
    spec: {{containers: [{{name: cart, image: cart}}]}}
---
apiVersion: v1
kind: Namespace
metadata: {{name: shop, labels: {{istio-injection: enabled}}, annotations: {{{0}: {1}}}}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: cart, namespace: shop, annotations: {{{0}: {1}}}}}
spec: {{hosts: [cart], http: [{{route: [{{destination: {{host: cart}}}}]}}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: istio, namespace: istio-system}}
data: {{mesh: {1}, meshNetworks: {1}, values: {1}}}
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {{name: installed, namespace: istio-system}}
spec:
  profile: {1}
  revision: {1}
  meshConfig: {{defaultConfig: {{proxyMetadata: {{{0}: {1}}}}}, trustDomain: {1}, rootNamespace: {1}}}
  components: {{ingressGateways: [{{name: {1}, enabled: true, label: {{{0}: {1}}}, k8s: {{serviceAnnotations: {{{0}: {1}}}}}}}]}}
  values: {{global: {{{0}: {1}, meshID: {1}}}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: gateway, namespace: argocd}}
spec: {{source: {{chart: gateway, repoURL: "https://istio-release.storage.googleapis.com/charts", helm: {{values: {1}}}}}, destination: {{namespace: edge}}}}
)",
                name, text, shown);
}

void read_values(std::string_view value) {
  for (const aws::Piece& piece : aws::string_list(value)) {
    require(value.substr(piece.begin, piece.end - piece.begin) == piece.text, "an item stands where it says");
  }
  const aws::StringMap map = aws::string_map(value);
  for (const auto& pair : map.pairs) require(map.find(pair.key) != nullptr, "a pair is found by its key");
  const auto error = aws::json_error(value);
  require(!error || *error <= value.size(), "JSON goes wrong inside the text");
}

}  // namespace

void fuzz_annotation(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view key = bytes.substr(0, std::min<std::size_t>(end, 200));  // longer keys are none to YAML
  const std::string_view value = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
  read_values(value);
  if (key.starts_with(alb::prefix)) alb::meant_by(key.substr(alb::prefix.size()));
  const LintRun run = lint_all({{"m/a.yaml", estate(key, value)}}, every_rule({}));
  require(count_problems(run) == 0, "any text can stand in quotes");
  examine(run);
  examine_chains(run);
}

}  // namespace hop::fuzz
