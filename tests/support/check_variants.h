#pragma once
// Invariants 8 to 10 and more: findings do not depend on how manifests are laid out or named, and half a file breaks nothing. Nothing
// returned means all is well. (Whoever crashes or hangs is named by watch.h.)

#include "rule/table.h"
#include "support/case.h"
#include "support/complaints.h"

namespace hop {

/// 8: shuffled, split, joined and as JSON. Findings of rules that look at files themselves are left out: they speak of the layout.
Complaints check_rearranged(const Linter& linter, const Trial& trial);
/// 9: a comment line, CRLF and a byte order mark move findings and do not change them.
Complaints check_moved(const Linter& linter, const Trial& trial);
/// Typed otherwise, or beside what has nothing to do with them, manifests have the same findings on the same text.
Complaints check_rewritten(const Linter& linter, const Trial& trial);
/// So they have with other names. `rule` as for try_case().
Complaints check_renamed(const Linter& linter, const Trial& trial, const RuleInfo* rule);
/// 10: each file cut at each of its line borders, the others whole. Only `rule` runs.
void cut_everywhere(const Linter& linter, const Trial& trial, const RuleInfo& rule);

}  // namespace hop
