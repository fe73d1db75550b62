// An Ingress backend whose Service has no such port.
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string ports_of(const Service& service) {
  std::vector<std::string> texts;
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    texts.push_back(port.name().is_known() ? format("{} ({})", node["port"].str(), *port.name()) : std::string(node["port"].str()));
  }
  return format("it has {}", list_words(std::vector<std::string_view>(texts.begin(), texts.end())));
}

/// Whether some copy of the Service has the port, or may have it.
bool has_port(const Lookup& service, yaml::Node port) {
  return service.any([&](const Resource& copy) {
    const auto match = Service(copy).find_port(port);
    return match.port || match.unknown;
  });
}

void check(const Graph& graph, Report& report) {
  for (const Ingress& ingress : graph.linted<Ingress>()) {
    for (const Ingress::Backend& backend : ingress.backends()) {
      const yaml::Node port = backend.path.port();
      if (!port || port.str() == "use-annotation") continue;
      const Lookup service = graph.find(*ingress, Kind::service, ingress->ns, backend.path.service().str());
      if (!service.found() || has_port(service, port)) continue;
      const Service target(*service.target);
      report.at(ingress, port, format("the Service `{}` has no port `{}`", target->name, port.str()))
          .note(target.spec()["ports"] ? target.spec()["ports"] : target->name_node(), ports_of(target))
          .target(format("Service {}/{}:{}", target->ns, target->name, port.str()));
    }
  }
}

}  // namespace

extern constinit const Rule ingress_backend_port_missing = {
    .info = {.id = "ingress-backend-port-missing",
             .summary = "an Ingress names a port that its Service does not have",
             .docs = "A number must be one of the Service's `port` values (not a `targetPort`), a name one of its port names.",
             .effect = "the AWS Load Balancer Controller stops building the whole group of Ingresses; other controllers answer 503",
             .source = "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend",
             .severity = Severity::error},
    .reads = {Kind::ingress, Kind::service},
    .check = check,
};

}  // namespace hop::rules
