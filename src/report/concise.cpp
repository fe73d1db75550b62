#include "report/paint.h"
#include "report/render.h"
#include "report/wording.h"
#include "text/unicode.h"

namespace hop {
namespace {

std::string concise_line(const RenderInput& input, const Diagnostic& finding, const Paint& paint) {
  std::string line;
  if (finding.where) line = location(input.run.input->sources, finding.where) + ": ";
  line += paint(tone_of(finding.severity), format("{}[{}]", to_string(finding.severity), finding.rule->id));
  line += ' ' + escape_controls(finding.message);
  if (finding.suppressed) line += " (suppressed)";
  return line + '\n';
}

}  // namespace

std::string render_concise(const RenderInput& input, const TextStyle& style) {
  const Paint paint(style.colour);
  std::string text;
  for (const Diagnostic& finding : input.findings) text += concise_line(input, finding, paint);
  return text + closing_line(input, style);
}

}  // namespace hop
