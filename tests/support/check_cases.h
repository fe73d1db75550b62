#pragma once
// Invariants 1 to 3 and 12: ids, folders, and that fixtures report what they say. Each function names what is wrong; nothing means all is
// well.

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "rule/table.h"
#include "support/case.h"
#include "support/complaints.h"

namespace hop {

/// "alb/scheme_missing" for "alb-scheme-missing".
std::string fixture_path(std::string_view rule_id);

/// Id and path agree, the shape is one of the two, and the fixture folder holds a `bad` and a `good`.
Complaints check_identity(const RuleEntry& entry, const FixtureFolder& folder);
/// Ids ascend strictly.
Complaints check_order(std::span<const RuleEntry> entries);
/// Fixture folders that belong to none of these; `estates` and `hostile` are nobody's.
Complaints check_orphans(const std::filesystem::path& fixtures, const std::set<std::string>& wanted);

/// Each `bad` reports its rule and exactly what it says; each other case not the rule, nor anything from warning upwards.
Complaints check_case(const RuleInfo& rule, const Trial& trial);
/// Reports exactly what it says.
Complaints check_exact(const Trial& trial);
/// Every alias of the rule is expected in some fixture.
Complaints check_aliases(const RuleInfo& rule, const std::vector<Trial>& trials);

}  // namespace hop
