// How requests enter: which Ingresses the AWS Load Balancer Controller takes, their target groups, and the gateway servers behind them.

#include "graph/entry.h"

#include <algorithm>

#include "graph/graph.h"
#include "graph/index.h"
#include "model/aws/annotations.h"

namespace hop {
namespace {

bool has_alb_annotation(const Ingress& ingress) {
  for (const auto& [key, value] : ingress->annotations().entries()) {
    if (key.str().starts_with(alb::prefix)) return true;
  }
  return false;
}

/// Alibaba Cloud's ALB uses the same annotation prefix: if its controller is among the manifests, the annotations are not ours.
bool is_alibaba(const Graph& graph) {
  return std::any_of(graph.of(Kind::ingress_class).begin(), graph.of(Kind::ingress_class).end(), [](const Resource* resource) {
    return IngressClass(*resource).controller().equals(alb::alibaba_controller) == Truth::yes;
  });
}

Truth is_alb_controller(const Value<std::string_view>& controller) {
  return controller.equals(alb::controller) || controller.equals(alb::auto_mode_controller);
}

}  // namespace

Truth Graph::is_alb(const Ingress& ingress) const {
  note(Kind::ingress_class);
  if (is_alibaba(*this)) return Truth::no;
  // The annotation, where present, decides alone.
  if (const auto by_annotation = text_of(ingress.class_annotation()); !by_annotation.is_absent()) return by_annotation.equals("alb");
  if (const auto by_field = text_of(ingress.class_name()); !by_field.is_absent()) {
    if (by_field.is_unknown()) return has_alb_annotation(ingress) ? Truth::yes : Truth::unknown;
    const Lookup found = find(*ingress, Kind::ingress_class, "", *by_field);
    if (found.found() && !found.target->opaque) return is_alb_controller(IngressClass(*found.target).controller());
    return truth(*by_field == "alb" || has_alb_annotation(ingress));
  }
  // No class at all: a default class may take it; somebody who writes the controller's annotations means it.
  for (const IngressClass& ingress_class : all<IngressClass>()) {
    if (ingress_class.is_default() && sees(*ingress, *ingress_class)) return is_alb_controller(ingress_class.controller());
  }
  return has_alb_annotation(ingress) ? Truth::yes : Truth::unknown;
}

namespace {

/// Service over Ingress over the controller's default.
Setting effective(const Ingress& ingress, const Resource* service, std::string_view suffix) {
  const std::string key = std::string(alb::prefix) + std::string(suffix);
  for (const Resource* carrier : {service, ingress.resource}) {
    if (carrier == nullptr) continue;
    const auto text = text_of(carrier->annotation(key));
    if (!text.is_absent()) return {text.value_or(""), text.node(), carrier, text.is_known()};
  }
  const alb::Annotation* annotation = alb::find(suffix);
  return {annotation != nullptr ? annotation->fallback : std::string_view{}, ingress->annotation(key), nullptr, true};
}

/// Whether a Gateway server listens on what a Service port leads to: Istio compares with the Service port, and with the target port
/// where no Service port has that number.
bool listens_on(const GatewayServer& server, const Service& service, const ServicePort& port) {
  const auto number = server.port();
  if (!number.is_known()) return false;
  if (port.number().is_known() && *port.number() == *number) return true;
  if (service.find_port(*number).port) return false;
  const auto target = integer_of(port.target_port());
  return target.is_known() && *target == *number;
}

class EntryBuilder {
 public:
  EntryBuilder(const Graph& graph, Index& index) : graph_(graph), index_(index) {}

  void run() {
    for (const Resource* resource : graph_.of(Kind::ingress)) {
      const Ingress ingress(*resource);
      if (!ingress->linted() || graph_.is_alb(ingress) != Truth::yes) continue;
      for (const Ingress::Backend& backend : ingress.backends()) {
        if (backend.path.port().str() != "use-annotation") add(ingress, backend);
      }
    }
  }

 private:
  void add(const Ingress& ingress, const Ingress::Backend& backend) {
    TargetGroup group;
    group.ingress = ingress.resource;
    group.backend = backend;
    group.service = graph_.find(*ingress, Kind::service, ingress->ns, backend.path.service().str());
    const Resource* service = group.service.target;
    group.protocol = effective(ingress, service, "backend-protocol");
    group.protocol_version = effective(ingress, service, "backend-protocol-version");
    group.target_type = effective(ingress, service, "target-type");
    if (service != nullptr && !service->opaque) {
      group.port = Service(*service).find_port(backend.path.port()).port;
      add_gateways(group, Service(*service));
    } else if (!group.service.missing() && backend.path.service().str() == "istio-ingressgateway") {
      add_usual_gateways(group);
    }
    index_.target_groups.push_back(std::move(group));
  }

  void add_gateways(TargetGroup& group, const Service& service) {
    if (!service.has_selector()) return;
    for (const Workload& workload : graph_.pods_of(service).workloads) {
      for (const Gateway& gateway : graph_.gateways_of(workload)) add_gateway(group, gateway);
    }
    // The pods may be installed by other means; what a Gateway selects and the Service selects the same way are the same pods.
    if (group.gateways.empty()) {
      for (const Resource* resource : gateways_selecting_like(service)) add_gateway(group, Gateway(*resource));
    }
    if (!group.port) return;
    for (const Resource* gateway : group.gateways) {
      for (yaml::Node node : Gateway(*gateway).servers()) {
        if (listens_on({node}, service, *group.port)) group.servers.push_back({gateway, {node}});
      }
    }
  }

  static void add_gateway(TargetGroup& group, const Gateway& gateway) {
    if (std::find(group.gateways.begin(), group.gateways.end(), gateway.resource) == group.gateways.end()) {
      group.gateways.push_back(gateway.resource);
    }
  }

  /// Gateways every pair of whose selector is in the Service's own selector.
  std::vector<const Resource*> gateways_selecting_like(const Service& service) const {
    std::vector<const Resource*> found;
    for (const auto& [key, value] : service.selector().entries()) {
      const auto bucket = index_.gateways_by_selector.find(label_key(service->cluster, any_namespace, key.str(), value.str()));
      for (const Resource* gateway : bucket) {
        const bool all = matches(Gateway(*gateway).selector(), Labels{service.selector()}) == Truth::yes;
        if (all && graph_.sees(*service, *gateway)) found.push_back(gateway);
      }
    }
    return found;
  }

  /// The gateway Service is not among the manifests: Istio's usual one, `istio: ingressgateway` with ports 80 and 443.
  void add_usual_gateways(TargetGroup& group) {
    const auto bucket = index_.gateways_by_selector.find(label_key(group.ingress->cluster, any_namespace, "istio", "ingressgateway"));
    const auto port = integer_of(group.backend.path.port());
    for (const Resource* gateway : bucket) {
      if (!graph_.sees(*group.ingress, *gateway)) continue;
      group.assumed = true;
      add_gateway(group, Gateway(*gateway));
      for (yaml::Node node : Gateway(*gateway).servers()) {
        const auto number = GatewayServer{node}.port();
        if (number.is_known() && port.is_known() && *number == *port) group.servers.push_back({gateway, {node}});
      }
    }
  }

  const Graph& graph_;
  Index& index_;
};

}  // namespace

void find_target_groups(const Graph& graph, Index& index) { EntryBuilder(graph, index).run(); }

}  // namespace hop
