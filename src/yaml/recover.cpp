#include "yaml/recover.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "yaml/lines.h"
#include "yaml/problem_words.h"

namespace hop::yaml {
namespace {

constexpr std::size_t most_problems = 20;
constexpr int most_rounds = 60;  ///< those that only followed count, too
constexpr std::size_t largest = 1U << 20U;

/// A line as indentation sees it.
struct Line {
  std::size_t begin = 0, end = 0;  ///< without the line break
  std::size_t token = 0;           ///< its first character that is no blank; `end` if there is none
  std::size_t column() const { return token - begin; }
  bool blank() const { return token == end; }
};

std::size_t skip_blanks(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

Line line_at(std::string_view text, std::size_t begin) {
  const std::size_t end = line_end(text, begin);
  return {begin, end, skip_blanks(text, begin, end)};
}

Line line_around(std::string_view text, std::size_t at) {
  while (!is_line_begin(text, at)) --at;
  return line_at(text, at);
}

bool has_tab(std::string_view text, const Line& line) {
  return text.substr(line.begin, line.column()).find('\t') != std::string_view::npos;
}

/// `- ` in front of what stands at `at`.
std::size_t skip_dashes(std::string_view text, std::size_t at, std::size_t end) {
  while (at + 1 < end && text[at] == '-' && (text[at + 1] == ' ' || text[at + 1] == '\t')) at = skip_blanks(text, at + 1, end);
  return at;
}

bool begins_item(std::string_view text, const Line& line) {
  return text[line.token] == '-' && (line.token + 1 == line.end || text[line.token + 1] == ' ');
}

/// What a mistake spoils.
struct Damage {
  std::size_t begin = 0, end = 0;
  std::size_t column = 0;
};

/// Looks for the lines that one problem spoils.
class Search {
 public:
  Search(std::string_view text, const Problem& problem) : text_(text), flow_(problem.context.starts_with("while reading a flow")) {
    start_ = flow_ || is_unclosed(problem) ? std::min(problem.begin, problem.context_end == 0 ? problem.begin : problem.context_begin)
                                           : problem.begin;
  }

  std::optional<Damage> run() const {
    Line line = line_around(text_, std::min<std::size_t>(start_, text_.size()));
    while (line.blank() && line.begin > 0) line = line_around(text_, line.begin - 1);
    if (line.blank()) return std::nullopt;
    const std::size_t behind_dashes = skip_dashes(text_, line.token, line.end);
    const bool keeps_dashes = behind_dashes < line.end && start_ >= behind_dashes;
    const std::size_t begin = has_tab(text_, line) ? line.begin : keeps_dashes ? behind_dashes : line.token;
    return Damage{begin, end_behind(line, begin), begin - line.begin};
  }

  static bool is_unclosed(const Problem& problem) { return problem.message == "a quote that is never closed"; }

 private:
  std::size_t end_behind(const Line& first, std::size_t begin) const {
    const std::size_t column = begin - first.begin;
    const bool tabs = has_tab(text_, first), item = begins_item(text_, first) || begin > first.token;
    std::size_t end = first.end;
    for (std::size_t next = next_line(text_, first.end); next > end && next < text_.size(); next = next_line(text_, end)) {
      const Line line = line_at(text_, next);
      if (!line.blank()) {
        const bool level = line.column() == column;
        const bool closes = flow_ && line.column() <= column && (text_[line.token] == ']' || text_[line.token] == '}');
        const bool inside = tabs ? has_tab(text_, line) : line.column() > column || (level && !item && begins_item(text_, line));
        if (!inside && !closes) break;
        if (closes) return line.end;
      }
      end = line.end;
    }
    return end;
  }

  std::string_view text_;
  bool flow_;
  std::size_t start_ = 0;
};

void blank_out(std::string& text, const Damage& damage) {
  for (std::size_t at = damage.begin; at < damage.end;) {
    const std::size_t width = break_at(text, at);
    if (width == 0) text[at] = ' ';
    at += std::max<std::size_t>(width, 1);
  }
}

class Recovery {
 public:
  Recovery(const Tree& broken, const ReadOnce& read)
      : read_(read), text_(broken.source), problems_(broken.problems.begin(), broken.problems.end()) {}

  /// A tree of what is left; null if nothing can be read.
  std::shared_ptr<const Tree> run() {
    Problem problem = problems_.back();
    for (int round = 0; round < most_rounds; ++round) {
      const auto damage = Search(text_, problem).run();
      if (!damage) return nullptr;
      lost_anchor_ = lost_anchor_ || std::string_view(text_).substr(damage->begin, damage->end - damage->begin).find('&') != none;
      blank_out(text_, *damage);
      last_ = *damage;
      auto tree = read_(text_);
      if (tree->problems.empty()) return tree;
      problem = tree->problems.back();
      if (problem.kind != ProblemKind::syntax) return nullptr;
      if (!keep(problem)) return nullptr;
    }
    return nullptr;
  }

  std::vector<Problem> take_problems() {
    std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) { return a.begin < b.begin; });
    return std::move(problems_);
  }

 private:
  static constexpr auto none = std::string_view::npos;

  /// False if there are enough.
  bool keep(const Problem& problem) {
    // A quote swallows everything up to the next one: what came to light there followed from it.
    if (Search::is_unclosed(problem)) std::erase_if(problems_, [&](const Problem& one) { return one.begin > problem.begin; });
    if (follows(problem)) return true;
    if (problems_.size() == most_problems) return false;
    problems_.push_back(problem);
    return true;
  }

  bool follows(const Problem& problem) const {
    if (lost_anchor_ && problem.begin < text_.size() && text_[problem.begin] == '*') return true;
    if (problem.begin < last_.end) return false;
    const bool same = std::ranges::any_of(problems_, [&](const Problem& one) { return one.message == problem.message; });
    const std::string_view text = text_;
    const Line line = line_around(text, std::min<std::size_t>(problem.begin, text.size()));
    const bool next = line.column() == last_.column && text.find_first_not_of(" \t\r\n", last_.end) == line.token;
    return same && next &&
           is_about_place(problem, text.substr(line.token, problem.begin - std::min<std::size_t>(line.token, problem.begin)));
  }

  /// Whether a line is wrong for where it stands rather than for what it says: then those below it, level with it, are no better.
  static bool is_about_place(const Problem& problem, std::string_view before) {
    return problem.message.find("check the indentation") != std::string::npos ||
           problem.message.starts_with("expected the end of the document") ||
           (problem.message.starts_with("a mapping cannot start here") && before.find(':') == none);
  }

  const ReadOnce& read_;
  std::string text_;
  std::vector<Problem> problems_;
  Damage last_;
  bool lost_anchor_ = false;  ///< aliases may stand for what is gone
};

}  // namespace

std::shared_ptr<const Tree> recover(const Tree& broken, const ReadOnce& read) {
  auto result = std::make_shared<Tree>(broken);
  if (broken.source.size() > largest) return result;
  Recovery recovery(broken, read);
  if (const auto rest = recovery.run()) {
    result->items = rest->items;
    result->scratch = rest->scratch;
    result->properties = rest->properties;
    result->duplicates = rest->duplicates;
  }
  result->problems = recovery.take_problems();
  return result;
}

}  // namespace hop::yaml
