// What documentation says about rules is what the binary says.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "engine/select.h"
#include "report/render.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/rule_pages.h"
#include "text/file.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr std::string_view begin_mark = "<!-- rules:begin -->";
constexpr std::string_view end_mark = "<!-- rules:end -->";

/// First line in which two texts differ, for a message that fits the screen.
std::string first_difference(std::string_view written, std::string_view wanted) {
  const auto a = File::from_bytes("README.md", std::string(written));
  const auto b = File::from_bytes("wanted", std::string(wanted));
  for (std::uint32_t line = 1; line <= std::max(a->line_count(), b->line_count()); ++line) {
    if (a->line(line) != b->line(line)) return std::string(a->line(line)) + "\nis not\n" + std::string(b->line(line));
  }
  return "line ends differ";
}

TEST_CASE("the README's rule table is the one the binary prints") {
  const std::filesystem::path path = std::filesystem::path(HOPLINT_SOURCE_DIR) / "README.md";
  if (!std::filesystem::exists(path)) FAIL("there is no README.md");
  const std::string readme = read_bytes(path);
  const std::size_t begin = readme.find(begin_mark);
  const std::size_t end = readme.find(end_mark);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    FAIL("README.md has no rule table between `" << begin_mark << "` and `" << end_mark << "`");
  }
  const std::string_view written = trim(std::string_view(readme).substr(begin + begin_mark.size(), end - begin - begin_mark.size()));
  const auto rules = every_rule();
  const std::string table = render_rule_table(rules);
  if (written != trim(table))
    FAIL("README.md's rule table is out of date (./dev docs writes it):\n" << first_difference(written, trim(table)));
  SUCCEED();
}

/// What the binary prints on an estate, run in the source folder as the README does.
std::string output_on(const std::string& arguments) {
  const std::string command = "cd '" HOPLINT_SOURCE_DIR "' && '" HOPLINT_BINARY "' " + arguments;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  char buffer[4096];
  for (std::size_t got = fread(buffer, 1, sizeof buffer, pipe); got > 0; got = fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, got);
  pclose(pipe);
  return text;
}

TEST_CASE("each rule has its page, and the pages are what the binary says of rules and fixtures") {
  const std::filesystem::path folder = std::filesystem::path(HOPLINT_SOURCE_DIR) / "docs" / "rules";
  const auto pages = rule_pages();
  if (std::getenv("HOPLINT_WRITE_DOCS") != nullptr) {  // `./dev docs`
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    for (const auto& [name, text] : pages) std::ofstream(folder / name, std::ios::binary) << text;
  }
  INFO("./dev docs writes them");
  for (const auto& [name, text] : pages) {
    CAPTURE(name);
    REQUIRE(std::filesystem::exists(folder / name));
    if (const std::string written = read_bytes(folder / name); written != text) FAIL_CHECK(first_difference(written, text));
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) CHECK(pages.contains(entry.path().filename().string()));
}

TEST_CASE("the README shows a request as the binary really traces it") {
  const std::string readme = read_bytes(std::filesystem::path(HOPLINT_SOURCE_DIR) / "README.md");
  const std::string wanted = output_on("trace --color never https://netbox.cluster.tinfoil.private/login fixtures/estates/article_fixed");
  REQUIRE(wanted.size() > 1000);
  INFO("./dev docs writes it");
  CHECK(readme.find(wanted) != std::string::npos);
}

TEST_CASE("the README shows what the binary really prints on the article's estate") {
  const std::string readme = read_bytes(std::filesystem::path(HOPLINT_SOURCE_DIR) / "README.md");
  const std::string wanted = output_on("check --color never fixtures/estates/article");
  REQUIRE(wanted.size() > 1000);
  INFO("./dev docs writes it");
  CHECK(readme.find(wanted) != std::string::npos);
}

}  // namespace
}  // namespace hop
