#pragma once
// The one lint(): files in, findings out. Command line, tests and language server all come through here.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "graph/graph.h"
#include "text/file_system.h"

namespace hop {

/// What was read and what became of it. The counts are those of the JSON contract.
struct Summary {
  std::size_t files = 0, documents = 0, resources = 0;
  std::size_t templates = 0, not_manifests = 0, unreadable = 0;  ///< documents, documents, files
  Graph::Count references;
  std::size_t errors = 0, warnings = 0, infos = 0, suppressed = 0;
};

/// One named input. `content` is given for stdin; else the path is read or walked.
struct InputPath {
  std::string path;
  std::optional<std::string> content;
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
  std::vector<std::string> failures;  ///< named inputs that do not exist or cannot be read: the run is exit code 2
};

/// Deterministic: the same files and settings give the same findings in the same order, whatever the number of jobs.
LintRun lint(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings);

/// Rule, object, stable field path, target and cluster, as 16 hex digits.
std::string fingerprint(const Diagnostic& finding);

}  // namespace hop
