// Locality load balancing that does not add up.
#include "model/field_path.h"
#include "model/istio/traffic_policy.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_weights(const Resource& resource, yaml::Node to, Report& report) {
  std::int64_t total = 0;
  for (const auto& [locality, value] : to.entries()) {
    const auto weight = integer_of(value);
    if (!weight.is_known()) return;
    if (*weight < 1 || *weight > 100) {
      report.at(resource, value, format("`{}` is no weight: weights are 1 to 100", *weight)).alias("IST0106");
      return;
    }
    total += *weight;
  }
  if (to.is_mapping() && total != 100) report.at_key(resource, to, format("the weights add up to {}, not to 100", total)).alias("IST0106");
}

/// Whether one locality (`region/zone/subzone`, the last part perhaps `*`) is part of the other.
bool within(std::string_view part, std::string_view whole) {
  if (whole.ends_with('*')) whole.remove_suffix(1);
  if (whole.ends_with('/')) whole.remove_suffix(1);
  return whole.empty() || part == whole || (part.starts_with(whole) && part[whole.size()] == '/');
}

void check_localities(const Resource& resource, const std::vector<Field>& localities, Report& report) {
  constexpr std::size_t compared = 50;  // every pair is looked at
  for (std::size_t i = 0; i < localities.size() && i < compared; ++i) {
    const std::string_view text = localities[i].scalar().str();
    if (text_of(localities[i].scalar()).is_unknown()) continue;
    const auto place = [&](std::string message) {
      return localities[i].key ? report.at_key(resource, localities[i].node, std::move(message))
                               : report.at(resource, localities[i].node, std::move(message));
    };
    if (text.empty() || text.starts_with('/') || text.ends_with('/') || text.find("//") != std::string_view::npos) {
      place("a locality has an empty region, zone or subzone").alias("IST0106");
    } else if (text.find('*') + 1 < text.size() && text.find('*') != std::string_view::npos) {
      place(format("`{}` has a wildcard before its end", text)).alias("IST0106");
    }
    for (std::size_t k = 0; k < i; ++k) {
      const std::string_view other = localities[k].scalar().str();
      if (!within(text, other) && !within(other, text)) continue;
      place(format("locality `{}` overlaps `{}`", text, other)).alias("IST0106");
      break;
    }
  }
}

void check_failover(const Resource& resource, yaml::Node failover, Report& report) {
  for (yaml::Node item : failover.items()) {
    const auto from = text_of(item["from"]);
    const auto to = text_of(item["to"]);
    if (from.is_known() && to.is_known() && *from == *to) {
      report.at(resource, to.node(), "failover leads to the region it comes from").alias("IST0106");
    }
    for (const auto& region : {from, to}) {
      if (!region.is_known() || (*region).find_first_of("/*") == std::string_view::npos) continue;
      report.at(resource, region.node(), format("failover is between regions; `{}` is none", *region)).alias("IST0106");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node policy : istio::traffic_policies(resource)) {
    const yaml::Node locality = policy["loadBalancer"]["localityLbSetting"];
    for (yaml::Node share : locality["distribute"].items()) {
      check_weights(resource, share["to"], report);
      check_localities(resource, fields_at(share, "to.@"), report);
    }
    check_localities(resource, fields_at(locality, "distribute[].from"), report);
    check_failover(resource, locality["failover"], report);
    const yaml::Node fails = locality["failover"].size() > 0 ? locality["failover"] : locality["failoverPriority"];
    if (fails.size() == 0 || policy["outlierDetection"]) continue;
    report.at_key(resource, fails, "failover needs `outlierDetection` in the same policy")
        .alias("IST0133")
        .severity(Severity::warning)
        .effect("no host is ever found unhealthy, so nothing fails over");
  }
}

}  // namespace

extern constinit const Rule destinationrule_locality_invalid = {
    .info = {.id = "destinationrule-locality-invalid",
             .summary = "settings of locality load balancing do not add up",
             .docs = "The weights of a locality in `distribute` add up to 100, and its localities do not overlap. `failover` is "
                     "between two different regions. Without `outlierDetection` in the same policy no host counts as unhealthy, "
                     "and nothing fails over.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
