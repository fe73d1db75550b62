// A patch whose result depends on which other patches came before, and no priority to say so.
#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "graph/envoy_filters.h"
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

constexpr std::size_t looked_at = 100;  ///< EnvoyFilters with patches of one filter that another is held against

/// Patches for proxies of certain versions so far, by their filter.
using Limited = std::map<std::string_view, std::vector<const Resource*>>;

/// Whether such a patch stands above in the EnvoyFilter, or in one that is applied before it to the same workloads.
bool follows(const Graph& graph, const EnvoyFilter& filter, const Limited& limited, std::string_view name) {
  const auto found = limited.find(name);
  if (found == limited.end()) return false;
  if (found->second.back() == filter.resource) return true;
  // Patches that name no filter are about whatever is there: in another EnvoyFilter about something else.
  const auto others = std::span(found->second).first(std::min(found->second.size(), looked_at));
  return !name.empty() && std::any_of(others.begin(), others.end(),
                                      [&](const Resource* other) { return reach_one_workload(graph, EnvoyFilter(*other), filter); });
}

void check_filter(const Graph& graph, const EnvoyFilter& filter, Limited& limited, Report& report) {
  for (yaml::Node patch : filter.patches()) {
    const auto operation = text_of(patch["patch"]["operation"]);
    const auto apply_to = text_of(patch["applyTo"]);
    const std::string_view name = filter_of(patch);
    const bool after_version = follows(graph, filter, limited, name);
    if (patch["match"]["proxy"]["proxyVersion"]) limited[name].push_back(filter.resource);
    if (!filter->linted() || !operation.is_known() || !apply_to.is_known() || !is_relative(*operation, *apply_to)) continue;
    if (after_version) {
      report.at(filter, operation.node(), format("`{}` has no priority and follows a patch for certain proxy versions only", *operation))
          .alias("IST0155");
    } else {
      report.at(filter, operation.node(), format("`{}` depends on patches before it, and no priority orders them", *operation))
          .alias("IST0151");
    }
  }
}

void check(const Graph& graph, Report& report) {
  Limited limited;
  for (const EnvoyFilter& filter : without_priority(graph)) check_filter(graph, filter, limited, report);
}

}  // namespace

extern constinit const Rule envoyfilter_relative_without_priority = {
    .info =
        {.id = "envoyfilter-relative-without-priority",
         .summary = "a patch relative to others, without a priority",
         .docs =
             "`INSERT_BEFORE`, `INSERT_AFTER`, `REMOVE` and `REPLACE` act on what is there when the patch is applied. Without "
             "`spec.priority`, EnvoyFilters are applied in the order of their creation, and in that of their names where they were created "
             "together; those of the root namespace come first.\n\nWhere a patch before it, of the same filter and for the same "
             "workloads, is for certain proxy versions only, the order also changes from one version to the next.\n\n"
             "Set a priority, or use `INSERT_FIRST` where that is what is meant.",
         .effect = "recreating an EnvoyFilter, or an upgrade of Istio, changes the filter chain",
         .source = "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter",
         .severity = Severity::info,
         .group = Group::reliability,
         .aliases = {"IST0151", "IST0155"}},
    .reads = {Kind::envoy_filter, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
