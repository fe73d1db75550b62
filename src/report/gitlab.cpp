#include "report/json_text.h"
#include "report/render.h"
#include "text/unicode.h"

namespace hop {
namespace {

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "critical";
    case Severity::warning:
      return "major";
    case Severity::info:
      return "info";
  }
  return "info";
}

Json issue(const RenderInput& input, const Diagnostic& finding) {
  const File* const file = finding.where ? &input.run.input->sources[finding.where.file] : nullptr;
  const std::string path = file == nullptr ? "" : file->path();
  const std::uint32_t begin = file == nullptr ? 1 : file->position(finding.where.begin).line;
  const std::uint32_t end = file == nullptr ? 1 : file->position(finding.where.end).line;
  std::string text = finding.message;
  if (!finding.effect.empty()) text += " (in production: " + finding.effect + ")";
  return {
      {"description", escape_controls(text)},
      {"check_name", finding.rule->id},
      {"fingerprint", finding.fingerprint},
      {"severity", severity_word(finding.severity)},
      {"location",
       {{"path", escape_controls(input.in_repository ? input.in_repository(path) : path)}, {"lines", {{"begin", begin}, {"end", end}}}}}};
}

}  // namespace

// Source: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
std::string render_gitlab(const RenderInput& input) {
  Json issues = Json::list();
  for (const Diagnostic& finding : input.findings) issues.push_back(issue(input, finding));
  return issues.pretty();
}

}  // namespace hop
