#pragma once
// The parts of a SARIF log that know nothing of findings: rules. SARIF 2.1.0: docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

#include <string_view>

#include "diag/diagnostic.h"
#include "report/json_text.h"

namespace hop {

/// "error", "warning", "note".
std::string_view sarif_level(Severity severity);

/// A reportingDescriptor.
Json sarif_rule(const RuleInfo& rule);

}  // namespace hop
