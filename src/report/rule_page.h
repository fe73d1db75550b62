#pragma once
// A rule's one text as Markdown: its page in the documentation and its help in SARIF. Knows nothing of terminals.

#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace hop {

/// Manifests and what hoplint says about them.
struct RuleExample {
  std::string title;     ///< "Example"
  std::string command;   ///< "hoplint check --complete ."
  std::string manifest;  ///< YAML
  std::string output;    ///< of the command; "" if nothing is to be shown
};

/// Ends with a line end. What examples hold cannot end their code blocks.
std::string render_rule_page(const RuleInfo& rule, std::span<const RuleExample> examples = {});

}  // namespace hop
