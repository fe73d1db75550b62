#pragma once
// Namespaces by the objects in them, and names that are surely slips for one. Knows nothing of who writes the name.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "text/words.h"

namespace hop {

class NamespaceNames {
 public:
  explicit NamespaceNames(const Graph& graph);

  struct Meant {
    std::string_view name;
    const Resource* example = nullptr;  ///< the Namespace, or an object in it; nullptr for one that every cluster has
  };
  /// The namespace that `ns` is a slip for; nothing where a Namespace of that name is among the manifests, where more than one object
  /// lives there, or where nothing resembles it.
  std::optional<Meant> meant_by(const Resource& from, std::string_view ns) const;

 private:
  struct Use {
    const Resource* example = nullptr;
    std::size_t objects = 0;
    bool declared = false;  ///< its Namespace is among the manifests, or every cluster has it
  };
  using Key = std::pair<std::uint16_t, std::string_view>;  ///< cluster, name
  struct Hash {
    std::size_t operator()(const Key& key) const { return std::hash<std::string_view>()(key.second) ^ key.first; }
  };
  std::unordered_map<Key, Use, Hash> uses_;
  std::map<std::uint16_t, NearNames> near_;  ///< by cluster; values are positions in `names_`
  std::vector<std::string_view> names_;
};

/// Names of the namespaces that something lives in: those exist, whoever made them. Gathered when first asked for: most runs never do.
class LivedInNamespaces {
 public:
  explicit LivedInNamespaces(const Graph& graph) : graph_(graph) {}
  const std::set<std::string_view>& names();

 private:
  Graph graph_;
  std::optional<std::set<std::string_view>> names_;
};

}  // namespace hop
