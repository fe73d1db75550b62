#include "graph/envoy_filters.h"

#include <algorithm>
#include <tuple>

#include "graph/visibility.h"

namespace hop {
namespace {

bool labels_part(yaml::Node wanted, yaml::Node other) {
  for (const auto& [key, value] : wanted.entries()) {
    const auto twin = text_of(other[key.str()]);
    if (!twin.is_absent() && text_of(value).is_known() && twin.equals(value.str()) == Truth::no) return true;
  }
  return false;
}

}  // namespace

std::vector<EnvoyFilter> without_priority(const Graph& graph) {
  std::vector<EnvoyFilter> filters;
  for (const EnvoyFilter& filter : graph.all<EnvoyFilter>()) {
    const yaml::Node priority = filter.spec()["priority"];
    if (!priority || priority.integer() == std::optional<std::int64_t>(0)) filters.push_back(filter);
  }
  const auto place = [&](const EnvoyFilter& filter) {
    return std::tuple(filter->ns != graph.root_namespace(), filter->name, filter->ns, filter->id);
  };
  std::sort(filters.begin(), filters.end(), [&](const EnvoyFilter& a, const EnvoyFilter& b) { return place(a) < place(b); });
  return filters;
}

bool reach_one_workload(const Graph& graph, const EnvoyFilter& a, const EnvoyFilter& b) {
  const bool near = a->ns == graph.root_namespace() || b->ns == graph.root_namespace() || graph.same_namespace(*a, *b) == Truth::yes;
  return near && comparable(graph, *a, *b) && !labels_part(a.selector(), b.selector());
}

}  // namespace hop
