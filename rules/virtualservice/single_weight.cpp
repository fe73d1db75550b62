// One destination with a weight: the rest goes nowhere else.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (const char* list : {"http", "tls", "tcp"}) {
    for (yaml::Node route : vs.spec()[list].items()) {
      const auto weight = integer_of(route["route"][0]["weight"]);
      if (route["route"].size() != 1 || !weight.is_known() || *weight <= 0 || *weight >= 100) continue;
      report.at(resource, weight.node(), format("weight {} for the only destination: it gets every request", *weight)).alias("KIA1104");
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_single_weight = {
    .info = {.id = "virtualservice-single-weight",
             .summary = "the only destination of a route has a weight below 100",
             .docs = "Weights are shares among the destinations of a route. The other share is missing, or the weight is not needed.",
             .effect = "every request goes to this destination",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination",
             .severity = Severity::warning,
             .aliases = {"KIA1104"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
