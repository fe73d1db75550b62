// `hoplint refs`: the references between resources, above all those that point outside the given manifests.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/roots.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "engine/lint.h"
#include "engine/outside.h"
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

std::string list_lines(const Graph& graph, bool outside_only) {
  std::string lines;
  for (const Edge* edge : references_by_place(graph)) {
    if (outside_only && !edge->to.unknown()) continue;
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
  std::vector<KnownName> list;
  for (OutsideName& name : outside_names(graph)) list.push_back(std::move(name.known));
  return known_yaml(list);
}

}  // namespace

int run_command(const RefsOptions& options) {
  const auto files = disk_files();
  const auto setup = set_up(*files, options.input);
  if (!setup) return 2;
  const LintRun run = read_graph(*files, setup->inputs, setup->settings);
  if (!tell_unseen(run) || !run.graph) return 2;
  return print(options.as_known ? known_list(*run.graph) : list_lines(*run.graph, options.outside));
}

}  // namespace hop
