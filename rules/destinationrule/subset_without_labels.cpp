// A subset that selects nothing in particular.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const DestinationRule rule(resource);
  for (yaml::Node subset : rule.subsets()) {
    // With a policy of its own a subset for every pod has a use, and the only one is a name: nothing is told apart by it.
    if (subset["labels"].size() > 0 || subset["labels"].is_scalar() || subset.size() == 0) continue;
    Finding finding =
        report.at(resource, subset, format("subset `{}` has no labels, so it is every pod of the host", subset["name"].str()));
    finding.alias("KIA0209");
    if (subset["trafficPolicy"] || rule.spec()["subsets"].size() == 1) finding.severity(Severity::info);
  }
}

}  // namespace

extern constinit const Rule destinationrule_subset_without_labels = {
    .info = {.id = "destinationrule-subset-without-labels",
             .summary = "a subset has no labels",
             .docs =
                 "A subset is the pods of the host that carry its labels; without labels it is all of them. Info where the subset has a "
                 "`trafficPolicy` of its own, or is the only one: then it is another way to call the same pods, as for egress gateways.",
             .effect = "a route to this subset reaches every version",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
             .severity = Severity::warning,
             .aliases = {"KIA0209"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
