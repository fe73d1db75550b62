#pragma once
// The one lint(): files in, findings out. Command line, tests and language server all come through here.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/repository.h"
#include "engine/settings.h"
#include "engine/walk.h"
#include "graph/graph.h"
#include "text/file_system.h"

namespace hop {

/// What was read and what became of it. The counts are those of the JSON contract; what is known rather than linted is not among them.
struct Summary {
  std::size_t files = 0, documents = 0, resources = 0;
  std::size_t templates = 0, not_manifests = 0, unreadable = 0;  ///< documents, documents, files
  Graph::Count references;
  std::size_t errors = 0, warnings = 0, infos = 0, suppressed = 0;
  std::size_t in_baseline = 0;  ///< not counted with the others
};

/// Time per stage in milliseconds, for --statistics.
struct Timing {
  std::vector<std::pair<std::string, double>> stages;
};

/// Owns everything: findings outlive the graph, which points into `input`.
struct LintRun {
  std::unique_ptr<Input> input;
  std::optional<Graph> graph;
  std::vector<Diagnostic> findings;  ///< in total order: path, offset, end, rule, message, cluster
  Summary summary;
  Timing timing;
  std::vector<std::string> failures;     ///< named inputs that do not exist or cannot be read: the run is exit code 2
  std::vector<std::string> other_roots;  ///< folders left out because they have a configuration of their own
  bool whole_root = false;               ///< everything that the configuration speaks of was read
};

/// Deterministic: the same files and settings give the same findings in the same order, whatever the number of jobs.
LintRun lint(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings);

/// What lint() makes of what the rules found: drops what was not asked for, applies severities and suppressions, drops what another finding
/// explains, and puts the rest in order with its fingerprints. `whole_root` is that of apply_suppressions(). Of findings without an object
/// the fingerprint has the path in the repository.
void finish_findings(const Graph& graph, const Settings& settings, bool whole_root, const Repository& repository,
                     std::vector<Diagnostic>& findings);

/// The repository whose paths are those of a run's fingerprints: the one that holds what is read; without one the folder of the
/// configuration, or else the working directory, is taken for it.
Repository repository_of(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings);

/// Puts findings in their total order; of those that agree in all of it the first stays.
void sort_and_merge(std::vector<Diagnostic>& findings, const Sources& sources);

/// Tells findings apart that are the same in everything that their fingerprints are made of.
void number_equals(std::vector<Diagnostic>& findings);

/// Counts what was read anew.
void count_input(const Graph& graph, Summary& summary);

/// Counts the findings anew, after something was changed about them.
void count_findings(LintRun& run);

/// Whether it is one to mend: not suppressed, not in the baseline, and asked about.
inline bool is_open(const Diagnostic& finding) {
  return !finding.suppressed && !finding.aside && finding.baseline != BaselineState::unchanged;
}

/// lint() without the rules: the graph and the counts alone.
LintRun read_graph(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings);

/// Rule, object, stable field path, target and cluster, as 16 hex digits; the path instead of the object where there is none.
std::string fingerprint(const Diagnostic& finding, std::string_view path);

}  // namespace hop
