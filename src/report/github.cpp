#include <algorithm>
#include <utility>

#include "report/render.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

/// GitHub shows as many annotations of each kind for one step.
constexpr std::size_t most_of_a_kind = 10;

std::string_view command_of(Severity severity) { return severity == Severity::info ? "notice" : to_string(severity); }

/// Source: github.com/actions/toolkit, packages/core/src/command.ts.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    out += special ? format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return out;
}

/// The runner takes `##[` for a command wherever it stands in a line of the log.
std::string without_commands(std::string text) {
  for (std::size_t at = text.find("##["); at != std::string::npos; at = text.find("##[", at)) text.insert(at + 1, " ");
  return text;
}

std::string place_properties(const RenderInput& input, Span place) {
  const File& file = input.run.input->sources[place.file];
  const Position begin = file.position(place.begin), end = file.position(place.end);
  const std::string path = input.in_repository ? input.in_repository(file.path()) : file.path();
  std::string text = format(" file={},line={},endLine={}", escaped(escape_controls(path), true), begin.line, end.line);
  if (begin.line == end.line) text += format(",col={},endColumn={}", begin.column, std::max(begin.column + 1, end.column));
  return text + ",";
}

std::string annotation(const RenderInput& input, const Diagnostic& finding) {
  const std::string properties = finding.where ? place_properties(input, finding.where) : " ";
  std::string message = escape_controls(finding.message);
  if (finding.where) message = location(input.run.input->sources, finding.where) + ": " + message;
  if (!finding.effect.empty()) message += "\nIn production: " + escape_controls(finding.effect);
  for (const Note& note : finding.notes) {
    const std::string place = location(input.run.input->sources, note.where);
    message += format("\n{}{}{}", place, place.empty() || note.text.empty() ? "" : ": ", escape_controls(note.text));
  }
  return format("::{}{}title={}::{}\n", command_of(finding.severity), properties, escaped(finding.rule->id, true), escaped(message, false));
}

}  // namespace

std::string render_github(const RenderInput& input, const TextStyle& style) {
  std::string out = render_text(input, style);
  std::size_t left_out = 0;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    std::size_t count = 0;
    for (const Diagnostic& finding : input.findings) {
      if (finding.severity != severity) continue;
      if (++count <= most_of_a_kind) out += annotation(input, finding);
    }
    left_out += count - std::min(count, most_of_a_kind);
  }
  if (left_out != 0) {
    out += format("{} only in the log: GitHub shows {} annotations of a kind\n", counted(left_out, "finding is", "findings are"),
                  most_of_a_kind);
  }
  return without_commands(std::move(out));
}

}  // namespace hop
