#pragma once
// The rules' pages in docs/rules: the rule's one text, and its fixtures with what hoplint really says of them.

#include <map>
#include <string>

namespace hop {

/// File name → content, the index among them. Nothing but these belongs into docs/rules.
std::map<std::string, std::string> rule_pages();

}  // namespace hop
