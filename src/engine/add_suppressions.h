#pragma once
// Suppression comments for findings, as fixes: whoever makes fixes then also sees to it that each does what it should.
// Knows nothing of how suppressions are read.

#include <optional>
#include <string>

#include "engine/lint.h"

namespace hop {

struct SuppressWish {
  std::string reason;  ///< may be empty
  std::string until;   ///< a date, or ""
  Severity least = Severity::warning;
};

/// Gives every finding of at least this severity that counts one fix, which adds a comment: behind its line, which then covers nothing
/// else, or above it where nothing can stand behind. All others get none. JSON has no comments, and nothing suppresses findings about
/// suppressions: these get none either.
void offer_suppressions(const SuppressWish& wish, LintRun& run);

/// The same fix for one finding of `run` by itself; nothing where none can be made.
std::optional<Fix> suppression_of(const SuppressWish& wish, const LintRun& run, const Diagnostic& finding);

}  // namespace hop
