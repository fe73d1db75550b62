#include "diag/diagnostic.h"

#include <vector>

#include "support/catch.h"

using namespace hop;

namespace {

constexpr FileId one{0};
constexpr FileId other{1};

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text, FileId file = one) { return {{file, begin, end}, std::move(text)}; }

std::string applied(std::string_view text, const std::vector<Edit>& edits) { return apply_edits(text, edits); }

bool are_disjoint(const std::vector<Edit>& edits) { return disjoint(edits); }

}  // namespace

TEST_CASE("severities, groups and safeties read back as they are written") {
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
    CHECK(parse_severity(to_string(severity)) == severity);
  }
  CHECK(to_string(Severity::error) == "error");
  CHECK(to_string(Group::policy) == "policy");
  CHECK(to_string(Safety::safe) == "safe");
  CHECK(to_string(Safety::unsafe) == "unsafe");
  CHECK_FALSE(parse_severity("Error"));
}

TEST_CASE("a rule's family is its id up to the first dash") {
  RuleInfo rule;
  rule.id = "alb-backend-protocol-mismatch";
  CHECK(family(rule) == "alb");
  rule.id = "alone";
  CHECK(family(rule) == "alone");
}

TEST_CASE("a list of words can stand in a constant") {
  static constexpr Words words{"IST0101", "KIA1102"};
  static_assert(words.size() == 2);
  static_assert(*words.begin() == "IST0101");
  static_assert(Words{}.size() == 0);
  CHECK(std::vector<std::string_view>(words.begin(), words.end()) == std::vector<std::string_view>{"IST0101", "KIA1102"});
}

TEST_CASE("no edits leave a text as it is") {
  CHECK(applied("", {}).empty());
  CHECK(applied("abc", {}) == "abc");
}

TEST_CASE("edits apply in any order") {
  CHECK(applied("protocol: HTTP", {edit(10, 14, "HTTPS")}) == "protocol: HTTPS");
  CHECK(applied("abcdef", {edit(4, 6, "Z"), edit(0, 1, "XY"), edit(2, 3, "")}) == "XYbdZ");
  CHECK(applied("abc", {edit(3, 3, "!"), edit(0, 0, "<")}) == "<abc!");
}

TEST_CASE("an insertion comes after the edit that ends at its place and before the one that begins there") {
  CHECK(applied("abcd", {edit(2, 2, "-"), edit(0, 2, "X")}) == "X-cd");
  CHECK(applied("abcd", {edit(2, 4, "Y"), edit(2, 2, "-"), edit(0, 2, "X")}) == "X-Y");
  CHECK(applied("ab", {edit(1, 1, "1"), edit(1, 1, "2")}) == "a12b");
}

TEST_CASE("applying edits looks at their places only, not at their files") {
  CHECK(applied("abcd", {edit(3, 4, "Y", one), edit(0, 1, "X", other), edit(1, 2, "Z", no_file)}) == "XZcY");
}

TEST_CASE("edits that share no byte are disjoint") {
  CHECK(are_disjoint({}));
  CHECK(are_disjoint({edit(0, 2, ""), edit(2, 4, "")}));
  CHECK(are_disjoint({edit(2, 2, "a"), edit(2, 4, ""), edit(0, 2, "")}));
  CHECK(are_disjoint({edit(0, 4, ""), edit(1, 2, "", other)}));
  CHECK_FALSE(are_disjoint({edit(2, 4, ""), edit(0, 3, "")}));
  CHECK_FALSE(are_disjoint({edit(0, 9, ""), edit(1, 2, ""), edit(3, 4, "")}));
  CHECK_FALSE(are_disjoint({edit(1, 2, ""), edit(1, 2, "")}));
}

TEST_CASE("two insertions at one place, and one inside a replacement, are not disjoint") {
  CHECK_FALSE(are_disjoint({edit(2, 2, "a"), edit(2, 2, "b")}));
  CHECK_FALSE(are_disjoint({edit(0, 4, "x"), edit(2, 2, "a")}));
  CHECK(are_disjoint({edit(2, 2, "a"), edit(2, 2, "b", other)}));
}
