#include "support/expectations.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

#include "support/pairing.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr std::string_view marker = "#~";
constexpr std::string_view id_letters = "abcdefghijklmnopqrstuvwxyz0123456789-";

/// A marker counts where YAML would begin a comment.
std::optional<std::size_t> find_marker(std::string_view line) {
  for (std::size_t at = line.find(marker); at != std::string_view::npos; at = line.find(marker, at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return at;
  }
  return std::nullopt;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text = trim(text.substr(prefix.size()));
  return true;
}

std::vector<std::string> owned(const std::vector<std::string_view>& words) { return {words.begin(), words.end()}; }

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0;
}

/// Whether the statement is about the whole case. Leaves `header` as it is if not.
bool read_header(std::string_view statement, CaseHeader& header) {
  if (statement == "complete") return header.complete = true;
  if (take_prefix(statement, "complete=")) {
    for (const std::string_view ns : split_list(statement, ',')) header.complete_namespaces.emplace_back(ns);
    return !statement.empty();
  }
  if (take_prefix(statement, "known:")) return header.known.emplace_back(statement), !statement.empty();
  if (take_prefix(statement, "file-limit:")) return read_number(statement, header.file_limit);
  if (take_prefix(statement, "version:")) return header.versions.emplace_back(statement), !statement.empty();
  return false;
}

/// `: text`, or nothing at all.
bool read_text(std::string_view rest, std::string& text) {
  if (rest.empty()) return true;
  if (!take_prefix(rest, ":") || rest.empty() || rest.find(marker) != std::string_view::npos) return false;
  text = rest;
  return true;
}

std::optional<ExpectedFinding> read_finding(std::string_view statement) {
  const std::size_t blank = statement.find(' ');
  const auto severity = parse_severity(statement.substr(0, blank));
  if (!severity || blank == std::string_view::npos) return std::nullopt;
  ExpectedFinding finding;
  finding.severity = *severity;
  std::string_view rest = trim(statement.substr(blank));
  finding.rule = rest.substr(0, rest.find_first_not_of(id_letters));
  rest.remove_prefix(finding.rule.size());
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    finding.aliases = owned(split_list(rest.substr(1, close - 1), ','));
    rest.remove_prefix(close + 1);
  }
  if (finding.rule.empty() || !read_text(rest, finding.text)) return std::nullopt;
  return finding;
}

/// Whether the statement is about a place.
bool read_placed(std::string_view statement, const Place& place, Expectations& into) {
  if (take_prefix(statement, "note:")) {
    into.notes.push_back({place, std::string(statement)});
    return !statement.empty() && statement.find(marker) == std::string_view::npos;
  }
  auto finding = read_finding(statement);
  if (!finding) return false;
  finding->place = place;
  into.findings.push_back(std::move(*finding));
  return true;
}

/// Blank lines, comments and document markers may stand above or between header lines.
bool may_precede_header(std::string_view line) {
  const std::string_view text = trim(line);
  return text.empty() || text.starts_with('#') || text == "---";
}

void read_marker(std::string_view statement, const Place& place, bool at_top, Expectations& into) {
  std::uint32_t up = 0;
  while (statement.starts_with('^')) statement.remove_prefix(1), ++up;
  statement = trim(statement);
  if (at_top && up == 0 && read_header(statement, into.header)) return;
  if (up < place.line && read_placed(statement, {place.path, place.line - up}, into)) return;
  into.mistakes.push_back(format("{}: `#~ {}` is no expectation, or one that must stand at the top", to_string(place), statement));
}

std::string aliases_text(const std::vector<std::string>& aliases) {
  std::string text;
  for (const std::string& alias : aliases) text += (text.empty() ? "[" : ",") + alias;
  return text.empty() ? text : text + "]";
}

std::string describe(const ExpectedFinding& expected) {
  const std::string aliases = expected.aliases ? aliases_text(*expected.aliases) : "";
  return format("{} {}{} at {}: {}", to_string(expected.severity), expected.rule, aliases, to_string(expected.place), expected.text);
}

bool same_words(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

bool fits(const ExpectedFinding& expected, const Diagnostic& finding, const Sources& sources) {
  return expected.rule == finding.rule->id && expected.severity == finding.severity && place_of(finding.where, sources) == expected.place &&
         finding.message.find(expected.text) != std::string::npos && (!expected.aliases || same_words(*expected.aliases, finding.aliases));
}

std::vector<const Diagnostic*> shown(std::span<const Diagnostic> findings) {
  std::vector<const Diagnostic*> kept;
  for (const Diagnostic& finding : findings) {
    if (!finding.suppressed) kept.push_back(&finding);
  }
  return kept;
}

Complaints match_notes(const std::vector<ExpectedNote>& expected, const std::vector<const Note*>& notes, const Sources& sources) {
  const Pairing pairs = pair_up(expected.size(), notes.size(), [&](std::size_t e, std::size_t n) {
    return place_of(notes[n]->where, sources) == expected[e].place && notes[n]->text.find(expected[e].text) != std::string::npos;
  });
  Complaints complaints;
  for (const std::size_t e : pairs.left_over) {
    complaints.push_back(format("expected, but did not come: note at {}: {}", to_string(expected[e].place), expected[e].text));
  }
  for (const std::size_t n : pairs.right_over) {
    complaints.push_back(
        format("came, but was not expected: note at {}: {}", to_string(place_of(notes[n]->where, sources)), notes[n]->text));
  }
  return complaints;
}

}  // namespace

Place place_of(Span span, const Sources& sources) {
  const auto number = static_cast<std::size_t>(span.file);
  if (number >= sources.size()) return {"(no file)", 0};
  const File& file = sources[span.file];
  return {file.path(), file.position(span.begin).line};
}

std::string to_string(const Place& place) { return format("{}:{}", place.path, place.line); }

void read_expectations(const File& file, Expectations& into) {
  bool at_top = true;
  for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
    const std::string_view line = file.line(number);
    at_top = at_top && may_precede_header(line);
    if (const auto at = find_marker(line)) {
      read_marker(trim(line.substr(*at + marker.size())), {file.path(), number}, at_top, into);
    }
  }
}

std::vector<ListedExpectation> read_expect_list(std::string_view text) {
  std::vector<ListedExpectation> all;
  const auto file = File::from_bytes("expect.txt", std::string(text));
  for (std::uint32_t number = 1; number <= file->line_count(); ++number) {
    std::string_view line = trim(file->line(number));
    if (line.empty() || line.starts_with('#')) continue;
    ListedExpectation one{"", 0, "", number};
    CaseHeader ignored;
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos && !read_header(line, ignored)) {
      one.path = line.substr(0, colon);
      line.remove_prefix(colon + 1);
      const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), one.line);
      if (error == std::errc()) line.remove_prefix(static_cast<std::size_t>(end - line.data()));
      if (one.line != 0 && line.starts_with(':')) line.remove_prefix(1);
    }
    one.statement = trim(line);
    all.push_back(std::move(one));
  }
  return all;
}

void add_listed(const ListedExpectation& listed, std::string path, Expectations& into) {
  if (listed.line == 0 && read_header(listed.statement, into.header)) return;
  if (listed.line != 0 && read_placed(listed.statement, {std::move(path), listed.line}, into)) return;
  into.mistakes.push_back(format("expect.txt:{}: `{}` is no expectation", listed.written_on, listed.statement));
}

std::string without_expectations(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t feed = text.find('\n');
    const std::string_view line = text.substr(0, feed);
    const std::string_view end = feed == std::string_view::npos ? "" : "\n";
    text.remove_prefix(line.size() + end.size());
    const auto at = find_marker(line);
    const std::string_view kept = line.substr(0, at.value_or(line.size()));
    const std::size_t last = kept.find_last_not_of(" \t");
    if (at && last == std::string_view::npos) continue;
    (out += at ? kept.substr(0, last + 1) : kept) += end;
  }
  return out;
}

Complaints match(const Expectations& expected, std::span<const Diagnostic> findings, const Sources& sources, Unexpected unexpected) {
  const std::vector<const Diagnostic*> all = shown(findings);
  const Pairing pairs = pair_up(expected.findings.size(), all.size(),
                                [&](std::size_t e, std::size_t f) { return fits(expected.findings[e], *all[f], sources); });
  Complaints complaints = expected.mistakes;
  for (const std::size_t e : pairs.left_over) complaints.push_back("expected, but did not come: " + describe(expected.findings[e]));
  for (const std::size_t f : pairs.right_over) {
    if (unexpected == Unexpected::passed_over) continue;
    complaints.push_back("came, but was not expected: " + describe(*all[f], sources));
  }
  std::vector<const Note*> notes;
  for (const auto& [e, f] : pairs.pairs) {
    for (const Note& note : all[f]->notes) notes.push_back(&note);
  }
  append(complaints, match_notes(expected.notes, notes, sources));
  return complaints;
}

std::string describe(const Diagnostic& finding, const Sources& sources) {
  return format("{} {}{} at {}: {}", to_string(finding.severity), finding.rule->id, aliases_text(finding.aliases),
                to_string(place_of(finding.where, sources)), finding.message);
}

}  // namespace hop
