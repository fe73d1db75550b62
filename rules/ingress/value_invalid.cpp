// Hosts, paths and ports of an Ingress that the API server does not take.
#include "model/k8s/names.h"
#include "rule/rule.h"
#include "yaml/template.h"

namespace hop::rules {
namespace {

bool is_open(std::string_view text) { return text.empty() || yaml::is_placeholder(text) || yaml::has_shouted_part(text); }

bool is_host(std::string_view host) {
  if (host.starts_with("*.")) host.remove_prefix(2);
  return k8s::is_subdomain(host);
}

void check_host(const Ingress& ingress, yaml::Node host, Report& report) {
  if (!host.is_scalar() || is_open(host.str()) || is_host(host.str())) return;
  report.at(ingress, host, format("`{}` is no host of an Ingress", host.str())).label("a DNS name in small letters, without a port");
}

void check_path(const Ingress& ingress, const IngressPath& path, Report& report) {
  const yaml::Node text = path.path();
  const bool refused = text.is_scalar() && !is_open(text.str()) && !text.str().starts_with('/');
  if (refused) report.at(ingress, text, format("the path `{}` does not begin with `/`", text.str()));
  const yaml::Node service = path.backend["service"], port = service["port"];
  if (!service.is_mapping() || (port && !port.is_mapping())) return;
  if (port["number"] && port["name"]) {
    report.at_key(*ingress, port["name"], "a backend's port has a number or a name, not both").note(port["number"], "the number");
  } else if (!port["number"] && !port["name"]) {
    report.at(ingress, service["name"], "the backend has no port");
  }
}

void check_one(const Resource& resource, Report& report) {
  const Ingress ingress(resource);
  if (resource.api_version != "networking.k8s.io/v1") return;
  for (yaml::Node rule : ingress.rules()) check_host(ingress, rule["host"], report);
  for (const Ingress::Backend& backend : ingress.backends()) check_path(ingress, backend.path, report);
}

}  // namespace

extern constinit const Rule ingress_value_invalid = {
    .info = {.id = "ingress-value-invalid",
             .summary = "a host, a path or a backend's port of an Ingress has a form that the API server refuses",
             .docs =
                 "A host is a DNS name in small letters, of which the first label may be `*`; it has no port. A path begins with `/`, and "
                 "a backend's port has either a number or a name.",
             .effect = "kubectl apply refuses the Ingress",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource",
             .severity = Severity::error},
    .reads = {Kind::ingress},
    .check_one = check_one,
};

}  // namespace hop::rules
