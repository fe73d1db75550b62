#include "bench/generate.h"

#include <random>

#include "text/format.h"

namespace hop::bench {
namespace {

constexpr std::size_t apps_per_namespace = 12;

// Typical of what charts render: comments, probes, resources, long annotations.
constexpr const char* deployment_text = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: {0}
  namespace: {1}
  labels:
    app.kubernetes.io/name: {0}
    app.kubernetes.io/instance: {0}-{2}
    app.kubernetes.io/managed-by: Helm
  annotations:
    deployment.kubernetes.io/revision: "{2}"
    # Checked by the release pipeline.
    example.com/checksum: 6fd2a0b8c4e1{2}b7e0d49a3f5c8e1702b6d
spec:
  replicas: 3
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app: {0}
  template:
    metadata:
      labels:
        app: {0}
        version: v1
        track: canary
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      serviceAccountName: {0}
      containers:
      - name: {0}
        image: registry.example.com/{1}/{0}:1.{2}.0
        imagePullPolicy: IfNotPresent
        env:
        - name: LOG_LEVEL
          value: info
        - name: UPSTREAM
          value: http://backend.{1}.svc.cluster.local:8080
        ports:
        - name: http
          containerPort: 8080
        - name: metrics
          containerPort: 9090
        readinessProbe:
          httpGet: {{path: /ready, port: http}}
          periodSeconds: 5
        resources:
          requests: {{cpu: 100m, memory: 128Mi}}
          limits: {{memory: 256Mi}}
)";

constexpr const char* service_text = R"(apiVersion: v1
kind: Service
metadata:
  name: {0}
  namespace: {1}
  labels:
    app.kubernetes.io/name: {0}
spec:
  selector:
    app: {0}
  ports:
  - name: http
    port: 80
    targetPort: http
  - name: http-metrics
    port: 9090
    targetPort: metrics
)";

constexpr const char* virtual_service_text = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {0}
  namespace: {1}
spec:
  hosts:
  - {0}.{1}.example.com
  gateways:
  - istio-ingress/edge
  http:
  - name: canary
    match:
    - headers:
        x-canary:
          exact: "true"
    route:
    - destination:
        host: {2}
        subset: canary
        port:
          number: 80
  - name: stable
    route:
    - destination:
        host: {0}
        subset: v1
        port:
          number: 80
      weight: 100
    retries:
      attempts: 3
      perTryTimeout: 2s
)";

constexpr const char* destination_rule_text = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {0}
  namespace: {1}
spec:
  host: {0}.{1}.svc.cluster.local
  trafficPolicy:
    connectionPool:
      tcp:
        maxConnections: 100
  subsets:
  - name: v1
    labels:
      version: v1
  - name: canary
    labels:
      track: canary
)";

constexpr const char* namespace_text = R"(apiVersion: v1
kind: Namespace
metadata:
  name: {0}
  labels:
    istio-injection: enabled
)";

constexpr const char* edge_text = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: istio-ingress
spec:
  selector:
    istio: edge
  servers:
  - port:
      number: 443
      name: https
      protocol: HTTPS
    tls:
      mode: SIMPLE
      credentialName: edge-tls
    hosts:
    - "*"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: edge
  namespace: istio-ingress
spec:
  selector:
    matchLabels: {istio: edge}
  template:
    metadata:
      labels: {istio: edge}
    spec:
      containers:
      - name: istio-proxy
        image: auto
---
apiVersion: v1
kind: Service
metadata:
  name: edge
  namespace: istio-ingress
spec:
  selector: {istio: edge}
  ports:
  - {name: https, port: 443, targetPort: 8443}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: edge
  namespace: istio-ingress
spec:
  secretName: edge-tls
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: istio-system
spec:
  mtls:
    mode: STRICT
)";

constexpr const char* ingress_text = R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {0}
  namespace: istio-ingress
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/backend-protocol: HTTPS
    alb.ingress.kubernetes.io/listen-ports: '[{{"HTTPS": 443}}]'
    alb.ingress.kubernetes.io/group.name: edge
spec:
  ingressClassName: alb
  rules:
  - host: "*.{0}.example.com"
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: edge
            port:
              name: https
)";

}  // namespace

std::vector<GeneratedFile> generate_mesh(std::size_t manifests, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<GeneratedFile> files;
  files.push_back({"platform/edge.yaml", edge_text});
  for (std::size_t n = 0; files.size() < manifests; ++n) {
    const std::string ns = format("team-{}", n);
    files.push_back({format("{}/namespace.yaml", ns), fmt::format(fmt::runtime(namespace_text), ns)});
    files.push_back({format("{}/ingress.yaml", ns), fmt::format(fmt::runtime(ingress_text), ns)});
    for (std::size_t a = 0; a < apps_per_namespace && files.size() < manifests; ++a) {
      const std::string app = format("app-{}", a);
      const std::string other = random() % 100 == 0 ? "app-missing" : app;
      const std::string folder = format("{}/{}", ns, app);
      files.push_back({folder + "/deployment.yaml", fmt::format(fmt::runtime(deployment_text), app, ns, random() % 90 + 10)});
      files.push_back({folder + "/service.yaml", fmt::format(fmt::runtime(service_text), app, ns)});
      files.push_back({folder + "/virtualservice.yaml", fmt::format(fmt::runtime(virtual_service_text), app, ns, other)});
      files.push_back({folder + "/destinationrule.yaml", fmt::format(fmt::runtime(destination_rule_text), app, ns)});
    }
  }
  return files;
}

}  // namespace hop::bench
