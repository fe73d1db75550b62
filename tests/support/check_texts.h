#pragma once
// Invariants 5 and 6: every place can be shown, and every text keeps the house's form. Nothing returned means all is well.

#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "support/complaints.h"
#include "text/file.h"

namespace hop {

/// Every span of a finding lies in its file, between characters, and is not empty unless at the end of input. Edits may be empty.
Complaints check_spans(const Diagnostic& finding, const Sources& sources);

/// Summary, docs, effect and source are there and in form; aliases are codes that a peer could have.
Complaints check_info(const RuleInfo& rule);

/// Message, notes, label, effect and titles are in form; severity and aliases are the rule's.
Complaints check_texts(const Diagnostic& finding);

/// Words outside backticks that can only be names: hosts, paths, fields, constants.
Complaints check_names(std::string_view text);

}  // namespace hop
