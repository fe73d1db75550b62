#pragma once
// What a computation over a graph looked into, cell by cell, and which cells a change of resources reaches: a result stays right as long as
// none of its cells is reached. For those who keep results from one graph to the next. Knows nothing of rules.

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/kind.h"
#include "model/resource.h"

namespace hop {

class Graph;

/// What resources of one kind, or of those a facet is computed from, have in common: a namespace, a name, a host, or nothing but the kind.
/// Hashed: where two coincide, work is done in vain, and nothing is missed.
using Cell = std::uint32_t;

/// The cells that a computation looked into. A lookup adds those in which a resource would have to change for its answer to change.
class Reads {
 public:
  void all(Kind kind);
  void all(Facet facet);
  /// One object.
  void identity(Kind kind, std::string_view ns, std::string_view name);
  void in_namespace(Kind kind, std::string_view ns);
  void in_namespace(Facet facet, std::string_view ns);
  void named(Kind kind, std::string_view name);
  /// `host` as the index has it: lower case, completed.
  void at_host(Kind kind, std::string_view host);
  void add(std::span<const Cell> cells) { cells_.insert(cells_.end(), cells.begin(), cells.end()); }

  void clear() { cells_.clear(); }
  std::span<const Cell> cells() const { return cells_; }
  /// Each cell once, or kinds and facets alone where there are very many; leaves this empty.
  std::vector<Cell> take();

 private:
  std::vector<Cell> cells_;
};

/// The cells that changed resources are in.
class Changes {
 public:
  /// A resource that came, or went, or says something else: as it was with the graph it was in, and as it is with its own.
  void add(const Graph& graph, const Resource& resource);
  /// Documents that are no resources may have changed, too.
  void add_files() { members_.add(Facet::files); }
  bool reach(std::span<const Cell> cells) const;

 private:
  void add_keys(const Resource& resource);
  void add_hosts(const Graph& graph, const Resource& resource);
  void add_pods(const Resource& resource);
  void add_secret(const Resource& resource);

  KindSet members_, wholly_;  ///< `members_`: with facets; `wholly_`: whatever the key
  std::unordered_set<Cell> cells_;
};

/// With the facets that graph computes from resources of these kinds.
KindSet with_facets(KindSet kinds);

/// These say what other files mean, or bring resources into being: where one of them changes, nothing is as it was.
inline constexpr KindSet far_reaching_kinds{Kind::kustomization, Kind::istio_operator, Kind::istio,        Kind::application,
                                            Kind::helm_release,  Kind::k8s_gateway,    Kind::gateway_class};

}  // namespace hop
