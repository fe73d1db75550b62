#include "support/keys.h"

#include <algorithm>
#include <iterator>

#include "text/format.h"

namespace hop {
namespace {

/// The first line of what a span covers, without quotes, escapes, comment and the width of its blanks: what stays when it is typed
/// otherwise.
std::string covered(Span where, const Sources& sources) {
  if (static_cast<std::size_t>(where.file) >= sources.size()) return "(no file)";
  std::string_view text = sources[where.file].text().substr(where.begin, where.size());
  text = text.substr(0, text.find_first_of("\r\n"));
  text = text.substr(0, text.find(" #"));
  std::string out;
  for (const char c : text) {
    const bool again = c == ' ' && (out.empty() || out.back() == ' ');
    if (c != '"' && c != '\'' && c != '\\' && !again) out += c;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string surroundings(const Diagnostic& finding, const Sources& sources) {
  std::string text = format(", on `{}`", covered(finding.where, sources));
  for (const Note& note : finding.notes) text += format(", note `{}` on `{}`", note.text, covered(note.where, sources));
  for (const Step& step : finding.chain) text += format(", {} `{}` {} {}", step.kind, step.label, step.encryption, step.verdict);
  for (const Fix& fix : finding.fixes) text += format(", {} fix `{}`", to_string(fix.safety), fix.title);
  return text;
}

}  // namespace

std::string key_of(const Diagnostic& finding, const Sources& sources, Compared compared) {
  std::string key = format("{} {}", to_string(finding.severity), finding.rule->id);
  for (const std::string& alias : finding.aliases) key += format("[{}]", alias);
  if (finding.object) {
    key += format(" on {} {} {}/{}", finding.object->api_version, finding.object->kind, finding.object->ns, finding.object->name);
  }
  key += format(", field `{}`", compared == Compared::stable_saying ? finding.stable_field : finding.field);
  if (!finding.target.empty()) key += format(", target `{}`", finding.target);
  if (compared == Compared::place) {
    const bool placed = static_cast<std::size_t>(finding.where.file) < sources.size();
    const Position position = placed ? sources[finding.where.file].position(finding.where.begin) : Position{0, 0};
    key += format(", at {}:{}:{}", placed ? sources[finding.where.file].path() : "(no file)", position.line, position.column);
  }
  if (compared == Compared::covering) key += surroundings(finding, sources);
  return key + ": " + finding.message;
}

std::vector<std::string> keys_of(const LintRun& run, Compared compared) {
  std::vector<std::string> keys;
  for (const Diagnostic& finding : run.findings) {
    if (!finding.suppressed) keys.push_back(key_of(finding, run.input->sources, compared));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::vector<std::string> surplus(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  return rest;
}

Complaints differences(const std::vector<std::string>& before, const std::vector<std::string>& after, std::string_view now) {
  Complaints complaints;
  for (const std::string& key : surplus(before, after)) complaints.push_back(format("{}: no longer found: {}", now, key));
  for (const std::string& key : surplus(after, before)) complaints.push_back(format("{}: newly found: {}", now, key));
  return complaints;
}

}  // namespace hop
