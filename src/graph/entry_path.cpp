#include "graph/entry_path.h"

namespace hop {

std::vector<EntryPath> entry_paths(const Graph& graph) {
  std::vector<EntryPath> paths;
  const auto targets = graph.target_groups();
  for (const IngressGroup& group : graph.ingress_groups()) {
    if (!group.known) continue;
    for (const Listener& listener : group.listeners) {
      for (const auto* list : {&listener.rules, &listener.fallbacks}) {
        for (std::uint32_t at : *list) {
          const ListenerRule& rule = group.rules[at];
          for (std::uint32_t target : rule.target_groups) paths.push_back({&group, &listener, &rule, &targets[target]});
        }
      }
    }
  }
  return paths;
}

}  // namespace hop
