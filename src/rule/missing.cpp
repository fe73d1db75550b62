#include "rule/missing.h"

#include "rule/edit.h"
#include "text/format.h"

namespace hop {

Finding report_missing(const Edge& edge, Report& report, const std::vector<yaml::Node>& places) {
  const KindInfo& kind = info(edge.kind);
  const bool elsewhere = kind.scope == Scope::cluster || edge.ns.empty();
  const std::string where = elsewhere ? std::string() : format(" in namespace `{}`", edge.ns);
  Finding finding = report.at(*edge.from, edge.place, format("the {} `{}` does not exist{}", kind.name, edge.name, where));
  finding.missing(edge.to).target(format("{} {}/{}", kind.name, edge.ns, edge.name));
  const Resource* near = edge.to.near;
  if (near == nullptr) return finding;
  std::vector<Edit> edits;
  for (yaml::Node place : places.empty() ? std::vector<yaml::Node>{edge.place} : places) {
    const auto edit = replace_text(place, near->name);
    if (!edit) return finding;
    edits.push_back(*edit);
  }
  finding.fix(format("change it to `{}`", near->name), std::move(edits), Safety::unsafe);
  return finding;
}

}  // namespace hop
