#include "cli/narrow.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "cli/terminal.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

std::optional<Narrowing> Narrowing::of(const FileSystem& files, const CheckOptions& options) {
  Narrowing narrowing;
  if (!options.baseline.empty()) {
    auto baseline = read_baseline(files, options.baseline);
    if (!baseline) {
      complain("hoplint: " + baseline.reason());
      return std::nullopt;
    }
    narrowing.baseline_ = std::move(*baseline);
  }
  narrowing.by_paths_ = !options.affected_by.empty();
  for (const std::string& list : options.affected_by) {
    for (const std::string_view path : split_list(list, '\n')) narrowing.paths_.emplace_back(path);
  }
  narrowing.are_.resize(narrowing.paths_.size(), ChangedPath::unread);
  return narrowing;
}

void Narrowing::narrow_root(const FileSystem& files, const Settings& settings, LintRun& run) {
  if (!by_paths_) return;
  const std::vector<ChangedPath> here = set_aside_unaffected(files, paths_, settings, run);
  for (std::size_t i = 0; i < here.size(); ++i) are_[i] = std::max(are_[i], here[i]);
}

void Narrowing::narrow_all(LintRun& run) const {
  if (baseline_) apply_baseline(*baseline_, run);
}

void Narrowing::tell() const {
  std::vector<std::string_view> unread;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (are_[i] == ChangedPath::unread) unread.push_back(paths_[i]);
    if (are_[i] == ChangedPath::unclear)
      complain(format("hoplint: `{}` may have to do with everything; all findings are shown", paths_[i]));
  }
  if (unread.empty()) return;
  constexpr std::size_t most_named = 3;
  complain(format("hoplint: --only-affected-by: {} {}{}", list_words(unread, most_named),
                  unread.size() == 1 ? "is no file that was read" : "are no files that were read",
                  unread.size() == paths_.size() ? "; nothing is reported" : ""));
}

}  // namespace hop
