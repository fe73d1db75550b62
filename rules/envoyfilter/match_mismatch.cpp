// Matches on another class of objects than the patch applies to.
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Class {
  std::string_view apply_to, match;
};

// Source: istio.io EnvoyFilter reference (`ApplyTo`, `EnvoyConfigObjectMatch`).
constexpr Class classes[] = {{"LISTENER", "listener"},
                             {"FILTER_CHAIN", "listener"},
                             {"NETWORK_FILTER", "listener"},
                             {"HTTP_FILTER", "listener"},
                             {"ROUTE_CONFIGURATION", "routeConfiguration"},
                             {"VIRTUAL_HOST", "routeConfiguration"},
                             {"HTTP_ROUTE", "routeConfiguration"},
                             {"CLUSTER", "cluster"}};

std::string_view class_of(std::string_view apply_to) {
  for (const Class& known : classes) {
    if (known.apply_to == apply_to) return known.match;
  }
  return {};
}

void check_class(const Resource& resource, yaml::Node patch, std::string_view apply_to, std::string_view wanted, Report& report) {
  for (const std::string_view field : {"listener", "routeConfiguration", "cluster"}) {
    if (field == wanted || !patch["match"][field].is_mapping() || patch["match"][wanted].is_mapping()) continue;
    report.at_key(resource, patch["match"][field], format("a patch for `{}` is matched by `{}`, not by `{}`", apply_to, wanted, field))
        .alias("IST0106")
        .note(patch["applyTo"], "what the patch applies to");
  }
}

void check_filter(const Resource& resource, yaml::Node patch, std::string_view apply_to, Report& report) {
  const yaml::Node filter = patch["match"]["listener"]["filterChain"]["filter"];
  if (!filter.is_mapping()) return;
  if (apply_to == "LISTENER" || apply_to == "FILTER_CHAIN") {
    report.at_key(resource, filter, format("`filter` has no effect on a patch for `{}`", apply_to))
        .alias("IST0133")
        .severity(Severity::warning)
        .effect("the patch applies to chains without this filter as well");
  }
  const auto name = text_of(filter["name"]);
  if (name.is_absent() || (name.is_known() && (*name).empty()))
    report.at_key(resource, filter, "`filter` has no name to match").alias("IST0106");
  const yaml::Node sub = filter["subFilter"];
  if (!sub.is_mapping()) return;
  if (apply_to != "HTTP_FILTER") {
    report.at_key(resource, sub, format("`subFilter` is for `HTTP_FILTER`, not for `{}`", apply_to)).alias("IST0106");
  } else if (name.is_known() && *name != "envoy.filters.network.http_connection_manager" && *name != "envoy.http_connection_manager") {
    report.at(resource, name.node(), "`subFilter` needs the filter `envoy.filters.network.http_connection_manager`").alias("IST0106");
  } else if (text_of(sub["name"]).value_or("").empty() && !text_of(sub["name"]).is_unknown()) {
    report.at_key(resource, sub, "`subFilter` has no name to match").alias("IST0106");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node patch : EnvoyFilter(resource).patches()) {
    const auto apply_to = text_of(patch["applyTo"]);
    const std::string_view wanted = apply_to.is_known() ? class_of(*apply_to) : std::string_view();
    if (wanted.empty()) continue;
    check_class(resource, patch, *apply_to, wanted, report);
    if (wanted == "listener") check_filter(resource, patch, *apply_to, report);
  }
}

}  // namespace

extern constinit const Rule envoyfilter_match_mismatch = {
    .info = {.id = "envoyfilter-match-mismatch",
             .summary = "a patch of an EnvoyFilter is matched by what it cannot apply to",
             .docs = "Listeners, filter chains and filters are matched by `listener`, routes by `routeConfiguration`, clusters "
                     "by `cluster`. A `subFilter` is for HTTP filters inside the connection manager.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-EnvoyConfigObjectMatch",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::envoy_filter},
    .check_one = check_one,
};

}  // namespace hop::rules
