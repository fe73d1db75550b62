#include "graph/namespaces.h"

#include "text/typing_slip.h"
#include "yaml/template.h"

namespace hop {
namespace {

constexpr std::string_view everywhere[] = {"default", "kube-system", "kube-public", "kube-node-lease"};

}  // namespace

NamespaceNames::NamespaceNames(const Graph& graph) {
  for (const Resource& resource : graph.resources()) {
    if (resource.origin == Origin::implied) continue;
    if (resource.kind == Kind::namespace_) {
      Use& use = uses_[{resource.cluster, resource.name}];
      use.declared = true;
      use.example = &resource;
    } else if (!resource.ns.empty() && !resource.cluster_scoped() && resource.ns_known && !yaml::is_placeholder(resource.ns)) {
      Use& use = uses_[{resource.cluster, resource.ns}];
      ++use.objects;
      if (use.example == nullptr) use.example = &resource;
    }
    for (const std::string_view name : everywhere) uses_[{resource.cluster, name}].declared = true;
  }
  for (const auto& [key, use] : uses_) {
    if (!use.declared && use.objects < 2) continue;
    near_[key.first].add(key.second, static_cast<std::uint32_t>(names_.size()));
    names_.push_back(key.second);
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

}  // namespace hop
