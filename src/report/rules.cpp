#include <algorithm>

#include "report/paint.h"
#include "report/render.h"
#include "report/wording.h"
#include "text/words.h"

namespace hop {
namespace {

/// Breaks one line at blanks; later pieces keep its indentation. Words longer than the width stand alone.
void wrap_line(std::string& out, std::string_view line, std::size_t width) {
  const std::size_t indent = std::min(line.find_first_not_of(" -*"), line.size());
  std::size_t room = width;
  while (line.size() > room) {
    std::size_t cut = line.rfind(' ', room);
    if (cut == std::string_view::npos || cut <= indent) cut = line.find(' ', room);
    if (cut == std::string_view::npos) break;
    out += line.substr(0, cut);
    out += '\n';
    out.append(indent, ' ');
    line.remove_prefix(cut + 1);
    room = width - std::min(width, indent);
  }
  out += line;
  out += '\n';
}

/// Code between fences stays as it is.
std::string wrapped(std::string_view text, unsigned width) {
  std::string out;
  bool code = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    code = code != trim(line).starts_with("```");
    wrap_line(out, line, width == 0 || code ? line.size() : width);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string list_of(const Words& words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::string_view fix_sentence(FixPolicy policy) {
  switch (policy) {
    case FixPolicy::never:
      return "none";
    case FixPolicy::sometimes:
      return "sometimes (hoplint check --fix)";
    case FixPolicy::always:
      return "always (hoplint check --fix)";
  }
  return "none";
}

/// A cell of a Markdown table; a bar would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (character == '|') out += '\\';
    out += character == '\n' ? ' ' : character;
  }
  return out;
}

std::string codes(const Words& words) {
  std::string text;
  for (const std::string_view word : words) text += format("{}`{}`", text.empty() ? "" : ", ", word);
  return text;
}

}  // namespace

std::string render_rule(const RuleInfo& rule, const TextStyle& style) {
  const Paint paint(style.colour);
  std::string out =
      format("{} ({}, {})\n", paint(Tone::strong, rule.id), paint(tone_of(rule.severity), to_string(rule.severity)), to_string(rule.group));
  out += wrapped(rule.summary, style.width);
  if (!trim(rule.docs).empty()) out.append("\n").append(wrapped(trim(rule.docs), style.width));
  out += '\n';
  const auto line = [&](std::string_view word, std::string_view text) {
    if (!text.empty()) out += paint(Tone::strong, format("{:<10}", format("{}:", word))) + format("{}\n", text);
  };
  line("effect", rule.effect);
  line("fix", fix_sentence(rule.fixes));
  line("versions", versions_text(rule.applies));
  line("since", format("hoplint {}{}", rule.since, rule.preview ? ", on trial: off unless selected by its id or with --preview" : ""));
  line("aliases", list_of(rule.aliases));
  line("source", rule.source);
  line("suppress", format("# hoplint: allow {} -- reason", rule.id));
  return out;
}

std::string render_rule_table(std::span<const RuleInfo* const> rules) {
  std::string out = "| Rule | Severity | Group | Fix | Aliases | Summary |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const RuleInfo* const rule : rules) {
    out += format("| `{}` | {} | {} | {} | {} | {} |\n", rule->id, to_string(rule->severity), to_string(rule->group),
                  to_string(rule->fixes), codes(rule->aliases), cell(rule->summary));
  }
  return out;
}

}  // namespace hop
