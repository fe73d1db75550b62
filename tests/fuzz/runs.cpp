#include "fuzz/runs.h"

#include <algorithm>

#include "chain/trace.h"
#include "fuzz/targets.h"
#include "report/render.h"
#include "report/trace.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

bool is_inside(Span place, const Sources& sources) {
  if (!place) return true;
  return static_cast<std::size_t>(place.file) < sources.size() && place.begin <= place.end &&
         place.end <= sources[place.file].text().size();
}

constexpr std::size_t most_chains = 40;

/// The text, and one of the other forms by the size of what was read: all of them take longer than everything else. SARIF, which tells all
/// of every rule, longest.
void render_some(const LintRun& run) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < run.input->sources.size(); ++i)
    size += run.input->sources[FileId{static_cast<std::uint32_t>(i)}].text().size();
  const RenderInput input{run, run.findings, 0};
  const TextStyle style{true, true, 60};
  render_text(input, style);
  const Format& form = formats()[size % formats().size()];
  if (form.name != "sarif" || size / formats().size() % 16 == 0) form.render(input, style);
}

}  // namespace

Files files_of(std::string_view bytes) {
  constexpr std::string_view mark = "#@ ";
  Files files;
  std::string path = "m/a.yaml";
  std::string* text = &files[path];
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end);
    if (line.starts_with(mark) && files.size() < 8) {
      path = join_path("m", line.substr(mark.size(), line.find_first_of("\r\n") - mark.size()));
      text = &files[path.starts_with("m/") ? path : "m/b.yaml"];
    } else {
      text->append(line);
    }
  }
  return files;
}

Settings every_rule(std::string_view bytes) {
  Settings settings;
  settings.selection.select = {"ALL"};
  settings.selection.preview = true;
  settings.isolated = true;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  settings.world.complete = bytes.starts_with("# complete");
  settings.limits.expansion = 100'000;
  return settings;
}

LintRun lint_all(const Files& files, const Settings& settings) { return lint(MemoryFiles(files), {{"m", std::nullopt}}, settings); }

void examine(const LintRun& run) {
  const Sources& sources = run.input->sources;
  for (const Diagnostic& finding : run.findings) {
    require(finding.rule != nullptr && !finding.message.empty(), "a finding says something");
    require(is_inside(finding.where, sources), format("{}: its place lies in its file", finding.rule->id));
    for (const Note& note : finding.notes) require(is_inside(note.where, sources), format("{}: notes lie in files", finding.rule->id));
    for (const Step& step : finding.chain) require(is_inside(step.where, sources), format("{}: steps lie in files", finding.rule->id));
  }
  render_some(run);
}

void examine_chains(const LintRun& run) {
  const HopGraph hops = build_hops(*run.graph);
  const Trace traced = trace(hops, Request{}, most_chains);
  require(!traced.legs.empty(), "a trace has a leg");
  for (const TraceFormat& form : trace_formats()) form.render({run, traced, true}, {});
  std::size_t callers = 0;
  for (const Workload& workload : run.graph->workloads()) {
    if (++callers > 3) break;
    trace(build_hops_from(*run.graph, workload), Request{}, most_chains);
  }
}

std::size_t count_problems(const LintRun& run) {
  std::size_t count = 0;
  for (const ReadFile& file : run.input->files) {
    count += static_cast<std::size_t>(
        std::ranges::count_if(file.documents, [](const ReadDocument& read) { return !read.document->tree().problems.empty(); }));
  }
  return count;
}

}  // namespace hop::fuzz
