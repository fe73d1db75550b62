#include "graph/namespaces.h"

#include <algorithm>
#include <set>

#include "text/typing_slip.h"
#include "yaml/template.h"

namespace hop {
namespace {

constexpr std::string_view everywhere[] = {"default", "kube-system", "kube-public", "kube-node-lease"};

}  // namespace

NamespaceNames::NamespaceNames(const Graph& graph) {
  std::pair<const Key, Use>* last = nullptr;  // objects of one namespace follow each other
  for (const Resource& resource : graph.resources()) {
    if (resource.origin == Origin::implied) continue;
    if (resource.kind == Kind::namespace_) {
      Use& use = uses_[{resource.cluster, resource.name}];
      use.declared = true;
      use.example = &resource;
    } else if (!resource.ns.empty() && !resource.cluster_scoped() && resource.ns_known && !yaml::is_placeholder(resource.ns)) {
      const Key key{resource.cluster, resource.ns};
      if (last == nullptr || last->first != key) last = &*uses_.try_emplace(key).first;
      ++last->second.objects;
      if (last->second.example == nullptr) last->second.example = &resource;
    }
  }
  std::set<std::uint16_t> clusters;
  for (const auto& [key, use] : uses_) clusters.insert(key.first);
  for (const std::uint16_t cluster : clusters) {
    for (const std::string_view name : everywhere) uses_[{cluster, name}].declared = true;
  }
  std::vector<Key> meant;
  for (const auto& [key, use] : uses_) {
    if (use.declared || use.objects > 1) meant.push_back(key);
  }
  std::ranges::sort(meant);
  for (const auto& [cluster, name] : meant) {
    near_[cluster].add(name, static_cast<std::uint32_t>(names_.size()));
    names_.push_back(name);
  }
}

std::optional<NamespaceNames::Meant> NamespaceNames::meant_by(const Resource& from, std::string_view ns) const {
  const auto own = uses_.find({from.cluster, ns});
  if (own != uses_.end() && (own->second.declared || own->second.objects > 1)) return std::nullopt;
  const auto near = near_.find(from.cluster);
  if (near == near_.end()) return std::nullopt;
  const auto found = near->second.find(ns);
  if (!found || !is_typing_slip(ns, names_[*found])) return std::nullopt;
  return Meant{names_[*found], uses_.at({from.cluster, names_[*found]}).example};
}

const std::set<std::string_view>& LivedInNamespaces::names() {
  if (!names_) {
    names_.emplace();
    for (const Resource& resource : graph_.resources()) {
      if (!resource.ns.empty()) names_->insert(resource.ns);
    }
  }
  return *names_;
}

}  // namespace hop
