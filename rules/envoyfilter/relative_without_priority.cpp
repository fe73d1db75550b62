// A patch whose result depends on which other patches came before, and no priority to say so.
#include <set>

#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_routes(std::string_view apply_to) { return apply_to == "ROUTE_CONFIGURATION" || apply_to == "HTTP_ROUTE"; }

/// Whether the operation acts on what is there already.
bool is_relative(std::string_view operation, std::string_view apply_to) {
  if (operation == "INSERT_BEFORE" || operation == "INSERT_AFTER") return true;
  if (operation == "REMOVE") return !is_routes(apply_to);
  return operation == "REPLACE" && (apply_to == "NETWORK_FILTER" || apply_to == "HTTP_FILTER" || apply_to == "VIRTUAL_HOST");
}

/// The filter that a patch brings, else the one that it is put beside.
std::string_view filter_of(yaml::Node patch) {
  const yaml::Node value = patch["patch"]["value"];
  if (value["name"]) return value["name"].str();
  return value ? patch["match"]["listener"]["filterChain"]["filter"]["name"].str() : std::string_view{};
}

void check_one(const Resource& resource, Report& report) {
  const EnvoyFilter filter(resource);
  const yaml::Node priority = filter.spec()["priority"];
  if (priority && priority.integer() != std::optional<std::int64_t>(0)) return;
  std::set<std::string_view> only_for_versions;
  for (yaml::Node patch : filter.patches()) {
    const auto operation = text_of(patch["patch"]["operation"]);
    const auto apply_to = text_of(patch["applyTo"]);
    const std::string_view name = filter_of(patch);
    const bool after_version = only_for_versions.contains(name);
    if (patch["match"]["proxy"]["proxyVersion"]) only_for_versions.insert(name);
    if (!operation.is_known() || !apply_to.is_known() || !is_relative(*operation, *apply_to)) continue;
    if (after_version) {
      report.at(resource, operation.node(), format("`{}` has no priority and follows a patch for certain proxy versions only", *operation))
          .alias("IST0155");
    } else {
      report.at(resource, operation.node(), format("`{}` depends on patches before it, and no priority orders them", *operation))
          .alias("IST0151");
    }
  }
}

}  // namespace

extern constinit const Rule envoyfilter_relative_without_priority = {
    .info = {.id = "envoyfilter-relative-without-priority",
             .summary = "a patch relative to others, without a priority",
             .docs = "`INSERT_BEFORE`, `INSERT_AFTER`, `REMOVE` and `REPLACE` act on what is there when the patch is applied. Without "
                     "`spec.priority`, EnvoyFilters are applied in the order of their creation.\n\n"
                     "Set a priority, or use `INSERT_FIRST` where that is what is meant.",
             .effect = "recreating an EnvoyFilter, or an upgrade of Istio, changes the filter chain",
             .source = "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter",
             .severity = Severity::info,
             .group = Group::reliability,
             .aliases = {"IST0151", "IST0155"}},
    .reads = {Kind::envoy_filter},
    .check_one = check_one,
};

}  // namespace hop::rules
