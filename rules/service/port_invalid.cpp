// Ports of a Service that the API server does not take.
#include <algorithm>
#include <map>

#include "model/k8s/names.h"
#include "rule/rule.h"
#include "yaml/template.h"

namespace hop::rules {
namespace {

bool is_open(std::string_view text) { return yaml::is_placeholder(text) || yaml::is_shouted(text); }

void check_form(const Service& service, const ServicePort& port, Report& report) {
  const auto name = port.name();
  if (name.is_known() && !is_open(*name) && !k8s::is_label(*name)) {
    report.at(service, name.node(), format("`{}` is no name for a port", *name)).label("small letters, digits and `-`, at most 63");
  }
  const auto target = text_of(port.target_port());
  if (target.is_known() && !integer_of(target.node()).is_known() && !is_open(*target) && !k8s::is_port_name(*target)) {
    const bool digits = std::ranges::all_of(*target, [](char c) { return c >= '0' && c <= '9'; });
    report.at(service, target.node(), format("no container can have a port named `{}`", *target))
        .label(digits ? "a number in quotes is a name" : "small letters, digits and `-`, at most 15");
  }
}

void check_one(const Resource& resource, Report& report) {
  const Service service(resource);
  const yaml::Node ports = service.spec()["ports"];
  if (ports.size() == 1) {
    if (ports[0].is_mapping()) check_form(service, ServicePort{ports[0]}, report);
    return;
  }
  std::map<std::string_view, yaml::Node> names;
  std::map<std::pair<std::int64_t, std::string_view>, yaml::Node> numbers;
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    check_form(service, port, report);
    const auto name = port.name();
    if (name.is_absent() && ports.size() > 1) {
      report.at(service, port.node["port"], "of several ports each needs a name");
    } else if (name.is_known() && !is_open(*name)) {
      const auto [first, added] = names.emplace(*name, name.node());
      if (!added) report.at(service, name.node(), format("two ports are named `{}`", *name)).note(first->second, "the other one");
    }
    const auto number = port.number();
    const auto protocol = port.protocol();
    if (!number.is_known() || protocol.is_unknown()) continue;
    const auto [first, added] = numbers.emplace(std::pair(*number, protocol.value_or("TCP")), node["port"]);
    if (!added) report.at(service, node["port"], format("port {} is there twice", *number)).note(first->second, "the other one");
  }
}

}  // namespace

extern constinit const Rule service_port_invalid = {
    .info = {.id = "service-port-invalid",
             .summary = "a Service has ports that the API server refuses",
             .docs = "Of several ports each needs a name of its own, in small letters, digits and `-`, and a number that no other port of "
                     "the protocol has. A `targetPort` that is a name has at most 15 characters.",
             .effect = "kubectl apply refuses the Service",
             .source = "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
             .severity = Severity::error},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
