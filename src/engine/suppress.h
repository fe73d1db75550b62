#pragma once
// Suppressions: `# hoplint: allow <rule>[, …] -- <reason>[ until YYYY-MM-DD]`, `allow-file`, the annotation `hoplint.dev/allow`, and
// `allow:` of the configuration. Marks findings, and reports suppressions that are unused, expired, malformed, lack a
// reason or go by an old id.

#include <vector>

#include "diag/diagnostic.h"
#include "engine/settings.h"
#include "graph/graph.h"

namespace hop {

extern const RuleInfo suppression_unused;
extern const RuleInfo suppression_expired;
extern const RuleInfo suppression_without_reason;
extern const RuleInfo suppression_malformed;
extern const RuleInfo suppression_outdated;

/// Sets `suppressed` on findings and appends findings about the suppressions themselves, which nothing suppresses. Only a finding's
/// primary place counts. A suppression of a rule that did not run is not called unused. `whole_root` says that everything the
/// configuration speaks of was read: else its `allow:` entries are not called unused either.
void apply_suppressions(const Graph& graph, const Settings& settings, bool whole_root, std::vector<Diagnostic>& findings);

}  // namespace hop
