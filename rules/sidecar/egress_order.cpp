// Egress listeners that come behind the one for everything else.
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node list = resource.spec()["egress"];
  std::size_t position = 0;
  for (yaml::Node listener : list.items()) {
    ++position;
    if (!listener.is_mapping() || istio::is_set(listener["port"]) || position == list.size()) continue;
    report.at(resource, listener, "an egress listener without `port` takes all others and comes last").alias("IST0106");
  }
}

}  // namespace

extern constinit const Rule sidecar_egress_order = {
    .info = {.id = "sidecar-egress-order",
             .summary = "an egress listener without a port is not the last one",
             .docs = "Listeners are tried in order. The one without `port` is for every port that the others do not have: there "
                     "is one at most, and it is the last.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
