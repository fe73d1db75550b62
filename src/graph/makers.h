#pragma once
// What brings objects into a namespace that nobody reads here: charts, operators, templates that were skipped, bases that nobody gave.
// Where one of them may have made what is looked for, that it is not here proves nothing. For graph/ only; knows nothing of lookups.

#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "graph/input.h"
#include "model/resource.h"

namespace hop {

struct KustomizeRoot;  // graph/kustomize.h

/// The folders that the manifests lie in, to be asked for as an Application names them: from the root of a repository, which may lie above
/// what was given.
class GivenFolders {
 public:
  explicit GivenFolders(const Input& input) : input_(input) {}
  bool holds(std::string_view path);

 private:
  const Input& input_;
  bool read_ = false;
  std::set<std::uint64_t> ends_;  ///< of their paths, hashed
};

class Makers {
 public:
  /// What a resource may bring besides itself: a custom resource, or one that installs a chart or a folder.
  void add(const Input& input, const Resource& resource, GivenFolders& folders);
  void add(std::uint16_t cluster, const TemplateObject& object);
  /// A root that lists what is not among the manifests.
  void add(std::uint16_t cluster, const KustomizeRoot& root);

  /// Whether one of them may have made an object of this kind, in the namespace as seen from `from`; "" unset.
  bool may_make(const Input& input, const Resource& from, Kind kind, std::string_view ns) const;
  /// Whether a template makes an object of this name, whatever its namespace.
  bool is_in_template(std::uint16_t cluster, Kind kind, std::string_view name) const;
  /// Whether a custom resource may make pods in the namespace, or in any.
  bool may_make_pods(std::uint16_t cluster, std::string_view ns) const;
  bool may_make_pods() const { return !operators_.empty(); }

  friend bool operator==(const Makers&, const Makers&) = default;

 private:
  std::set<std::uint64_t> places_;                 ///< namespaces, and folders of an unset one, with a chart or an unknown base
  std::set<std::uint16_t> everywhere_;             ///< clusters with a chart whose namespace is not known
  std::set<std::uint64_t> operators_;              ///< namespaces
  std::set<std::uint64_t> routers_;                ///< namespaces where an operator writes routes
  std::set<std::pair<std::uint16_t, Kind>> open_;  ///< kinds of templates that leave the name open
  std::set<std::uint64_t> names_;                  ///< of templates that do not
};

}  // namespace hop
