#include "engine/lint.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "engine/absent.h"
#include "engine/chain_policy.h"
#include "engine/finding_chains.h"
#include "engine/paths.h"
#include "engine/read.h"
#include "engine/run_rules.h"
#include "engine/select.h"
#include "engine/suppress.h"
#include "graph/build.h"
#include "text/format.h"

namespace hop {
namespace {

class Stopwatch {
 public:
  explicit Stopwatch(Timing& timing) : timing_(timing) {}
  void stage(std::string name) {
    const auto now = std::chrono::steady_clock::now();
    timing_.stages.emplace_back(std::move(name), std::chrono::duration<double, std::milli>(now - begin_).count());
    begin_ = now;
  }

 private:
  Timing& timing_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

void count_document(DocumentClass is, Summary& summary) {
  if (is == DocumentClass::empty) return;
  ++summary.documents;
  if (is == DocumentClass::template_) ++summary.templates;
  if (is == DocumentClass::not_manifest || is == DocumentClass::foreign) ++summary.not_manifests;
}

/// Drops what was not asked for and applies `severity:`, from position `first` on.
void apply_choice(const Chosen& chosen, std::vector<Diagnostic>& findings, std::size_t first) {
  const auto begin = findings.begin() + static_cast<std::ptrdiff_t>(first);
  findings.erase(std::remove_if(begin, findings.end(), [&](const Diagnostic& finding) { return !chosen.wants(finding); }), findings.end());
  for (std::size_t i = first; i < findings.size(); ++i) findings[i].severity = chosen.severity(findings[i]);
}

std::string_view path_of(const Diagnostic& finding, const Sources& sources) {
  return finding.where ? std::string_view(sources[finding.where.file].path()) : std::string_view{};
}

auto sort_key(const Diagnostic& finding, const Sources& sources) {
  return std::tuple(path_of(finding, sources), finding.where.begin, finding.where.end, finding.rule->id, std::string_view(finding.message),
                    std::string_view(finding.cluster));
}

/// Drops what another finding explains: the consequences of a reported cause are not reported. A suppressed one explains too, as
/// silencing a finding must not bring up others.
void drop_explained(std::vector<Diagnostic>& findings) {
  std::set<std::tuple<FileId, ObjectId, std::string>> explained;
  for (const Diagnostic& finding : findings) {
    if (!finding.explains.empty() && finding.object) explained.emplace(finding.where.file, *finding.object, finding.explains);
  }
  if (explained.empty()) return;
  std::erase_if(findings, [&](const Diagnostic& finding) {
    return finding.explains.empty() && finding.object && explained.contains({finding.where.file, *finding.object, finding.field});
  });
}

void add_fingerprints(std::vector<Diagnostic>& findings, const Sources& sources, const Repository& repository) {
  std::map<FileId, std::string> paths;  // asked of the disk once each
  for (Diagnostic& finding : findings) {
    std::string_view path;
    if (!finding.object && finding.where) {
      std::string& known = paths[finding.where.file];
      if (known.empty()) known = repository.path_of(sources[finding.where.file].path());
      path = known;
    }
    finding.fingerprint = fingerprint(finding, path);
  }
  number_equals(findings);
}

/// Whether one of the inputs holds everything that the configuration speaks of.
bool covers_base(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings) {
  const std::string base = files.canonical(settings.base);
  return std::any_of(paths.begin(), paths.end(), [&](const InputPath& input) {
    if (input.content) return false;
    const std::string folder = files.canonical(input.path);
    return folder == base || path_below(folder, base).has_value();
  });
}

/// Everything before the rules.
Graph load(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings, LintRun& run) {
  Stopwatch watch(run.timing);
  run.input = std::make_unique<Input>();
  run.input->world = settings.world;
  run.input->world.today = settings.today;
  if (settings.config != nullptr) run.input->sources.add(settings.config);
  for (const auto& extended : settings.extended) run.input->sources.add(extended);
  ReadFailures failures = read_inputs(files, paths, settings, *run.input);
  run.failures = std::move(failures.failures);
  run.other_roots = std::move(failures.other_roots);
  run.whole_root = covers_base(files, paths, settings);
  note_absent(files, failures.folders, settings, *run.input);
  watch.stage("read");
  const Graph graph = build_graph(*run.input, settings.jobs);
  run.graph = graph;
  count_input(graph, run.summary);
  watch.stage("graph");
  return graph;
}

}  // namespace

void count_input(const Graph& graph, Summary& summary) {
  for (const ReadFile& file : graph.files()) {
    if (file.known) continue;
    ++(file.unreadable.empty() ? summary.files : summary.unreadable);
    for (const ReadDocument& document : file.documents) count_document(document.is, summary);
  }
  summary.resources = graph.manifest_resources();
  summary.references = graph.count_references();
}

void count_findings(LintRun& run) {
  Summary& summary = run.summary;
  summary.errors = summary.warnings = summary.infos = summary.suppressed = summary.in_baseline = 0;
  for (const Diagnostic& finding : run.findings) {
    std::size_t* count = &summary.infos;
    if (finding.severity == Severity::warning) count = &summary.warnings;
    if (finding.severity == Severity::error) count = &summary.errors;
    if (finding.baseline == BaselineState::unchanged) count = &summary.in_baseline;
    if (finding.suppressed) count = &summary.suppressed;
    ++*count;
  }
}

void sort_and_merge(std::vector<Diagnostic>& findings, const Sources& sources) {
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return sort_key(a, sources) < sort_key(b, sources); });
  const auto same = [&](const Diagnostic& a, const Diagnostic& b) { return sort_key(a, sources) == sort_key(b, sources); };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

void number_equals(std::vector<Diagnostic>& findings) {
  std::map<std::string, std::size_t> seen;
  for (Diagnostic& finding : findings) {
    const std::size_t ordinal = ++seen[finding.fingerprint];
    if (ordinal == 1) continue;
    Diagnostic numbered;
    numbered.rule = finding.rule;
    numbered.target = format("{}#{}", finding.fingerprint, ordinal);
    finding.fingerprint = fingerprint(numbered, {});
  }
}

Repository repository_of(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings) {
  const auto on_disk = std::find_if(paths.begin(), paths.end(), [](const InputPath& input) { return !input.content; });
  return Repository(files, on_disk == paths.end() ? settings.base : on_disk->path, settings.base);
}

void finish_findings(const Graph& graph, const Settings& settings, bool whole_root, const Repository& repository,
                     std::vector<Diagnostic>& findings) {
  const Sources& sources = graph.sources();
  const Chosen chosen(settings, &graph);
  apply_policies(graph, settings, findings);
  apply_choice(chosen, findings, 0);
  sort_and_merge(findings, sources);
  const std::size_t of_rules = findings.size();
  apply_suppressions(graph, settings, whole_root, findings);
  apply_choice(chosen, findings, of_rules);
  drop_explained(findings);
  sort_and_merge(findings, sources);
  add_chains(graph, findings);
  add_fingerprints(findings, sources, repository);
}

LintRun read_graph(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings) {
  LintRun run;
  load(files, paths, settings, run);
  return run;
}

LintRun lint(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings) {
  LintRun run;
  const Graph graph = load(files, paths, settings, run);
  Stopwatch watch(run.timing);
  run.findings = run_rules(graph, settings);
  watch.stage("rules");
  finish_findings(graph, settings, run.whole_root, repository_of(files, paths, settings), run.findings);
  count_findings(run);
  watch.stage("findings");
  return run;
}

}  // namespace hop
