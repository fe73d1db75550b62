#include "support/check_texts.h"

#include <algorithm>
#include <vector>

#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

constexpr std::size_t longest_message = 120;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).length) ++count;
  return count;
}

/// `STRICT`, `TLS`, `ClusterIP`: words that keep their capitals wherever they stand.
bool starts_with_name(std::string_view text) {
  const std::string_view word = text.substr(0, text.find(' '));
  return std::count_if(word.begin(), word.end(), is_upper) > 1;
}

/// One line that can stand in the middle of a sentence.
Complaints check_line(std::string_view what, std::string_view text) {
  Complaints complaints;
  const auto complain = [&](std::string_view why) { complaints.push_back(format("{} {}: {}", what, why, text)); };
  if (text.empty()) complain("is empty");
  if (!text.empty() && is_upper(text.front()) && !starts_with_name(text)) complain("starts with a capital");
  if (!text.empty() && (text.front() == ' ' || text.back() == ' ')) complain("has a blank at its start or end");
  if (text.ends_with('.')) complain("ends with a period");
  if (text.find_first_of("\r\n") != std::string_view::npos) complain("has more than one line");
  if (first_invalid_utf8(text)) complain("is not UTF-8");
  return complaints;
}

/// Text that says something about the user's objects.
Complaints check_note(std::string_view what, std::string_view text) {
  Complaints complaints = check_line(what, text);
  const std::size_t length = count_code_points(text);
  if (length > longest_message) complaints.push_back(format("{} has {} characters: {}", what, length, text));
  append(complaints, located(format("{} \"{}\"", what, text), check_names(text)));
  return complaints;
}

/// A message begins in lower case even where a name must make room for it: "the Service `a` …".
Complaints check_message(std::string_view what, std::string_view text) {
  Complaints complaints = check_note(what, text);
  if (starts_with_name(text) && is_upper(text.front())) complaints.push_back(format("{} starts with a capital: {}", what, text));
  return complaints;
}

/// Text outside backticks, cut at blanks, without punctuation around the words.
std::vector<std::string_view> plain_words(std::string_view text) {
  std::vector<std::string_view> words;
  bool quoted = false;
  for (std::size_t begin = 0; begin < text.size(); quoted = !quoted) {
    const std::size_t tick = std::min(text.find('`', begin), text.size());
    for (std::size_t at = begin; !quoted && at < tick;) {
      const std::size_t end = std::min(text.find(' ', at), tick);
      std::string_view word = text.substr(at, end - at);
      while (!word.empty() && std::string_view("(\"'").find(word.front()) != std::string_view::npos) word.remove_prefix(1);
      while (!word.empty() && std::string_view(".,;:!?)\"'").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
      words.push_back(word);
      at = end + 1;
    }
    begin = tick + 1;
  }
  return words;
}

/// `shop.svc`, `edge.yaml`; not `e.g`, `1.29`, `v1.2`.
bool has_inner_dot(std::string_view word) {
  const auto part = std::find(word.begin(), word.end(), '.');
  if (part == word.begin() || part == word.end()) return false;
  return std::count_if(word.begin(), word.end(), is_letter) > 2;
}

/// `credentialName`; not `mTLS`.
bool is_camel_case(std::string_view word) {
  return word.size() > 2 && is_lower(word[0]) && is_lower(word[1]) && std::any_of(word.begin(), word.end(), is_upper);
}

bool can_only_be_name(std::string_view word) {
  return word.find_first_of("_*{}[]=") != std::string_view::npos || has_inner_dot(word) || is_camel_case(word);
}

Complaints check_own_names(const Diagnostic& finding) {
  Complaints complaints;
  std::vector<std::string> names{finding.target};
  if (finding.object)
    names.insert(names.end(), {finding.object->name, finding.object->ns, finding.object->ns + "/" + finding.object->name});
  for (const std::string_view word : plain_words(finding.message)) {
    // A name that is one plain word ("shop", "gateway") may be meant as the word.
    const bool is_name = word.find_first_of("-/") != std::string_view::npos && std::find(names.begin(), names.end(), word) != names.end();
    if (is_name) complaints.push_back(format("message: {} wants backticks: {}", word, finding.message));
  }
  return complaints;
}

Complaints check_belongs(const Diagnostic& finding) {
  Complaints complaints;
  const RuleInfo& rule = *finding.rule;
  if (finding.severity > rule.severity) {
    complaints.push_back(format("severity {} is above the rule's {}", to_string(finding.severity), to_string(rule.severity)));
  }
  for (const std::string& alias : finding.aliases) {
    if (std::find(rule.aliases.begin(), rule.aliases.end(), alias) == rule.aliases.end()) {
      complaints.push_back(format("alias {} is none of the rule's", alias));
    }
  }
  return complaints;
}

/// Istio's analyzers and Kiali's checks.
bool is_alias(std::string_view code) {
  if (!code.starts_with("IST") && !code.starts_with("KIA")) return false;
  return code.size() == 7 && std::all_of(code.begin() + 3, code.end(), is_digit);
}

enum class Emptiness : unsigned char { refused, allowed };

Complaints check_span(std::string_view what, Span span, const Sources& sources, Emptiness emptiness) {
  if (static_cast<std::size_t>(span.file) >= sources.size()) return {format("{} lies in no file", what)};
  const std::string_view text = sources[span.file].text();
  const std::string range = format("{} {}..{} of {}", what, span.begin, span.end, sources[span.file].path());
  if (span.begin > span.end || span.end > text.size()) return {format("{}: not inside 0..{}", range, text.size())};
  Complaints complaints;
  if (span.empty() && span.begin != text.size() && emptiness == Emptiness::refused) complaints.push_back(range + ": is empty");
  for (const std::uint32_t end : {span.begin, span.end}) {
    if (!is_character_boundary(text, end)) complaints.push_back(format("{}: {} is inside a character", range, end));
  }
  return complaints;
}

}  // namespace

Complaints check_spans(const Diagnostic& finding, const Sources& sources) {
  Complaints complaints = check_span("primary", finding.where, sources, Emptiness::refused);
  for (const Note& note : finding.notes) append(complaints, check_span("note", note.where, sources, Emptiness::refused));
  for (const Step& step : finding.chain) {
    if (step.where) append(complaints, check_span("step", step.where, sources, Emptiness::refused));
  }
  for (const Fix& fix : finding.fixes) {
    for (const Edit& edit : fix.edits) append(complaints, check_span("edit", edit.where, sources, Emptiness::allowed));
  }
  return complaints;
}

Complaints check_info(const RuleInfo& rule) {
  Complaints complaints = check_message("summary", rule.summary);
  append(complaints, check_line("effect", rule.effect));
  if (rule.docs.empty()) complaints.emplace_back("has no docs");
  if (rule.source.empty()) complaints.emplace_back("has no source");
  for (const std::string_view alias : rule.aliases) {
    if (!is_alias(alias)) complaints.push_back(format("alias {} is no code of Istio or Kiali", alias));
  }
  return complaints;
}

Complaints check_texts(const Diagnostic& finding) {
  Complaints complaints = check_message("message", finding.message);
  append(complaints, check_own_names(finding));
  append(complaints, check_line("effect", finding.effect));
  for (const Note& note : finding.notes) append(complaints, check_note("note", note.text));
  if (!finding.label.empty()) append(complaints, check_line("label", finding.label));
  for (const Fix& fix : finding.fixes) append(complaints, check_line("title", fix.title));
  append(complaints, check_belongs(finding));
  return complaints;
}

Complaints check_names(std::string_view text) {
  Complaints complaints;
  if (std::count(text.begin(), text.end(), '`') % 2 != 0) complaints.emplace_back("a backtick lacks its partner");
  for (const std::string_view word : plain_words(text)) {
    if (can_only_be_name(word)) complaints.push_back(format("{} wants backticks", word));
  }
  return complaints;
}

}  // namespace hop
