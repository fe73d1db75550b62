#include "yaml/problem_words.h"

#include "text/format.h"
#include "text/unicode.h"

namespace hop::yaml {
namespace {

struct Phrase {
  std::string_view problem;
  std::string_view context;  // "" matches every context
  std::string_view message;
  Blame blame = Blame::here;
};

// The parser's texts: libyaml 0.2.5, src/scanner.c and src/parser.c.
constexpr Phrase phrases[] = {
    {"could not find expected ':'", "", "a key without a colon", Blame::context},
    {"found unexpected end of stream", "while scanning a quoted scalar", "a quote that is never closed", Blame::context},
    {"found unexpected document indicator", "while scanning a quoted scalar", "a quote that is never closed", Blame::context},
    {"mapping values are not allowed in this context", "", "a mapping cannot start here; quote the text if the colon belongs to it"},
    {"mapping keys are not allowed in this context", "", "a key cannot start here"},
    {"block sequence entries are not allowed in this context", "", "a list item cannot start here"},
    {"did not find expected key", "", "expected a key of the mapping; check the indentation"},
    {"did not find expected '-' indicator", "", "expected an item of the list, starting with `-`; check the indentation"},
    {"did not find expected ',' or ']'", "", "expected `,` or `]`"},
    {"did not find expected ',' or '}'", "", "expected `,` or `}`"},
    {"did not find expected node content", "", "expected a value"},
    {"did not find expected <document start>", "", "expected the end of the document or `---`"},
    {"did not find expected alphabetic or numeric character", "while scanning an alias",
     "expected an anchor's name behind `*`; quote the text if it starts with a star"},
    {"did not find expected alphabetic or numeric character", "", "expected an anchor's name behind `&`"},
    {"found undefined tag handle", "", "a tag with a handle that no %TAG line declares"},
    {"found unknown escape character", "", "an unknown escape in a double-quoted string"},
    {"did not find expected hexdecimal number", "", "an escape with too few hexadecimal digits"},
    {"found invalid Unicode character escape code", "", "an escape for a character that does not exist"},
    {"found a tab character where an indentation space is expected", "", "a tab in the indentation; YAML wants spaces"},
    {"found a tab character that violates indentation", "", "a tab in the indentation; YAML wants spaces"},
    {"did not find expected comment or line break", "", "expected the end of the line"},
    {"found an indentation indicator equal to 0", "", "an indentation of 0 is not possible"},
    {"found incompatible YAML document", "", "a version of YAML that is not supported"},
    {"found unknown directive name", "", "an unknown directive"},
};

/// The parser says "cannot start any token" of very different mistakes.
std::string reword_first_character(std::string_view found) {
  if (found.empty()) return "expected a value";
  if (found.front() == '\t') return "a tab in the indentation; YAML wants spaces";
  return format("a plain value cannot start with `{}`; quote it", found.substr(0, code_point_at(found, 0).length));
}

/// Fallback for wordings the table does not know: the parser's own, in our style.
std::string tidy(std::string_view text) {
  std::string result(text.substr(0, 110));
  if (!result.empty() && result[0] >= 'A' && result[0] <= 'Z') result[0] = static_cast<char>(result[0] - 'A' + 'a');
  while (!result.empty() && result.back() == '.') result.pop_back();
  return result.empty() ? "not valid YAML" : result;
}

}  // namespace

Wording reword_problem(std::string_view problem, std::string_view context, std::string_view found) {
  if (problem == "found character that cannot start any token") return {reword_first_character(found), Blame::here};
  for (const Phrase& phrase : phrases) {
    if (phrase.problem == problem && (phrase.context.empty() || phrase.context == context)) {
      return {std::string(phrase.message), phrase.blame};
    }
  }
  return {tidy(problem), Blame::here};
}

std::string reword_context(std::string_view context) {
  constexpr std::string_view verbs[] = {"while parsing ", "while scanning "};
  for (const std::string_view verb : verbs) {
    if (context.starts_with(verb)) return format("while reading {}", context.substr(verb.size()));
  }
  return std::string(context);
}

}  // namespace hop::yaml
