// `hoplint refs`: the references between resources, above all those that point outside the given manifests.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/lint.h"
#include "engine/wanted_name.h"
#include "engine/yaml_writer.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

std::string_view state_of(const Edge& edge) {
  if (edge.to.found()) return "found";
  return edge.to.missing() ? "missing" : "outside";
}

std::string name_of(const KnownName& known) {
  return known.ns.empty() ? format("{} {}", known.kind, known.name) : format("{} {}/{}", known.kind, known.ns, known.name);
}

/// In path and source order.
std::vector<const Edge*> listed(const Graph& graph, bool outside_only) {
  std::vector<const Edge*> edges;
  for (const Edge& edge : graph.edges()) {
    if (!outside_only || edge.to.unknown()) edges.push_back(&edge);
  }
  const auto key = [&](const Edge* edge) {
    const Span place = edge->place.span();
    return std::tuple(std::string_view(graph.sources()[place.file].path()), place.begin, edge->relation);
  };
  std::stable_sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) { return key(a) < key(b); });
  return edges;
}

std::string list_lines(const Graph& graph, bool outside_only) {
  std::string lines;
  for (const Edge* edge : listed(graph, outside_only)) {
    const Span place = edge->place.span();
    const File& file = graph.sources()[place.file];
    const Position at = file.position(place.begin);
    const std::string line = format("{}:{}:{}: {} wants {}", file.path(), at.line, at.column, title(*edge->from),
                                    name_of(wanted_name(*edge, graph.cluster_domain())));
    lines += escape_controls(outside_only ? line : format("{}: {}", line, state_of(*edge))) + "\n";
  }
  return lines;
}

std::string known_list(const Graph& graph) {
  std::set<std::tuple<std::string, std::string, std::string>> names;
  for (const Edge* edge : listed(graph, true)) {
    KnownName known = wanted_name(*edge, graph.cluster_domain());
    if (can_be_declared(known)) names.emplace(std::move(known.kind), std::move(known.ns), std::move(known.name));
  }
  std::vector<KnownName> list;
  list.reserve(names.size());
  for (const auto& [kind, ns, name] : names) list.push_back({kind, ns, name});
  return known_yaml(list);
}

}  // namespace

int run_command(const RefsOptions& options) {
  const auto files = disk_files();
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  const LintRun run = read_graph(*files, setup->inputs, setup->settings);
  for (const std::string& failure : run.failures) complain("hoplint: " + failure);
  if (!run.failures.empty() || !run.graph) return 2;
  return print(options.as_known ? known_list(*run.graph) : list_lines(*run.graph, options.outside));
}

}  // namespace hop
