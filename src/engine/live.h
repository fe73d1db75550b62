#pragma once
// A root of manifests that is linted again and again while its files change: what lint() says, but only what an edit touched is done anew.
// Knows nothing of editors or protocols.
//
// Work is done by step(), a slice at a time; a change in between starts it over. What was found last stays until new findings are complete.
// Places in run() are those of the texts that the graph saw: here() brings them into the newest texts.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lint.h"
#include "engine/live_file.h"
#include "engine/rule_results.h"
#include "engine/settings.h"
#include "graph/build.h"
#include "text/ensure.h"
#include "text/file_system.h"
#include "yaml/parse.h"

namespace hop {

class LiveRoot {
 public:
  /// `files` shows what editors hold in the place of what is stored, and must outlive this. `whole` says that the folder holds everything
  /// that the configuration speaks of.
  LiveRoot(const FileSystem& files, InputPath input, Settings settings, bool whole);

  const InputPath& input() const { return input_; }
  const Settings& settings() const { return settings_; }

  /// Files may have come or gone. With `reread` any of those that no editor holds may have changed, too.
  void rescan(bool reread = false);
  /// This file, a path as files() has them, holds something else; `open` says whether an editor has it. False if it is none of the root's.
  bool changed(const std::string& path, bool open);

  /// Does one slice; false if there is nothing to do. What it throws has made it drop the work at hand: run() stays as it is, and nothing
  /// is done until something changes. Then everything is begun anew.
  bool step();
  /// Whether run() speaks of the newest texts, or never will: the work on them was dropped.
  bool settled() const { return dropped_ || (!wants_walk_ && unread_.empty() && dirty_.empty() && !next_ && !everything_); }
  /// Of the work at hand, for people who wait.
  unsigned percent() const;

  /// What was found last; without a graph before the first time. Its findings lack those of broken_findings().
  const LintRun& run() const { return run_; }
  /// The graph of run(), which must have one.
  const Graph& graph() const {
    HOP_ENSURE(run_.graph.has_value());
    return *run_.graph;
  }
  /// Grows each time run() is another one.
  std::size_t generation() const { return generation_; }
  /// Folders with a configuration of their own, as of the last walk.
  const std::vector<std::string>& other_roots() const { return other_roots_; }

  const std::vector<LiveFile>& files() const { return files_; }
  /// Nullptr if it is none of the root's.
  const LiveFile* find(const std::string& path) const;
  const LiveFile* find(FileId id) const;
  /// A place of run() in the newest text of its file.
  Span here(Span place) const;
  /// Whether its text stands there as it was: else it must not be edited by its place.
  bool stands(Span place) const;
  /// The newest text.
  const File& text(FileId id) const;
  /// A file's path from the root's folder, where it lies in it.
  std::string_view short_path(std::string_view path) const;

 private:
  /// A run that is being made.
  struct Next {
    LintRun run;
    std::optional<GraphBuild> build;
    std::optional<RuleRun> rules;
    Touched touched;  ///< the files that it sees other versions of, and what that touches
    /// What it was given to see, before the graph marked patches in its own copy.
    std::vector<std::shared_ptr<const ReadFile>> given;
    bool everything = false;
  };

  bool do_slice();
  void walk_again();
  void read_some();
  void see(LiveFile& file);
  void start();
  /// Whether it says anew what other files mean.
  bool touches_everything(const Next& next) const;
  void finish(Next& next, RuleRun& rules, const Graph& graph);
  FileId first_id() const { return static_cast<FileId>((settings_.config != nullptr ? 1 : 0) + settings_.extended.size()); }
  LiveFile& file_at(FileId id) { return files_[static_cast<std::size_t>(id) - static_cast<std::size_t>(first_id())]; }
  std::vector<Diagnostic> check_alone(const LiveFile& file) const;

  const FileSystem& disk_;
  InputPath input_;
  Settings settings_;
  bool whole_;
  bool wants_walk_ = true, wants_reread_ = false;
  bool everything_ = true;  ///< the next run shares nothing with the last
  bool dropped_ = false;    ///< the work at hand, for what it threw
  std::vector<std::string> other_roots_, folders_;
  std::vector<LiveFile> files_;  ///< in path order
  std::map<std::string, std::size_t, std::less<>> by_path_;
  std::set<FileId> unread_;  ///< whose newest text is not read yet
  std::set<FileId> dirty_;   ///< of which the graph sees something else than it should
  yaml::DocumentParser parser_;
  std::optional<Next> next_;
  LintRun run_;
  std::vector<std::shared_ptr<const ReadFile>> given_;  ///< what run_ was given
  RuleResults results_;
  std::size_t generation_ = 0;
  std::set<std::string> open_;  ///< paths
};

}  // namespace hop
