#include "graph/kustomize.h"

#include <algorithm>
#include <span>
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

namespace {

/// Ids of the roots, those that include others before them; behind the first `in_order` of them come those that include each other in a
/// circle, and what these include.
struct Order {
  std::vector<std::uint32_t> ids;
  std::size_t in_order = 0;
};

Order outermost_first(const std::vector<KustomizeRoot>& roots) {
  std::vector<std::vector<std::uint32_t>> children(roots.size());
  std::vector<std::size_t> above(roots.size());
  Order order;
  for (std::uint32_t id = 0; id < roots.size(); ++id) {
    above[id] = roots[id].parents.size();
    for (const std::uint32_t parent : roots[id].parents) children[parent].push_back(id);
    if (above[id] == 0) order.ids.push_back(id);
  }
  for (std::size_t i = 0; i < order.ids.size(); ++i) {
    for (const std::uint32_t child : children[order.ids[i]]) {
      if (--above[child] == 0) order.ids.push_back(child);
    }
  }
  order.in_order = order.ids.size();
  for (std::uint32_t id = 0; id < roots.size(); ++id) {
    if (above[id] > 0) order.ids.push_back(id);
  }
  return order;
}

/// What the ways from a root to the outermost ones say of the namespace: the outermost transformer has the last word.
struct Ways {
  std::shared_ptr<const std::set<std::string_view>> namespaces = std::make_shared<std::set<std::string_view>>();
  bool silent = false;  ///< some way says nothing
};

/// `own` comes further in than all of `ways`.
Ways below(const std::vector<const Ways*>& ways, yaml::Node own, bool outermost) {
  Ways all;
  all.silent = outermost || std::ranges::any_of(ways, &Ways::silent);
  const bool adds = all.silent && own;
  if (ways.size() == 1 && !adds) {
    all.namespaces = ways.front()->namespaces;
    return all;
  }
  auto namespaces = std::make_shared<std::set<std::string_view>>();
  for (const Ways* one : ways) namespaces->insert(one->namespaces->begin(), one->namespaces->end());
  if (adds) namespaces->insert(own.str());
  all.silent = all.silent && !adds;
  all.namespaces = std::move(namespaces);
  return all;
}

void add_own(KustomizeRoot& root) {
  root.renames = !root.node["namePrefix"].str().empty() || !root.node["nameSuffix"].str().empty();
  root.patches = adds(root.node);
  root.open = root.lists_others;
}

void add_from(KustomizeRoot& root, const KustomizeRoot& parent) {
  root.renames = root.renames || parent.renames;
  root.patches = root.patches || parent.patches;
  root.open = root.open || parent.open;
}

}  // namespace

void Kustomizations::inherit() {
  const Order order = outermost_first(roots_);
  const std::span<const std::uint32_t> ids(order.ids);
  std::vector<Ways> ways(roots_.size());
  const auto ways_of = [&](const std::vector<std::uint32_t>& parents) {
    std::vector<const Ways*> all;
    for (const std::uint32_t parent : parents) all.push_back(&ways[parent]);
    return all;
  };
  for (KustomizeRoot& root : roots_) add_own(root);
  for (const std::uint32_t at : ids.first(order.in_order)) {
    KustomizeRoot& root = roots_[at];
    for (const std::uint32_t parent : root.parents) add_from(root, roots_[parent]);
    ways[at] = below(ways_of(root.parents), root.node["namespace"], root.parents.empty());
  }
  // Kustomize builds none of the others: which is further out nobody can say, so each is held to be below all of them.
  KustomizeRoot circle;
  std::vector<const Ways*> around;
  for (const std::uint32_t at : ids.subspan(order.in_order)) {
    add_from(circle, roots_[at]);
    for (const std::uint32_t parent : roots_[at].parents) add_from(circle, roots_[parent]);
    for (const Ways* one : ways_of(roots_[at].parents)) around.push_back(one);
  }
  for (const std::uint32_t at : ids.subspan(order.in_order)) add_from(roots_[at], circle);
  Ways within = below(around, {}, false);
  for (const std::uint32_t at : ids.subspan(order.in_order)) within = below({&within}, roots_[at].node["namespace"], within.silent);
  for (const std::uint32_t at : ids.subspan(order.in_order)) ways[at] = within;
  const auto with_none = [](const Ways& one) {
    auto namespaces = std::make_shared<std::set<std::string_view>>(*one.namespaces);
    namespaces->insert("");
    return namespaces;
  };
  for (std::uint32_t at = 0; at < roots_.size(); ++at) {
    roots_[at].namespaces = ways[at].silent ? with_none(ways[at]) : ways[at].namespaces;
  }
  plant(order.ids, order.in_order);
}

void Kustomizations::plant(const std::vector<std::uint32_t>& outermost_first, std::size_t in_order) {
  seats_.resize(roots_.size());
  std::vector<std::uint32_t> sizes(roots_.size(), 1);
  const auto hangs = [&](std::size_t place) { return place < in_order && roots_[outermost_first[place]].parents.size() == 1; };
  for (std::size_t place = outermost_first.size(); place-- > 0;) {
    if (hangs(place)) sizes[roots_[outermost_first[place]].parents[0]] += sizes[outermost_first[place]];
  }
  std::uint32_t free = 0;
  std::vector<std::uint32_t> next(roots_.size());  // place of the next one that hangs on a root
  for (std::size_t place = 0; place < outermost_first.size(); ++place) {
    const std::uint32_t at = outermost_first[place];
    const std::uint32_t parent = hangs(place) ? roots_[at].parents[0] : at;
    std::uint32_t& first = hangs(place) ? next[parent] : free;
    seats_[at] = {hangs(place) ? seats_[parent].top : at, first, first + sizes[at]};
    first += sizes[at];
    next[at] = seats_[at].first + 1;
  }
}

const KustomizeRoot* Kustomizations::root_of(std::string_view path) const {
  const auto found = by_file_.find(path);
  return found == by_file_.end() ? nullptr : &roots_[found->second];
}

/// Whether every root on the way from the inner one up to the outer one has a single parent, or they are the same.
bool Kustomizations::is_above(std::uint32_t outer, std::uint32_t inner) const {
  return seats_[outer].first <= seats_[inner].first && seats_[inner].first < seats_[outer].end;
}

bool Kustomizations::includes(std::uint32_t outer, std::uint32_t inner) const {
  std::unordered_set<std::uint32_t> seen;
  std::vector<std::uint32_t> todo{inner};
  while (!todo.empty()) {
    const std::uint32_t at = todo.back();
    todo.pop_back();
    if (is_above(outer, at)) return true;
    const std::uint32_t top = seats_[at].top;
    if (!seen.insert(top).second) continue;
    todo.insert(todo.end(), roots_[top].parents.begin(), roots_[top].parents.end());
  }
  return false;
}

bool Kustomizations::related(const KustomizeRoot& a, const KustomizeRoot& b) const {
  return includes(id(a), id(b)) || includes(id(b), id(a));
}

}  // namespace hop
