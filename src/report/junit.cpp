#include <map>
#include <vector>

#include "report/render.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

/// For content and for quoted attributes. XML 1.0 has no way to write most control characters: they are shown as escapes.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : escape_controls(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool fails(const Diagnostic& finding) { return !finding.suppressed && finding.severity != Severity::info; }

std::string details(const RenderInput& input, const Diagnostic& finding) {
  std::string text = xml(finding.message) + "\n";
  if (finding.where) text += xml(location(input.run.input->sources, finding.where)) + "\n";
  if (!finding.effect.empty()) text += "In production: " + xml(finding.effect) + "\n";
  for (const Note& note : finding.notes) {
    text += xml(location(input.run.input->sources, note.where)) + (note.text.empty() ? "" : ": " + xml(note.text)) + "\n";
  }
  return text;
}

std::string reason(const Diagnostic& finding) {
  for (const Suppression& suppression : finding.suppressions) {
    if (!suppression.reason.empty()) return suppression.reason;
  }
  return "no reason is given";
}

std::string test_case(const RenderInput& input, const std::string& path, const Diagnostic& finding) {
  std::string name = std::string(finding.rule->id);
  if (finding.where) {
    const Position at = input.run.input->sources[finding.where.file].position(finding.where.begin);
    name += format(" {}:{}", at.line, at.column);
  }
  std::string out = format("    <testcase name=\"{}\" classname=\"{}\">\n", xml(name), xml(path));
  if (finding.suppressed) {
    out += format("      <skipped message=\"{}\"/>\n", xml("suppressed: " + reason(finding)));
  } else if (fails(finding)) {
    out += format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", to_string(finding.severity), xml(finding.message),
                  details(input, finding));
  } else {
    out += format("      <system-out>{}</system-out>\n", details(input, finding));
  }
  return out + "    </testcase>\n";
}

struct Suite {
  std::string cases;
  std::size_t tests = 0, failures = 0, skipped = 0;
};

}  // namespace

std::string render_junit(const RenderInput& input) {
  std::map<std::string, Suite> suites;
  Suite all;
  for (const Diagnostic& finding : input.findings) {
    const std::string path = finding.where ? input.run.input->sources[finding.where.file].path() : "hoplint";
    Suite& suite = suites[path];
    suite.cases += test_case(input, path, finding);
    for (Suite* const counted : {&suite, &all}) {
      ++counted->tests;
      counted->failures += fails(finding) ? 1 : 0;
      counted->skipped += finding.suppressed ? 1 : 0;
    }
  }
  if (suites.empty()) {  // a report without a test looks to many readers as if nothing had run
    suites["hoplint"] = {"    <testcase name=\"no findings\" classname=\"hoplint\"/>\n", 1, 0, 0};
    all.tests = 1;
  }
  const auto counts = [](const Suite& suite) {
    return format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", suite.tests, suite.failures, suite.skipped);
  };
  std::string out = format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hoplint\" {}>\n", counts(all));
  for (const auto& [path, suite] : suites) {
    out += format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", xml(path), counts(suite), suite.cases);
  }
  return out + "</testsuites>\n";
}

}  // namespace hop
