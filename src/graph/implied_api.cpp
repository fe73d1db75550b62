// Gateways of the Gateway API that Istio serves: istiod makes a Service and a Deployment for each, waypoints among them.
// Source: istio/istio pilot/pkg/config/kube/gateway/{deploymentcontroller,conversion}.go and
// manifests/charts/istio-control/istio-discovery/ files/{kube-gateway,waypoint}.yaml; istio.io "Kubernetes Gateway API", "Automated
// Deployment".

#include <algorithm>
#include <unordered_map>

#include "graph/implied.h"
#include "model/gatewayapi/views.h"
#include "model/istio/gateway_classes.h"
#include "model/istio/status_port.h"
#include "text/words.h"

namespace hop {
namespace {

/// What serves a class, by name: of classes among the manifests, else those that istiod makes itself.
class Classes {
 public:
  explicit Classes(const Index& index) {
    for (const Resource& resource : index.resources) {
      if (resource.kind != Kind::gateway_class || resource.opaque) continue;
      controllers_.emplace(resource.name, text_of(resource.spec()["controllerName"]).value_or(""));
    }
  }
  const istio::GatewayClass* find(std::string_view name) const {
    const auto found = controllers_.find(name);
    return found != controllers_.end() ? istio::gateway_class_of_controller(found->second) : istio::find_gateway_class(name);
  }

 private:
  std::unordered_map<std::string_view, std::string_view> controllers_;  // looked up only, never iterated
};

/// Whether somebody else deploys its pods: addresses that are no IP addresses name their Service.
bool is_deployed_by_hand(const K8sGateway& gateway) {
  const yaml::Node addresses = gateway.spec()["addresses"];
  if (addresses.size() == 0) return false;
  const yaml::Node type = addresses[std::size_t{0}]["type"];
  return addresses.size() > 1 || (type && type.str() != "IPAddress");
}

/// Metadata for what is made: of `infrastructure` if that has any, else the Gateway's own.
yaml::Node passed_on(const K8sGateway& gateway, std::string_view field) {
  const yaml::Node own = gateway.spec()["infrastructure"][field];
  return own ? own : gateway->metadata()[field];
}

void set_ports(const K8sGateway& gateway, ImpliedGateway& made) {
  const Said status{std::string(status_port_text), made.place};
  made.ports.push_back({{std::string(status_port_name), made.place}, status, status});
  for (yaml::Node listener : gateway.listeners()) {
    const Said number = said(listener["port"], "", listener.span());
    const auto same = [&](const SaidPort& port) { return port.number.text == number.text; };
    if (number.text.empty() || std::any_of(made.ports.begin(), made.ports.end(), same)) continue;
    const Said name = said(listener["name"], "", listener.span());
    const yaml::Node protocol = listener["protocol"];
    made.ports.push_back({name, number, number, {yaml::is_placeholder(protocol.str()) ? "" : lower(protocol.str()), protocol.span()}});
  }
}

ImpliedGateway made_for(const K8sGateway& gateway, const istio::GatewayClass& made_by) {
  ImpliedGateway made;
  made.origin = gateway.resource;
  made.place = gateway->name_node().span();
  const std::string usual =
      made_by.bare_name ? std::string(gateway->name) : std::string(gateway->name).append("-").append(gateway.class_name().str());
  made.name = said(gateway->annotation("gateway.istio.io/name-override"), usual, made.place);
  made.name_known = gateway->name_known;
  made.ns = gateway->ns;
  made.account = said(gateway->annotation("gateway.istio.io/service-account"), made.name.text, made.place);
  made.service_annotations = {passed_on(gateway, "annotations")};
  made.pod_annotations = made.service_annotations;
  const Said name{std::string(gateway->name), made.place};
  made.selector = {{std::string(gateway_name_label), name}};
  made.pod_labels = {{"istio.io/gateway-name", name}, {"gateway.istio.io/managed", {std::string(made_by.managed), made.place}}};
  for (const auto& [key, value] : passed_on(gateway, "labels").entries()) {
    const auto known = [&](const auto& pair) { return pair.first == key.str(); };
    if (std::none_of(made.pod_labels.begin(), made.pod_labels.end(), known) && !known(made.selector.front())) {
      made.pod_labels.emplace_back(key.str(), said(value, "", key.span()));
    }
  }
  // A ConfigMap with what to change; it may stand in any file.
  const yaml::Node parameters = gateway.spec()["infrastructure"]["parametersRef"];
  const auto chosen = gateway->annotation("networking.istio.io/service-type");
  made.type =
      parameters ? Said{std::string(not_known), parameters.span()} : said(chosen, made_by.service_type, gateway.class_name().span());
  set_ports(gateway, made);
  return made;
}

}  // namespace

void imply_from_gateways(Implied& implied) {
  const Classes classes(implied.index);
  std::vector<K8sGateway> gateways;
  for (const Resource& resource : implied.index.resources) {
    if (resource.kind == Kind::k8s_gateway && !resource.opaque) gateways.emplace_back(resource);
  }
  for (const K8sGateway& gateway : gateways) {
    const auto name = text_of(gateway.class_name());
    const istio::GatewayClass* made_by = name.is_known() ? classes.find(*name) : nullptr;
    if (made_by != nullptr && made_by->deployed && !is_deployed_by_hand(gateway)) implied.add(made_for(gateway, *made_by));
  }
}

}  // namespace hop
