// Several destinations, all with weight 0.
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_list(const Resource& resource, yaml::Node list, Report& report) {
  if (list.size() < 2) return;
  for (yaml::Node item : list.items()) {
    const auto weight = integer_of(item["weight"]);
    if (weight.is_unknown() || !item.is_mapping() || weight.value_or(0) != 0) return;
  }
  report.at_key(resource, list, "several destinations, and none has a weight").alias("IST0106");
}

void check_one(const Resource& resource, Report& report) {
  for (const std::string_view path : {"http[].route", "tls[].route", "tcp[].route"}) {
    for (yaml::Node list : nodes_at(resource.spec(), path)) check_list(resource, list, report);
  }
}

}  // namespace

extern constinit const Rule virtualservice_weights_zero = {
    .info = {.id = "virtualservice-weights-zero",
             .summary = "a route has several destinations, and none has a weight",
             .docs = "Requests are shared out by `weight`. An absent one is 0 where there are several destinations, so at least "
                     "one has to have a weight.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
