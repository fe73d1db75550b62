#include "graph/kustomize.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "model/value.h"
#include "text/file_system.h"

namespace hop {
namespace {

/// Items that are strings, or the `path` of items that are mappings. A scalar with line breaks is an inline patch, not a path.
void add_paths(std::string_view directory, yaml::Node list, bool patch, std::vector<ListedPath>& paths) {
  for (yaml::Node item : list.items()) {
    const auto path = text_of(item.is_scalar() ? item : item["path"]);
    if (path.is_known() && (*path).find('\n') == std::string_view::npos) paths.push_back({path.node(), join_path(directory, *path), patch});
  }
}

/// Whether a root changes more than names of what it lists.
bool adds(yaml::Node root) {
  static constexpr std::string_view ways[] = {"patches",    "patchesStrategicMerge", "patchesJson6902",
                                              "components", "replacements",          "transformers"};
  return std::any_of(std::begin(ways), std::end(ways), [&](std::string_view way) { return root[way].size() > 0; });
}

}  // namespace

bool is_kustomization_path(std::string_view path) {
  return std::ranges::find(kustomization_names, file_name(path)) != std::end(kustomization_names);
}

std::vector<ListedPath> listed_paths(std::string_view directory, yaml::Node kustomization) {
  std::vector<ListedPath> paths;
  for (const char* list : {"patches", "patchesStrategicMerge", "patchesJson6902"}) add_paths(directory, kustomization[list], true, paths);
  for (const char* list : {"resources", "bases", "components"}) add_paths(directory, kustomization[list], false, paths);
  return paths;
}

Kustomizations::Kustomizations(Input& input) {
  for (ReadFile& file : input.files) {
    if (!is_kustomization_path(file.path)) continue;
    for (const ReadDocument& document : file.documents) {
      const yaml::Node root = document.document->root();
      if (root.is_mapping()) read(file, root);
    }
  }
  link(input);
  inherit();
  for (ReadFile& file : input.files) {
    if (!patches_.contains(file.path)) continue;
    for (ReadDocument& document : file.documents) {
      if (document.is == DocumentClass::resource || document.is == DocumentClass::half) document.is = DocumentClass::patch;
    }
  }
}

void Kustomizations::read(ReadFile& file, yaml::Node node) {
  const auto id = static_cast<std::uint32_t>(roots_.size());
  const std::string directory(parent_path(file.path));
  roots_.push_back({directory, node, &file, {}, {}});
  roots_.back().lists_others = node["helmCharts"].size() > 0;
  by_directory_.emplace(directory, id);
  for (ListedPath& listed : listed_paths(directory, node)) {
    if (listed.patch) {
      patches_.insert(std::move(listed.path));
    } else {
      by_file_.emplace(listed.path, id);  // a directory is told apart in link(): it is a root's
      included_.emplace_back(id, std::move(listed.path));
    }
  }
}

void Kustomizations::link(const Input& input) {
  std::unordered_set<std::string_view> given;
  if (!included_.empty()) {
    for (const ReadFile& file : input.files) given.insert(file.path);
  }
  for (const auto& [parent, path] : included_) {
    const auto child = by_directory_.find(path);
    if (child != by_directory_.end() && child->second != parent) roots_[child->second].parents.push_back(parent);
    if (child == by_directory_.end() && !given.contains(path)) roots_[parent].lists_others = true;
  }
}

void Kustomizations::inherit() {
  // Every root looks up all its ways to the top; `seen` bounds the walk where roots include each other in a circle.
  for (KustomizeRoot& root : roots_) {
    std::set<std::uint32_t> seen;
    std::function<void(const KustomizeRoot&, std::string)> climb = [&](const KustomizeRoot& at, std::string ns) {
      if (!seen.insert(id(at)).second) return;
      const yaml::Node own = at.node["namespace"];
      if (own) ns = own.str();  // the outermost transformer has the last word
      if (!at.node["namePrefix"].str().empty() || !at.node["nameSuffix"].str().empty()) root.renames = true;
      root.patches = root.patches || adds(at.node);
      root.open = root.open || at.lists_others;
      if (at.parents.empty()) root.namespaces.insert(ns);
      for (std::uint32_t parent : at.parents) climb(roots_[parent], ns);
    };
    climb(root, "");
  }
}

const KustomizeRoot* Kustomizations::root_of(std::string_view path) const {
  const auto found = by_file_.find(path);
  return found == by_file_.end() ? nullptr : &roots_[found->second];
}

bool Kustomizations::includes(std::uint32_t outer, std::uint32_t inner) const {
  std::set<std::uint32_t> seen;
  std::vector<std::uint32_t> todo{inner};
  while (!todo.empty()) {
    const std::uint32_t at = todo.back();
    todo.pop_back();
    if (at == outer) return true;
    if (!seen.insert(at).second) continue;
    todo.insert(todo.end(), roots_[at].parents.begin(), roots_[at].parents.end());
  }
  return false;
}

bool Kustomizations::related(const KustomizeRoot& a, const KustomizeRoot& b) const {
  return includes(id(a), id(b)) || includes(id(b), id(a));
}

}  // namespace hop
