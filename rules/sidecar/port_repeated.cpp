// Two listeners of one port.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_list(const Resource& resource, std::string_view list, Report& report) {
  std::map<std::int64_t, yaml::Node> seen;
  for (yaml::Node listener : resource.spec()[list].items()) {
    const auto number = integer_of(listener["port"]["number"]);
    if (!number.is_known() || *number == 0) continue;
    const auto [first, fresh] = seen.emplace(*number, number.node());
    if (fresh) continue;
    report.at(resource, number.node(), format("two {} listeners have the port {}", list, *number))
        .alias("IST0106")
        .note(first->second, "the other one");
  }
}

void check_one(const Resource& resource, Report& report) {
  check_list(resource, "ingress", report);
  check_list(resource, "egress", report);
}

}  // namespace

extern constinit const Rule sidecar_port_repeated = {
    .info = {.id = "sidecar-port-repeated",
             .summary = "two listeners of a Sidecar have one port",
             .docs = "Ports are unique among the ingress listeners of a Sidecar, and among its egress listeners. One listener "
                     "holds all hosts of its port.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
