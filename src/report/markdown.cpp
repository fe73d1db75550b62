#include <algorithm>

#include "report/mermaid.h"
#include "report/render.h"
#include "report/uri.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/unicode.h"
#include "text/words.h"

namespace hop {
namespace {

/// GitHub refuses a summary of more than 1 MiB, and nobody reads one of a thousand rows.
constexpr std::size_t most_rows = 500;
constexpr std::size_t most_bytes = 900'000;

/// Text from messages: what stands in backticks is code, every other sign that Markdown or HTML could take for its own an entity. The empty
/// comment keeps `@name` and `#7` from becoming a mention or a reference.
std::string markdown(std::string_view text) {
  constexpr std::string_view special = "&<>\"'*_[]()~|\\#@:!+=$^{}";
  bool code = false;
  std::string out;
  for (const char c : escape_controls(text)) {
    if (c == '`') {
      out += code ? "</code>" : "<code>";
      code = !code;
    } else if (special.find(c) != std::string_view::npos) {
      out += format("&#{};{}", static_cast<unsigned>(c), c == '@' || c == '#' ? "<!-- -->" : "");
    } else {
      out += c;
    }
  }
  return out + (code ? "</code>" : "");
}

std::string code(std::string_view text) { return "<code>" + markdown(text) + "</code>"; }

std::string row(const Sources& sources, const Diagnostic& finding) {
  std::string place = finding.where ? markdown(location(sources, finding.where)) : "";
  if (finding.object) place += format("{}{}", place.empty() ? "" : "<br>", markdown(title(*finding.object)));
  std::string text = markdown(finding.message);
  if (!finding.effect.empty()) text += "<br><em>" + markdown(finding.effect) + "</em>";
  for (const Note& note : finding.notes) {
    const std::string at = location(sources, note.where);
    text += format("<br>{}{}{}", markdown(at), at.empty() || note.text.empty() ? "" : ": ", markdown(note.text));
  }
  return format("| {} | [{}]({}) | {} | {} |\n", to_string(finding.severity), code(finding.rule->id), rule_page_uri(finding.rule->id),
                place, text);
}

/// "" where the chain does not break.
std::string picture(const Diagnostic& finding) {
  const auto is_broken = [](const Step& step) { return step.verdict == "broken"; };
  if (std::none_of(finding.chain.begin(), finding.chain.end(), is_broken)) return {};
  return format("\n{}\n\n```mermaid\n{}```\n", markdown(finding.message), mermaid_chain(finding.chain));
}

/// Indices of the findings, the severe ones first.
std::vector<std::size_t> ranked(std::span<const Diagnostic> findings) {
  std::vector<std::size_t> order(findings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return findings[a].severity > findings[b].severity; });
  return order;
}

}  // namespace

std::string render_markdown(const RenderInput& input) {
  std::string rows, pictures;
  std::size_t shown = 0;
  for (const std::size_t i : ranked(input.findings)) {
    const std::string next = row(input.run.input->sources, input.findings[i]);
    const std::string drawn = picture(input.findings[i]);
    if (shown == most_rows || rows.size() + pictures.size() + next.size() + drawn.size() > most_bytes) break;
    rows += next;
    pictures += drawn;
    ++shown;
  }
  std::string out = "## hoplint\n\n";
  if (shown != 0) out += "| Severity | Rule | Place | Finding |\n| --- | --- | --- | --- |\n" + rows + "\n";
  const std::size_t rest = input.findings.size() - shown;
  if (rest != 0) out += counted(rest, "more finding is", "more findings are") + " not shown here.\n\n";
  out += markdown(trim(closing_line(input, {}))) + "\n";
  if (!pictures.empty()) out += "\n### Where requests break\n" + pictures;
  return out;
}

}  // namespace hop
