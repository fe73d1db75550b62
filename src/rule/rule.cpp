#include "rule/rule.h"

namespace hop {

void run_rule(const Rule& rule, const Graph& graph, Report& report) {
  if (rule.check != nullptr) return rule.check(graph, report);
  for (const KindInfo& kind : all_kinds()) {
    if (!rule.looks_at_each(kind.kind)) continue;
    for (const Resource* resource : graph.of(kind.kind)) {
      if (resource->linted()) rule.look(graph, *resource, report);
    }
  }
}

}  // namespace hop
