// `hoplint explain`: the page of a rule, or of every rule that a peer's code stands for.

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "engine/select.h"
#include "report/render.h"
#include "rule/life.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
int run_command(const ExplainOptions& options) {
  const TextStyle style = stdout_style(options.color);
  std::string pages;
  std::vector<std::string_view> of_family;
  for (const RuleInfo* rule : every_rule()) {
    const Naming close = names_rule(options.rule, *rule);
    if (close == Naming::family || close == Naming::group) of_family.push_back(rule->id);
    if (close < Naming::alias) continue;
    if (!pages.empty()) pages += "\n";
    pages += render_rule(*rule, style);
  }
  if (const auto hint = outdated_rule_word(options.rule)) complain("hoplint: " + *hint);
  if (!pages.empty()) return print(std::move(pages));
  if (find_former(options.rule) != nullptr) return 0;  // it is gone, and that was said
  const auto unknown = unknown_rule_word(options.rule);
  complain("hoplint: " + (unknown ? *unknown : format("`{}` names many rules: {}", options.rule, list_words(of_family, of_family.size()))));
  return 2;
}

}  // namespace hop
