#include "engine/scope.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hop {
namespace {

bool fits(const std::vector<std::string>& globs, std::string_view word) {
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) { return glob_match(glob, word); });
}

bool carries(const Resource& resource, const std::vector<std::pair<std::string, std::string>>& labels) {
  return std::ranges::all_of(labels, [&](const auto& wanted) {
    const yaml::Node label = resource.label(wanted.first);
    return label.is_scalar() && glob_match(wanted.second, label.str());
  });
}

}  // namespace

ScopeMatch::ScopeMatch(const FindingScope& scope, const Graph& graph) : scope_(&scope), sources_(&graph.sources()) {
  for (const std::string& path : scope.paths) paths_.add(path);
  if (scope.labels.empty()) return;
  for (const Resource& resource : graph.resources()) {
    if (resource.linted() && carries(resource, scope.labels)) labelled_.emplace(resource.root.document()->file(), object_id(resource));
  }
}

bool ScopeMatch::covers(const Diagnostic& finding) const {
  if (scope_->wants_object()) {
    if (!finding.object) return false;
    const ObjectId& object = *finding.object;
    if (!fits(scope_->kinds, object.kind) || !fits(scope_->namespaces, object.ns) || !fits(scope_->names, object.name)) return false;
    if (!scope_->labels.empty() && !labelled_.contains({finding.where.file, object})) return false;
  }
  return paths_.empty() || (finding.where && paths_.covers((*sources_)[finding.where.file].path()));
}

}  // namespace hop
