#include "graph/target_group.h"

#include <algorithm>

#include "graph/entry_build.h"
#include "graph/gateway_port.h"
#include "graph/graph.h"
#include "graph/target_port.h"
#include "model/aws/annotations.h"
#include "model/aws/values.h"

namespace hop {
namespace {

struct NamedPort {
  std::optional<ServicePort> port;
  bool missing = false;
};

NamedPort port_named(const Lookup& found, std::string_view name) {
  NamedPort named;
  bool open = !found.found();
  found.any([&](const Resource& copy) {
    open = open || copy.opaque;
    for (yaml::Node node : Service(copy).ports()) {
      const ServicePort port{node};
      if (port.name().equals(name) == Truth::yes && !named.port) named.port = port;
      open = open || port.name().is_unknown();
    }
    return false;
  });
  named.missing = !named.port && !open;
  return named;
}

void resolve_port(HealthCheck& health, const TargetGroup& group) {
  const bool instance = group.target_type.is("instance");
  const bool seen = group.service.found() && !group.service.target->opaque;
  const auto number = aws::parse_int(health.port.value);
  if (!health.port.known) {
    health.by = HealthCheck::By::unknown;
  } else if (health.port.value == "traffic-port") {
    health.service_port = group.port;
  } else if (number) {
    health.by = HealthCheck::By::number;
    if (seen && group.target_type.known) health.service_port = port_behind(Service(*group.service.target), *number, instance);
    if (group.target_type.is("ip")) health.pod_port = *number;
  } else {
    health.by = HealthCheck::By::name;
    const NamedPort named = port_named(group.service, health.port.value);
    health.service_port = named.port;
    health.name_missing = named.missing;
  }
  if (health.service_port && !health.pod_port) health.pod_port = pod_port_number(*health.service_port);
}

bool is_set(const Setting& setting) { return setting.set_by != nullptr; }

class SettingReader {
 public:
  SettingReader(const Controller& controller, const GroupMember& member, const Resource* service)
      : controller_(controller), member_(member), service_(service) {}
  Setting operator()(std::string_view suffix) const { return effective(controller_, member_, suffix, service_); }

 private:
  const Controller& controller_;
  const GroupMember& member_;
  const Resource* service_;
};

void read_health(TargetGroup& group, const SettingReader& read) {
  HealthCheck& health = group.health;
  const bool grpc = group.protocol_version.is("GRPC");
  health.port = read("healthcheck-port");
  health.protocol = read("healthcheck-protocol");
  if (!is_set(health.protocol)) health.protocol = group.protocol;
  health.path = read("healthcheck-path");
  if (!is_set(health.path) && grpc) health.path.value = "/AWS.ALB/healthcheck";
  health.success_codes = read("success-codes");
  if (!is_set(health.success_codes) && grpc) health.success_codes.value = "12";
  health.interval = read("healthcheck-interval-seconds");
  health.timeout = read("healthcheck-timeout-seconds");
  resolve_port(health, group);
  // Istio's gateways name their status port so.
  if (group.assumed && health.port.is(status_port_name)) health.pod_port = status_port;
}

}  // namespace

std::uint32_t TargetGroups::add(const Controller& controller, const GroupMember& member, const Ingress::Backend& backend) {
  TargetGroup group;
  group.ingress = member.ingress;
  group.backend = backend;
  group.service = graph_.find(*member.ingress, Kind::service, member.ingress->ns, backend.path.service().str());
  const Resource* service = group.service.target;
  const SettingReader read(controller, member, service);
  group.protocol = read("backend-protocol");
  group.protocol_version = read("backend-protocol-version");
  group.target_type = read("target-type");
  group.attributes = read("target-group-attributes");
  if (service != nullptr && !service->opaque) {
    group.port = Service(*service).find_port(backend.path.port()).port;
    add_gateways(group, Service(*service));
  } else if (!group.service.missing() && backend.path.service().str() == "istio-ingressgateway") {
    add_usual_gateways(group);
  }
  read_health(group, read);
  index_.target_groups.push_back(std::move(group));
  return static_cast<std::uint32_t>(index_.target_groups.size() - 1);
}

const BehindService& TargetGroups::behind(const Service& service) {
  const auto [at, fresh] = index_.behind_services.try_emplace(service->id);
  BehindService& found = at->second;
  if (!fresh) return found;
  found.gateways = &graph_.gateways_behind(service);
  if (!service.has_selector()) return found;
  const Graph::Selection& selection = graph_.pods_of(service);
  found.pods = selection.workloads;
  found.pods_unknown = selection.unknown;
  return found;
}

void TargetGroups::add_gateways(TargetGroup& group, const Service& service) {
  const BehindService& found = behind(service);
  group.pods = found.pods;
  group.pods_unknown = found.pods_unknown;
  group.gateways = found.gateways->gateways();
  if (group.port) group.servers = servers_of(*found.gateways, service, *group.port);
}

/// The gateway Service is not among the manifests: Istio's usual one, `istio: ingressgateway` with ports 80 and 443.
void TargetGroups::add_usual_gateways(TargetGroup& group) {
  const auto [at, fresh] = assumed_.try_emplace({group.ingress->cluster, group.ingress->variant});
  if (fresh) at->second = &index_.assumed_gateways.emplace_back(usual_gateways(*group.ingress));
  if (at->second->empty()) return;
  group.assumed = true;
  group.gateways = at->second->gateways();
  if (const auto port = integer_of(group.backend.path.port()); port.is_known()) group.servers = at->second->at_port(*port);
}

std::vector<const Resource*> TargetGroups::usual_gateways(const Resource& ingress) const {
  std::vector<const Resource*> gateways;
  for (const Resource* gateway : index_.gateways_by_selector.find(label_key(ingress.cluster, any_namespace, "istio", "ingressgateway"))) {
    if (graph_.sees(ingress, *gateway)) gateways.push_back(gateway);
  }
  return gateways;
}

}  // namespace hop
