#pragma once
// The parser's complaints put in the user's words. Knows nothing of the parser but its wording.

#include <string>
#include <string_view>

namespace hop::yaml {

/// Which place says most about a complaint.
enum class Blame { here, context };

struct Wording {
  std::string message;
  Blame blame = Blame::here;
};

/// `found` is the text from the complaint's place on.
Wording reword_problem(std::string_view problem, std::string_view context, std::string_view found);
std::string reword_context(std::string_view context);

}  // namespace hop::yaml
