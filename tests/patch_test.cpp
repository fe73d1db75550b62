// Differences between lines, and patches written from them.

#include <random>
#include <string>
#include <vector>

#include "report/patch.h"
#include "support/catch.h"
#include "text/line_diff.h"

namespace hop {
namespace {

/// Puts the new lines where the changes say; must give `after`.
std::string applied(const std::string& before, const std::string& after) {
  const auto old_lines = split_lines(before), new_lines = split_lines(after);
  std::string out;
  std::size_t line = 0, new_line = 0;
  for (const LineChange& change : line_changes(old_lines, new_lines)) {
    CHECK((change.begin < change.end || change.new_begin < change.new_end));
    CHECK((line == 0 || change.begin > line));
    for (; line < change.begin; ++line, ++new_line) out += old_lines[line];
    CHECK(new_line == change.new_begin);
    for (; new_line < change.new_end; ++new_line) out += new_lines[new_line];
    line = change.end;
  }
  for (; line < old_lines.size(); ++line) out += old_lines[line];
  return out;
}

std::string patch(const std::string& before, const std::string& after) {
  return render_patch({"p", before, after, {}, {}}).value_or("none");
}

TEST_CASE("lines keep their ends") {
  CHECK(split_lines("").empty());
  CHECK(split_lines("a\r\nb") == std::vector<std::string_view>{"a\r\n", "b"});
  CHECK(split_lines("\n\n") == std::vector<std::string_view>{"\n", "\n"});
}

TEST_CASE("the fewest lines change") {
  const auto changes = line_changes(split_lines("a\nb\nc\nd\n"), split_lines("a\nx\nc\nd\ne\n"));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0] == LineChange{1, 2, 1, 2});
  CHECK(changes[1] == LineChange{4, 4, 4, 5});
  CHECK(line_changes(split_lines("a\n"), split_lines("a\n")).empty());
}

TEST_CASE("any text becomes any other") {
  std::mt19937 random(1);
  const auto text = [&] {
    std::string lines;
    for (auto count = random() % 12; count > 0; --count) lines += static_cast<char>('a' + random() % 3) + std::string("\n");
    if (!lines.empty() && random() % 3 == 0) lines.pop_back();
    return lines;
  };
  for (int i = 0; i < 3000; ++i) {
    const std::string before = text(), after = text();
    REQUIRE(applied(before, after) == after);
  }
}

TEST_CASE("texts that have nothing in common are exchanged as a whole") {
  std::string before, after;
  for (int i = 0; i < 3000; ++i) {
    before += "old " + std::to_string(i) + "\n";
    after += "new " + std::to_string(i) + "\n";
  }
  CHECK(applied("same\n" + before + "same\n", "same\n" + after + "same\n") == "same\n" + after + "same\n");
}

TEST_CASE("a patch has three lines of context and one hunk for changes that are near") {
  std::string before;
  for (char c = 'a'; c <= 'z'; ++c) before += std::string(1, c) + "\n";
  std::string after = before;
  after.replace(after.find("e\n"), 2, "E\n");
  after.replace(after.find("l\n"), 2, "");
  after.replace(after.find("z\n"), 2, "z\nend");
  CHECK(patch(before, after) ==
        "diff --git a/p b/p\n--- a/p\n+++ b/p\n"
        "@@ -2,14 +2,13 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n i\n j\n k\n-l\n m\n n\n o\n"
        "@@ -24,3 +23,4 @@\n x\n y\n z\n+end\n\\ No newline at end of file\n");
  CHECK(patch("a", "b") ==
        "diff --git a/p b/p\n--- a/p\n+++ b/p\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
  CHECK(patch("", "b\n") == "diff --git a/p b/p\n--- a/p\n+++ b/p\n@@ -0,0 +1,1 @@\n+b\n");
  CHECK(patch("a\n", "a\n").empty());
}

TEST_CASE("lines that must not be shown are no context") {
  const std::string before = "a\nb\nc\nd\ne\n", after = "a\nb\nC\nd\ne\n";
  const auto secret = [](std::size_t hidden) { return [hidden](std::size_t line) { return line == hidden; }; };
  CHECK(*render_patch({"p", before, after, secret(1), {}}) == "diff --git a/p b/p\n--- a/p\n+++ b/p\n@@ -3,3 +3,3 @@\n-c\n+C\n d\n e\n");
  CHECK(*render_patch({"p", before, after, secret(4), {}}) ==
        "diff --git a/p b/p\n--- a/p\n+++ b/p\n@@ -1,4 +1,4 @@\n a\n b\n-c\n+C\n d\n");
  CHECK_FALSE(render_patch({"p", before, after, secret(2), {}}));
  CHECK_FALSE(render_patch({"p", before, after, secret(3), {}}));
  CHECK_FALSE(render_patch({"p", before, after, {}, secret(2)}));
}

}  // namespace
}  // namespace hop
