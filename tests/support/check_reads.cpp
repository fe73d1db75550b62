#include "support/check_reads.h"

#include <iterator>

#include "text/format.h"

namespace hop {
namespace {

constexpr std::string_view facet_names[] = {"files", "references", "workloads", "injection", "mtls", "mesh", "entry", "routing"};
constexpr auto first_facet = static_cast<unsigned>(Facet::files);
static_assert(std::size(facet_names) == static_cast<unsigned>(Facet::count_) - first_facet);

Complaints check_global(const Rule& rule, const std::vector<Trial>& trials) {
  Complaints complaints;
  KindSet all;
  for (const Trial& trial : trials) {
    if (!trial.run.graph) continue;
    const KindSet seen = looked_at(rule, *trial.run.graph);
    append(complaints, located(trial.fixture.place, check_declared(rule.reads, seen)));
    all |= seen;
  }
  append(complaints, check_used(rule.reads, all));
  return complaints;
}

bool holds_any(const Graph& graph, const KindSet& kinds) {
  for (const KindInfo& kind : all_kinds()) {
    if (!kinds.has(kind.kind)) continue;
    for (const Resource* resource : graph.of(kind.kind)) {
      if (resource->linted()) return true;
    }
  }
  return false;
}

Complaints check_local(const Rule& rule, const std::vector<Trial>& trials) {
  Complaints complaints;
  const KindSet facets = rule.reads.without(KindSet::every_kind());
  if (!facets.empty()) complaints.push_back(format("a local rule cannot read {}", describe(facets)));
  for (const Trial& trial : trials) {
    if (trial.run.graph && holds_any(*trial.run.graph, rule.reads)) return complaints;
  }
  complaints.push_back("no fixture holds a resource of the kinds in `reads`");
  return complaints;
}

}  // namespace

std::string describe(const KindSet& set) {
  std::string text;
  const auto add = [&](const std::string& name) { text += (text.empty() ? "" : ", ") + name; };
  if (set.has(Kind::other)) add("other kinds");
  for (const KindInfo& kind : all_kinds()) {
    if (kind.kind != Kind::other && set.has(kind.kind)) add(std::string(kind.name));
  }
  for (unsigned i = 0; i < std::size(facet_names); ++i) {
    if (set.has(static_cast<Facet>(first_facet + i))) add(format("facet `{}`", facet_names[i]));
  }
  return text;
}

KindSet looked_at(const Rule& rule, const Graph& graph) {
  KindSet seen;
  Report report(rule.info);
  const Graph noting = graph.noting(seen);
  if (rule.check != nullptr) rule.check(noting, report);
  for (const KindInfo& kind : all_kinds()) {
    if (!rule.looks_at_each(kind.kind)) continue;
    for (const Resource* resource : graph.of(kind.kind)) {
      if (!resource->linted()) continue;
      // What makes pods is a facet of its own.
      workload_kinds.has(kind.kind) && !rule.reads.has(kind.kind) ? seen.add(Facet::workloads) : seen.add(kind.kind);
      rule.look(noting, *resource, report);
    }
  }
  return seen;
}

Complaints check_declared(const KindSet& reads, const KindSet& seen) {
  const KindSet more = seen.without(reads);
  if (more.empty()) return {};
  return {"looks at what `reads` does not declare: " + describe(more)};
}

Complaints check_used(const KindSet& reads, const KindSet& seen) {
  const KindSet rest = reads.without(seen);
  if (rest.empty()) return {};
  return {"`reads` declares what no fixture makes it look at: " + describe(rest)};
}

Complaints check_reads(const Rule& rule, const std::vector<Trial>& trials) {
  return rule.check_one == nullptr ? check_global(rule, trials) : check_local(rule, trials);
}

}  // namespace hop
