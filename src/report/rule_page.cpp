#include "report/rule_page.h"

#include <algorithm>

#include "report/wording.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

std::string sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
  if (!out.empty() && !out.ends_with('.')) out += '.';
  return out;
}

std::string_view fix_sentence(FixPolicy policy) {
  switch (policy) {
    case FixPolicy::never:
      return "There is no automatic fix.";
    case FixPolicy::sometimes:
      return "Some findings have a fix: `hoplint check --fix`, with `--unsafe-fixes` for those that may change what happens.";
    case FixPolicy::always:
      return "Every finding has a fix: `hoplint check --fix`.";
  }
  return "";
}

std::string fenced(std::string_view language, std::string_view text) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return format("{}{}\n{}{}{}\n", fence, language, text, text.empty() || text.ends_with('\n') ? "" : "\n", fence);
}

std::string source_link(std::string_view source) { return source.starts_with("https://") ? format("<{}>", source) : std::string(source); }

}  // namespace

std::string render_rule_page(const RuleInfo& rule, std::span<const RuleExample> examples) {
  std::string out =
      format("# {}\n\n{} Severity {}, group {}, since hoplint {}.{}\n", rule.id, sentence(rule.summary), to_string(rule.severity),
             to_string(rule.group), rule.since, rule.preview ? " On trial: off unless selected by its id or with `--preview`." : "");
  const auto section = [&](std::string_view heading, std::string_view text) {
    if (!text.empty()) out += format("\n## {}\n\n{}\n", heading, text);
  };
  section("What it looks at", trim(rule.docs));
  const std::string versions = versions_text(rule.applies);
  if (!versions.empty())
    section("Versions", format("It speaks of {}: where the configuration's `environment:` names another, it stays quiet.", versions));
  section("What happens in production", sentence(rule.effect));
  for (const RuleExample& example : examples) {
    section(example.title, trim(fenced("yaml", example.manifest)));
    if (!example.output.empty()) out += "\n" + fenced("console", format("$ {}\n{}", example.command, example.output));
  }
  section("Fix", fix_sentence(rule.fixes));
  std::string codes;
  for (const std::string_view alias : rule.aliases) codes += format("{}`{}`", codes.empty() ? "" : ", ", alias);
  if (!codes.empty()) section("Codes of other tools", format("{}: they work wherever a rule's id does.", codes));
  const bool can_be_allowed = family(rule) != "suppression" && family(rule) != "config";
  if (can_be_allowed) section("To allow it at one place", format("```yaml\n# hoplint: allow {} -- the reason\n```", rule.id));
  section("Source", source_link(rule.source));
  return out;
}

}  // namespace hop
