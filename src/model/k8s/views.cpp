#include "model/k8s/views.h"

namespace hop {
namespace {

/// Whether a port's number or name could be what is asked for, though it is not known to be.
bool undecided(const ServicePort& port) { return port.number().is_unknown() || port.name().is_unknown(); }

}  // namespace

Service::PortMatch Service::find_port(std::int64_t number) const {
  PortMatch match{std::nullopt, resource->opaque};
  for (yaml::Node node : ports()) {
    const ServicePort port{node};
    if (port.number().is_known() && *port.number() == number) return {port, false};
    match.unknown = match.unknown || port.number().is_unknown();
  }
  return match;
}

Service::PortMatch Service::find_port(yaml::Node number_or_name) const {
  const auto text = text_of(number_or_name);
  if (!text.is_known()) return {std::nullopt, true};
  if (const auto number = integer_of(number_or_name); number.is_known()) return find_port(*number);
  PortMatch match{std::nullopt, resource->opaque};
  for (yaml::Node node : ports()) {
    const ServicePort port{node};
    if (port.name().is_known() && *port.name() == *text) return {port, false};
    match.unknown = match.unknown || undecided(port);
  }
  return match;
}

std::span<const Kind> Workload::kinds() {
  static constexpr Kind kinds[] = {Kind::pod,        Kind::deployment,  Kind::stateful_set,
                                   Kind::daemon_set, Kind::replica_set, Kind::replication_controller,
                                   Kind::job,        Kind::cron_job,    Kind::rollout};
  return kinds;
}

yaml::Node Workload::proxy() const {
  for (const char* list : {"containers", "initContainers"}) {
    for (yaml::Node container : pod_spec()[list].items()) {
      if (is_proxy(container)) return container;
    }
  }
  return {};
}

yaml::Node Secret::entry(std::string_view key) const {
  if (const yaml::Node plain = (*resource)["stringData"][key]) return plain;
  return (*resource)["data"][key];
}

std::span<const Kind> SecretProvider::kinds() {
  static constexpr Kind kinds[] = {Kind::secret, Kind::certificate, Kind::external_secret, Kind::sealed_secret};
  return kinds;
}

yaml::Node SecretProvider::secret_name() const {
  if (resource->kind == Kind::certificate) return spec()["secretName"];
  if (resource->kind == Kind::external_secret && spec()["target"]["name"]) return spec()["target"]["name"];
  if (resource->kind == Kind::sealed_secret && spec()["template"]["metadata"]["name"]) return spec()["template"]["metadata"]["name"];
  return resource->name_node();
}

yaml::Node IngressPath::service() const {
  const yaml::Node name = backend["service"]["name"];
  return name || !backend["serviceName"] ? name : backend["serviceName"];
}

yaml::Node IngressPath::port() const {
  const yaml::Node port = backend["service"]["port"];
  if (port["number"]) return port["number"];
  if (port["name"]) return port["name"];
  return backend["servicePort"] ? backend["servicePort"] : port["number"];
}

yaml::Node Ingress::default_backend() const {
  const yaml::Node current = spec()["defaultBackend"];
  return current || !spec()["backend"] ? current : spec()["backend"];
}

std::vector<Ingress::Backend> Ingress::backends() const {
  std::vector<Backend> all;
  for (yaml::Node rule : rules()) {
    for (yaml::Node path : rule["http"]["paths"].items()) all.push_back({{rule}, {path, path["backend"]}});
  }
  if (const yaml::Node fallback = default_backend()) all.push_back({{}, {fallback, fallback}});
  return all;
}

}  // namespace hop
