#pragma once
// How kustomization roots say their files are read: listed patches are no resources, transformers make names and namespaces other than
// written, and roots that define the same object are rival overlays.
// Source: kubectl.docs.kubernetes.io/references/kustomize/kustomization.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/input.h"
#include "yaml/document.h"

namespace hop {

/// The file names kustomize looks for in a folder; apiVersion and kind may be left out in them.
bool is_kustomization_path(std::string_view path);
inline constexpr std::string_view kustomization_names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

/// A file or folder that a kustomization lists.
struct ListedPath {
  yaml::Node place;  ///< a scalar that holds it
  std::string path;  ///< from where its folder's path is given
  bool patch = false;
};
/// Those of `resources`, `bases`, `components`, and of its patches; no addresses. `directory` is its own.
std::vector<ListedPath> listed_paths(std::string_view directory, yaml::Node kustomization);

struct KustomizeRoot {
  std::string directory;
  yaml::Node node;  ///< the Kustomization mapping
  const ReadFile* file = nullptr;
  std::vector<std::uint32_t> parents;  ///< roots that include this one
  /// Every namespace this root's files may end up in; "" when a way up sets none. Shared by those that say nothing of their own.
  std::shared_ptr<const std::set<std::string_view>> namespaces;
  bool renames = false;       ///< itself or a parent sets namePrefix or nameSuffix
  bool patches = false;       ///< itself or a parent adds to what its files say
  bool open = false;          ///< itself or a parent lists what is not among the manifests, or inflates a chart
  bool lists_others = false;  ///< the same of itself alone
};

class Kustomizations {
 public:
  /// Finds the roots among the files and marks the documents of listed patches as DocumentClass::patch.
  explicit Kustomizations(Input& input);
  /// The root that lists this file as a resource; nullptr if none does.
  const KustomizeRoot* root_of(std::string_view path) const;
  std::uint32_t id(const KustomizeRoot& root) const { return static_cast<std::uint32_t>(&root - roots_.data()); }
  const std::vector<KustomizeRoot>& roots() const { return roots_; }
  /// Whether one of the two includes the other, directly or not.
  bool related(const KustomizeRoot& a, const KustomizeRoot& b) const;

 private:
  void read(ReadFile& file, yaml::Node node);
  void link(const Input& input);
  void inherit();
  void plant(const std::vector<std::uint32_t>& outermost_first, std::size_t in_order);
  bool includes(std::uint32_t outer, std::uint32_t inner) const;
  bool is_above(std::uint32_t outer, std::uint32_t inner) const;
  /// Of a root in the forest in which each root hangs on its only parent.
  struct Seat {
    std::uint32_t top = 0;             ///< of its tree: a root without parents or with several
    std::uint32_t first = 0, end = 0;  ///< places of it and of what hangs on it, in one order of all
  };
  std::vector<KustomizeRoot> roots_;
  std::vector<Seat> seats_;  ///< by id
  std::map<std::string, std::uint32_t, std::less<>> by_directory_;
  std::map<std::string, std::uint32_t, std::less<>> by_file_;    ///< resource file → root
  std::set<std::string, std::less<>> patches_;                   ///< patch files
  std::vector<std::pair<std::uint32_t, std::string>> included_;  ///< root, directory it lists
};

}  // namespace hop
