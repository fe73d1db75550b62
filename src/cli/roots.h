#pragma once
// What a command is given, linted root by root: the inputs, and each folder below them that has a configuration of its own by that one.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/setup.h"
#include "engine/lint.h"
#include "text/file_system.h"

namespace hop {

class Roots {
 public:
  /// Both must outlive this.
  Roots(const Setup& setup, const InputOptions& options) : setup_(setup), options_(options) {}

  /// Done to each run while it has its graph.
  using Each = std::function<void(const Settings& settings, LintRun& run)>;
  /// All runs as one. Configurations are read once, however often this is asked; one that cannot be used is said on stderr and is a failure
  /// of the run.
  LintRun lint(const FileSystem& files, const Each& each = {});

  const std::vector<InputPath>& inputs() const { return setup_.inputs; }
  /// Of the roots that were linted.
  std::vector<const Settings*> settings() const;

 private:
  const Settings* settings_of(const FileSystem& files, const std::string& folder);

  const Setup& setup_;
  const InputOptions& options_;
  std::map<std::string, std::optional<Settings>> below_;  ///< by canonical path
};

/// Says on stderr what a command that looks at one root did not see: folders with a configuration of their own, and everything that could
/// not be read or parsed. False if it cannot go on: an input is not there, or everything lies in other roots.
bool tell_unseen(const LintRun& run);

/// The number of documents and files that could not be read, which tell_unseen() names.
std::size_t count_unseen(const LintRun& run);

}  // namespace hop
