// Two subsets of one name.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  std::map<std::string_view, yaml::Node> seen;
  for (yaml::Node subset : DestinationRule(resource).subsets()) {
    const auto name = text_of(subset["name"]);
    if (!name.is_known() || (*name).empty()) continue;
    const auto [first, fresh] = seen.emplace(*name, name.node());
    if (fresh) continue;
    report.at(resource, name.node(), format("two subsets have the name `{}`", *name)).alias("IST0106").note(first->second, "the other one");
  }
}

}  // namespace

extern constinit const Rule destinationrule_subset_repeated = {
    .info = {.id = "destinationrule-subset-repeated",
             .summary = "two subsets of a DestinationRule have one name",
             .docs = "A route names a subset by its name, so names are unique within a DestinationRule.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
