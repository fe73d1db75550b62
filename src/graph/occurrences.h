#pragma once
// Every place that names something of the manifests, and all places that name the same: what editors jump between and rename together.
// Knows nothing of editors. Made when somebody asks, linear in the resources.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/graph.h"

namespace hop {

struct Symbol {
  enum class What : std::uint8_t {
    object,          ///< a resource, by its name
    secret,          ///< a Secret that something else brings into being, by the name it gets
    subset,          ///< of a DestinationRule
    service_port,    ///< of a Service, by its name
    service_number,  ///< of a Service, by its number
    container_port,  ///< of the containers that a Service leads to, by its name
    host,            ///< that Gateways, VirtualServices and Ingresses serve
    entry_host,      ///< of a ServiceEntry
    action           ///< of an Ingress: `actions.<name>`
  };
  What what = What::object;
  const Resource* owner = nullptr;  ///< whose it is; nullptr for a host
  std::string_view name;
};

struct Occurrence {
  Span place;                    ///< the name alone where it stands there as it is, else its whole scalar
  yaml::Node node;               ///< the scalar it stands in
  const Resource* in = nullptr;  ///< the resource it stands in
  std::uint32_t symbol = 0;
  bool defines = false;
  bool key = false;       ///< in a key rather than a value
  bool verbatim = false;  ///< `place` holds the name and nothing else
};

class Occurrences {
 public:
  explicit Occurrences(const Graph& graph);

  /// The one at a place, its end included, or the one whose scalar stands there; nullptr if there is none.
  const Occurrence* at(FileId file, std::uint32_t offset) const;
  /// Those in a file, in source order.
  std::span<const Occurrence> in(FileId file) const;
  /// All that name the same, in file and source order.
  std::vector<const Occurrence*> same(const Occurrence& one) const;
  const Symbol& symbol(const Occurrence& one) const { return symbols_[root(one.symbol)]; }

 private:
  friend class OccurrenceFinder;
  std::uint32_t root(std::uint32_t symbol) const;
  std::vector<Symbol> symbols_;
  std::vector<std::uint32_t> joined_;     ///< each symbol's way to the one that stands for it
  std::vector<Occurrence> all_;           ///< in file and source order
  std::vector<std::uint32_t> by_symbol_;  ///< positions in all_, by the symbol that stands for theirs
};

}  // namespace hop
