// `hoplint rules` and `hoplint schema`: what the binary knows about itself.

#include <algorithm>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "engine/select.h"
#include "report/render.h"
#include "report/trace.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

/// One line each: id, highest severity, group, summary.
std::string plain_table(const std::vector<const RuleInfo*>& rules) {
  std::size_t width = 0;
  for (const RuleInfo* rule : rules) width = std::max(width, rule->id.size());
  std::string table;
  for (const RuleInfo* rule : rules) {
    table += format("{:<{}}  {:<7}  {:<11}  {}\n", rule->id, width, to_string(rule->severity), to_string(rule->group), rule->summary);
  }
  return table;
}

}  // namespace

int run_command(const RulesOptions& options) {
  auto rules = every_rule();
  if (options.fixable) std::erase_if(rules, [](const RuleInfo* rule) { return rule->fixes == FixPolicy::never; });
  if (options.format == "json") return print(render_rules_json(rules));
  return print(options.format == "markdown" ? render_rule_table(rules) : plain_table(rules));
}

int run_command(const SchemaOptions& options) { return print(options.what == "trace" ? trace_schema() : findings_schema()); }

}  // namespace hop
