#pragma once
// Findings as lines of text that can be compared between two runs whose files differ. Knows nothing of why they differ.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lint.h"
#include "support/complaints.h"

namespace hop {

enum class Compared : std::uint8_t {
  saying,         ///< rule, severity, message, object, field, target, aliases
  stable_saying,  ///< the same with the field that stays when list items come and go
  place,          ///< `saying` with path, line and column
  covering,       ///< `saying` with the text that the finding stands on, notes, steps and what the fixes are called
};

std::string key_of(const Diagnostic& finding, const Sources& sources, Compared compared);

/// Keys of all findings that are not suppressed, sorted.
std::vector<std::string> keys_of(const LintRun& run, Compared compared);

/// What is in one list and not in the other; both sorted. `now` names the second run.
Complaints differences(const std::vector<std::string>& before, const std::vector<std::string>& after, std::string_view now);
/// Members of `a`, as often as they are there more often than in `b`; both sorted.
std::vector<std::string> surplus(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace hop
