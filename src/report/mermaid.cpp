#include "report/mermaid.h"

#include "text/format.h"
#include "text/unicode.h"

namespace hop {
// Source: mermaid.js.org/syntax/flowchart, "Entity codes to escape characters".
std::string mermaid_label(std::string_view text) {
  constexpr std::string_view plain = " .,/()_-";
  const std::string safe = escape_controls(text);
  std::string out = "\"";
  for (std::size_t at = 0; at < safe.size();) {
    const CodePoint character = code_point_at(safe, at);
    at += character.length;
    const char32_t c = character.value;
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool kept = word || (c < 0x80 && plain.find(static_cast<char>(c)) != std::string_view::npos);
    out += kept ? std::string(1, static_cast<char>(c)) : format("#{};", static_cast<unsigned>(c));
  }
  return out + "\"";
}

namespace {

std::string link_text(const Step& step) {
  std::string text = step.protocol;
  const bool known = !step.encryption.empty() && step.encryption != "unknown";
  if (known) text += (text.empty() ? "" : ", ") + step.encryption;
  return text.empty() ? text : format("|{}|", mermaid_label(text));
}

}  // namespace

std::string mermaid_chain(const std::vector<Step>& chain) {
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Step& step = chain[i];
    const bool broken = step.verdict == "broken";
    out += format("  n{}[{}]\n", i, mermaid_label(step.reason.empty() ? step.label : format("{}: {}", step.label, step.reason)));
    if (i > 0) out += format("  n{} {}{} n{}\n", i - 1, broken ? "--x" : "-->", link_text(step), i);
    if (broken) out += format("  style n{} stroke:#d1242f,stroke-width:3px\n", i);
  }
  return out;
}

}  // namespace hop
