#include "report/paint.h"
#include "report/render.h"
#include "report/wording.h"

namespace hop {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::string found(const Summary& summary, const Paint& paint) {
  std::vector<std::string> parts;
  if (summary.errors != 0) parts.push_back(paint(Tone::error, counted(summary.errors, "error", "errors")));
  if (summary.warnings != 0) parts.push_back(paint(Tone::warning, counted(summary.warnings, "warning", "warnings")));
  if (summary.infos != 0) parts.push_back(paint(Tone::info, counted(summary.infos, "info", "infos")));
  return parts.empty() ? paint(Tone::strong, "no findings") : joined(parts, ", ");
}

std::string skipped(const Summary& summary) {
  std::vector<std::string> parts;
  if (summary.templates != 0) parts.push_back(counted(summary.templates, "template", "templates"));
  if (summary.not_manifests != 0) parts.push_back(counted(summary.not_manifests, "not a manifest", "not manifests"));
  if (summary.unreadable != 0) parts.push_back(counted(summary.unreadable, "unreadable file", "unreadable files"));
  return parts.empty() ? std::string() : "; skipped " + joined(parts, ", ");
}

}  // namespace

std::string closing_line(const RenderInput& input, const TextStyle& style) {
  const Summary& summary = input.run.summary;
  std::string text =
      format("{} in {} ({}, {}{})", found(summary, Paint(style.colour)), counted(summary.files, "file", "files"),
             counted(summary.documents, "document", "documents"), counted(summary.resources, "resource", "resources"), skipped(summary));
  if (summary.suppressed != 0) text += format("; {} suppressed", summary.suppressed);
  if (summary.in_baseline != 0) text += format("; {} in the baseline", summary.in_baseline);
  const std::size_t outside = summary.references.outside;
  if (outside != 0) {
    text += format("; {} outside (list them: hoplint refs --outside)", counted(outside, "reference points", "references point"));
  }
  text += '\n';
  if (input.left_out != 0) text += format("{} not shown (--max-diagnostics)\n", counted(input.left_out, "more finding", "more findings"));
  return text;
}

}  // namespace hop
