// What installations imply: Services and pods of gateways, the mesh's settings; each node where the lines stand that say it.

#include "graph/client_tls.h"
#include "graph/trusted_proxies.h"
#include "support/catch.h"
#include "support/world.h"

namespace hop {
namespace {

const std::string gateway_api = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\n  namespace: web\n";
const std::string listeners =
    "  listeners:\n  - {name: http, port: 80, protocol: HTTP}\n  - {name: https, port: 443, protocol: HTTPS, hostname: a.example.com}\n"
    "  - {name: other, port: 443, protocol: HTTPS, hostname: b.example.com}\n";

std::string argo(const std::string& helm, const std::string& repository = "https://istio-release.storage.googleapis.com/charts",
                 const std::string& chart = "gateway") {
  return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: istio-edge, namespace: argocd}\nspec:\n"
         "  destination: {server: https://kubernetes.default.svc, namespace: ingress}\n  source:\n    repoURL: " +
         repository + "\n    chart: " + chart + "\n    targetRevision: 1.29.0\n" + (helm.empty() ? "" : "    helm:\n" + helm);
}

std::string flux(const std::string& spec, const std::string& chart = "gateway") {
  return "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: edge, namespace: ingress}\nspec:\n"
         "  interval: 5m\n  chart: {spec: {chart: " +
         chart + ", sourceRef: {kind: HelmRepository, name: istio}}}\n" + spec;
}

/// "port→target name" of each port, in order.
std::string ports_of(const Resource& service) {
  std::string text;
  for (yaml::Node node : Service(service).ports()) {
    text += (text.empty() ? "" : " ") + std::string(node["name"].str()) + ":" + std::string(node["port"].str()) + ">" +
            std::string(node["targetPort"].str());
  }
  return text;
}

std::int64_t hops(const MemoryWorld& world) { return trusted_proxies(world.graph(), *world.graph().of(Kind::service).front()).count; }

TEST_CASE("a Gateway of the Gateway API brings a Service and pods named after it and its class") {
  const MemoryWorld world(gateway_api + "spec:\n  gatewayClassName: istio\n" + listeners);
  const Resource& service = world.at(Kind::service, "edge-istio");
  CHECK(service.origin == Origin::implied);
  CHECK(service.ns == "web");
  CHECK(Service(service).type().equals("LoadBalancer") == Truth::yes);
  CHECK(world.source_of(service.spec()["type"]) == "istio");  // the class decides
  CHECK(ports_of(service) == "status-port:15021>15021 http:80>80 https:443>443");
  CHECK(world.source_of(Service(service).find_port(443).port->number().node()) == "443");
  const auto& pods = world.graph().pods_of(Service(service));
  REQUIRE(pods.workloads.size() == 1);
  CHECK(pods.workloads.front()->name == "edge-istio");
  CHECK(pods.workloads.front().labels()["istio.io/gateway-name"].equals("edge") == Truth::yes);
  CHECK(pods.workloads.front().is_gateway());
}

TEST_CASE("annotations of a Gateway choose the Service's type and name, and infrastructure what it carries") {
  const MemoryWorld world(gateway_api +
                          "  annotations:\n    networking.istio.io/service-type: ClusterIP\n    gateway.istio.io/name-override: front\n"
                          "spec:\n  gatewayClassName: istio\n  infrastructure:\n    labels: {team: web}\n"
                          "    annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}\n" +
                          listeners);
  const Resource& service = world.at(Kind::service, "front");
  CHECK(Service(service).type().equals("ClusterIP") == Truth::yes);
  CHECK(world.source_of(service.spec()["type"]) == "ClusterIP");
  CHECK(service.annotation("service.beta.kubernetes.io/aws-load-balancer-scheme").str() == "internal");
  CHECK_FALSE(service.annotation("networking.istio.io/service-type"));
  CHECK(world.graph().workloads().front().labels()["team"].equals("web") == Truth::yes);
}

TEST_CASE("a waypoint's pods have no entry from outside; a Gateway of another controller brings nothing") {
  const MemoryWorld waypoint(gateway_api +
                             "spec:\n  gatewayClassName: istio-waypoint\n  listeners:\n  - {name: mesh, port: 15008, protocol: HBONE}\n");
  CHECK(Service(waypoint.at(Kind::service, "edge")).type().equals("ClusterIP") == Truth::yes);
  CHECK(waypoint.graph().workloads().front().labels()["gateway.istio.io/managed"].equals("istio.io-mesh-controller") == Truth::yes);
  for (const char* name : {"cilium", "istio-remote", "\"{{ .Values.class }}\""}) {
    const MemoryWorld other(gateway_api + "spec:\n  gatewayClassName: " + name + "\n" + listeners);
    CHECK(other.graph().of(Kind::service).empty());
  }
  const std::string own = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: front}\nspec: {controllerName: ";
  const MemoryWorld named(own + "istio.io/gateway-controller}\n---\n" + gateway_api + "spec:\n  gatewayClassName: front\n" + listeners);
  CHECK(named.find(Kind::service, "edge-front") != nullptr);
  const MemoryWorld foreign(own + "example.com/other}\n---\n" + gateway_api + "spec:\n  gatewayClassName: front\n" + listeners);
  CHECK(foreign.graph().of(Kind::service).empty());
}

TEST_CASE("a Gateway whose address names a Service is deployed by hand") {
  const MemoryWorld world(gateway_api + "spec:\n  gatewayClassName: istio\n  addresses: [{type: Hostname, value: gw.web}]\n" + listeners);
  CHECK(world.graph().of(Kind::service).empty());
  const MemoryWorld fixed(gateway_api + "spec:\n  gatewayClassName: istio\n  addresses: [{type: IPAddress, value: 10.0.0.7}]\n" +
                          listeners);
  CHECK(fixed.graph().of(Kind::service).size() == 1);
}

TEST_CASE("what parameters of the infrastructure change is not known") {
  const MemoryWorld world(
      gateway_api + "spec:\n  gatewayClassName: istio\n  infrastructure:\n    parametersRef: {group: \"\", kind: ConfigMap, name: x}\n" +
      listeners);
  CHECK(Service(world.at(Kind::service, "edge-istio")).type().is_unknown());
}

TEST_CASE("the gateway chart's defaults, where an Application gives no values") {
  const MemoryWorld world(argo(""));
  const Resource& service = world.at(Kind::service, "istio-edge");
  CHECK(service.ns == "ingress");
  CHECK(Service(service).type().equals("LoadBalancer") == Truth::yes);
  CHECK(ports_of(service) == "status-port:15021>15021 http2:80>80 https:443>443");
  CHECK(service.spec()["selector"]["istio"].str() == "edge");  // without the prefix
  CHECK(service.spec()["selector"]["app"].str() == "istio-edge");
  CHECK(world.graph().pods_of(Service(service)).workloads.size() == 1);
  CHECK(world.graph().workloads().front().pod_spec()["serviceAccountName"].str() == "istio-edge");
}

TEST_CASE("values of an Application: as an object, as text, as parameters, in the order in which Argo CD applies them") {
  const MemoryWorld object(
      argo("      releaseName: edge\n      valuesObject:\n        service: {type: NodePort}\n"
           "        labels: {istio: ingressgateway, team: web}\n"));
  const Resource& service = object.at(Kind::service, "edge");
  CHECK(Service(service).type().equals("NodePort") == Truth::yes);
  CHECK(object.source_of(service.spec()["type"]) == "NodePort");
  CHECK(service.spec()["selector"]["istio"].str() == "ingressgateway");
  CHECK_FALSE(service.spec()["selector"]["team"]);
  CHECK(object.graph().workloads().front().labels()["team"].equals("web") == Truth::yes);

  const std::string text =
      "      values: |\n        name: front\n        service:\n          type: ClusterIP\n"
      "          ports:\n          - {name: http, port: 8080, targetPort: 8080}\n";
  const MemoryWorld written(argo(text));
  CHECK(ports_of(written.at(Kind::service, "front")) == "http:8080>8080");
  CHECK(written.source_of(written.at(Kind::service, "front").spec()["type"]) == "ClusterIP");

  const MemoryWorld parameters(argo(text + "      parameters:\n      - {name: service.type, value: NodePort}\n"));
  CHECK(Service(parameters.at(Kind::service, "front")).type().equals("NodePort") == Truth::yes);
}

TEST_CASE("where files give more values, what is not given here is not known") {
  const MemoryWorld world(argo("      valueFiles: [$values/gateway.yaml]\n      valuesObject: {labels: {istio: edge}}\n"));
  const Service service(world.at(Kind::service, "istio-edge"));
  CHECK(service.type().is_unknown());
  CHECK(service.find_port(443).unknown);
  CHECK(service.selector()["istio"].str() == "edge");
  CHECK(text_of(service.selector()["app"]).is_unknown());
}

TEST_CASE("a release's name and namespace are Flux's, composed where they are not given") {
  CHECK(MemoryWorld(flux("")).at(Kind::service, "edge").ns == "ingress");
  CHECK(MemoryWorld(flux("  targetNamespace: istio-system\n")).at(Kind::service, "istio-system-edge").ns == "istio-system");
  CHECK(MemoryWorld(flux("  releaseName: istio-front\n  values: {service: {type: None}}\n")).graph().of(Kind::service).empty());
  const MemoryWorld daemons(flux("  values: {kind: DaemonSet, podAnnotations: {proxy.istio.io/config: x}}\n"));
  CHECK(daemons.graph().of(Kind::daemon_set).size() == 1);
  CHECK(daemons.graph().workloads().front().pod_annotation("proxy.istio.io/config").str() == "x");
}

TEST_CASE("a chart called gateway from elsewhere is not Istio's") {
  CHECK(MemoryWorld(argo("", "https://charts.example.com")).graph().of(Kind::service).empty());
}

TEST_CASE("the older chart is told from `gateways`") {
  const MemoryWorld world(
      flux("  values: {gateways: {istio-ingressgateway: {name: front, type: NodePort, labels: {istio: front}}}}\n", "istio-ingress"));
  const Resource& service = world.at(Kind::service, "front");
  CHECK(Service(service).type().equals("NodePort") == Truth::yes);
  CHECK(service.spec()["selector"]["istio"].str() == "front");
  CHECK(service.spec()["selector"]["app"].str() == "istio-ingressgateway");
  CHECK(ports_of(service) == "status-port:15021>15021 http2:80>8080 https:443>8443");
}

TEST_CASE("a values file counts beside a chart that depends on Istio's gateway") {
  const std::string chart =
      "apiVersion: v2\nname: edge\nversion: 1.0.0\ndependencies:\n- name: gateway\n  alias: front-gateway\n  version: 1.29.0\n"
      "  repository: https://istio-release.storage.googleapis.com/charts\n";
  const std::string values = "front-gateway:\n  name: edge\n  service: {type: ClusterIP}\n";
  const MemoryWorld world(std::map<std::string, std::string>{{"edge/Chart.yaml", chart}, {"edge/values.yaml", values}});
  const Resource& service = world.at(Kind::service, "edge");
  CHECK_FALSE(service.ns_known);
  CHECK(Service(service).type().equals("ClusterIP") == Truth::yes);
  const MemoryWorld several(std::map<std::string, std::string>{
      {"edge/Chart.yaml", chart}, {"edge/values.yaml", "front-gateway: {name: edge}\n"}, {"edge/values-prod.yaml", "front-gateway: {}\n"}});
  CHECK(Service(several.at(Kind::service, "edge")).type().is_unknown());
  const MemoryWorld alone(std::map<std::string, std::string>{{"edge/values.yaml", values}});
  CHECK(alone.graph().of(Kind::service).empty());
}

TEST_CASE("what is written out wins over what is implied") {
  const std::string real = "---\napiVersion: v1\nkind: Service\nmetadata: {name: edge-istio, namespace: web}\nspec: {type: NodePort}\n";
  const MemoryWorld world(gateway_api + "spec:\n  gatewayClassName: istio\n" + listeners + real);
  REQUIRE(world.graph().of(Kind::service).size() == 1);
  CHECK(world.graph().of(Kind::service).front()->linted());
}

TEST_CASE("an IstioOperator's overlays and its egress gateway") {
  const std::string head = "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i, namespace: istio-system}\n";
  const MemoryWorld world(head +
                          "spec:\n  components:\n    egressGateways: [{name: istio-egressgateway, enabled: true}]\n"
                          "    ingressGateways:\n    - name: istio-ingressgateway\n      enabled: true\n      k8s:\n        overlays:\n"
                          "        - kind: Service\n          name: istio-ingressgateway\n          patches:\n"
                          "          - {path: \"spec.ports[0].nodePort\", value: 30021}\n");
  CHECK(Service(world.at(Kind::service, "istio-egressgateway")).type().equals("ClusterIP") == Truth::yes);
  CHECK(ports_of(world.at(Kind::service, "istio-egressgateway")) == "http2:80>8080 https:443>8443");
  CHECK(Service(world.at(Kind::service, "istio-ingressgateway")).find_port(80).unknown);
}

const std::string any_service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: any, namespace: shop}\nspec: {}\n";

TEST_CASE("mesh settings of Sail's Istio") {
  const MemoryWorld world(
      "apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: default}\nspec:\n  version: v1.29.0\n"
      "  namespace: mesh\n  values:\n    meshConfig:\n      enableAutoMtls: false\n"
      "      defaultConfig: {gatewayTopology: {numTrustedProxies: 2}}\n" +
      any_service);
  CHECK(world.graph().root_namespace() == "mesh");
  CHECK(world.graph().mesh_is_configured());
  CHECK(hops(world) == 2);
  CHECK(auto_mtls_is_off(world.graph(), world.at(Kind::service, "any")));
}

TEST_CASE("mesh settings of the istiod chart, as values and as parameters") {
  const MemoryWorld values(flux("  values:\n    global: {istioNamespace: mesh}\n"
                                "    meshConfig: {defaultConfig: {gatewayTopology: {numTrustedProxies: 1}}}\n",
                                "istiod") +
                           any_service);
  CHECK(values.graph().root_namespace() == "mesh");
  CHECK(hops(values) == 1);
  const MemoryWorld parameters(
      argo("      parameters: [{name: meshConfig.defaultConfig.gatewayTopology.numTrustedProxies, value: \"3\"}]\n",
           "https://istio-release.storage.googleapis.com/charts", "istiod") +
      any_service);
  CHECK(hops(parameters) == 3);
  const MemoryWorld bare(flux("", "istiod") + any_service);
  CHECK(trusted_proxies(bare.graph(), bare.at(Kind::service, "any")).known);
  CHECK(bare.graph().mesh_is_configured());
}

TEST_CASE("values of the istiod chart that stand elsewhere leave the mesh's settings open") {
  const MemoryWorld world(flux("  valuesFrom: [{kind: ConfigMap, name: mesh}]\n", "istiod") + any_service);
  CHECK(trusted_proxies(world.graph(), world.at(Kind::service, "any")).open);
  CHECK_FALSE(world.graph().mesh_is_configured());
}

TEST_CASE("an IstioOperator's meshConfig among its values counts too") {
  const MemoryWorld world(
      "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i}\nspec:\n  profile: minimal\n"
      "  values: {meshConfig: {defaultConfig: {gatewayTopology: {numTrustedProxies: 1}}}}\n" +
      any_service);
  CHECK(hops(world) == 1);
}

}  // namespace
}  // namespace hop
