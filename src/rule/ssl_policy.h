#pragma once
// A finding at the name of a TLS policy that AWS does not have, wherever it is written.

#include "model/value.h"
#include "rule/report.h"

namespace hop {

/// An error where the name is none of a policy or a slip away from one; else a warning, for it may be newer than the table. Silent for
/// what is not known.
void report_unknown_policy(const Resource& resource, const Value<std::string_view>& policy, Report& report);

}  // namespace hop
