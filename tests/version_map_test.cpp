// Where a place of one version of a text stands in another.

#include <random>
#include <string>

#include "support/catch.h"
#include "text/version_map.h"

namespace hop {
namespace {

/// What stands in the newer text where `word` stood in the older one.
std::string followed(const VersionMap& map, const std::string& older, const std::string& newer, const std::string& word) {
  const auto begin = static_cast<std::uint32_t>(older.find(word));
  const Span now = map.forward({FileId{0}, begin, begin + static_cast<std::uint32_t>(word.size())});
  return newer.substr(now.begin, now.end - now.begin);
}

TEST_CASE("what was not touched is where it was, or has moved") {
  const std::string older = "a: one\nb: two\nc: three\n", newer = "# new\na: one\nb: twice\nc: three\n";
  const VersionMap map = VersionMap::between(older, newer);
  CHECK(followed(map, older, newer, "three") == "three");
  CHECK(followed(VersionMap::identity(older.size()), older, older, "two") == "two");
}

TEST_CASE("between two edits everything stays as it was, if no line came or went") {
  const std::string older = "a: one # x\nb: two\nc: three # y\n", newer = "a: one # much more\nb: two\nc: three # less\n";
  const VersionMap map = VersionMap::between(older, newer);
  CHECK(followed(map, older, newer, "one") == "one");
  CHECK(followed(map, older, newer, "b: two") == "b: two");
  CHECK(followed(map, older, newer, "three") == "three");
  CHECK(map.keeps({FileId{0}, 14, 17}));
}

TEST_CASE("a map of two edits is that of the one after that of the other") {
  const std::string first = "a: one\nb: two\nc: three\n", second = "a: one # x\nb: two\nc: three\n",
                    third = "a: one # x\nb: two # y\nc: three # z\n";
  VersionMap map = VersionMap::between(first, second);
  map.then(second, third);
  for (const char* word : {"one", "two", "three", "a: one\nb: two"}) CHECK(followed(map, first, third, word).starts_with(word[0]));
  CHECK(followed(map, first, third, "three") == "three");
  CHECK(followed(map, first, third, "a: one\nb: two") == "a: one # x\nb: two");
}

/// Runs are the same bytes in both texts, whatever was done.
TEST_CASE("what is said to stand as it was does") {
  std::mt19937 random(20261126);
  const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  const std::string first = "kind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  ports:\n  - port: 80\n";
  for (int round = 0; round < 300; ++round) {
    std::string text = first;
    VersionMap map = VersionMap::identity(text.size());
    for (std::size_t edits = 1 + any(4); edits > 0; --edits) {
      std::string next = text;
      for (std::size_t places = 1 + any(3); places > 0; --places) {
        const std::size_t at = any(next.size() + 1);
        next.replace(at, std::min(any(6), next.size() - at), std::string_view("x\n#: y").substr(0, any(7)));
      }
      map.then(text, next);
      text = next;
    }
    for (std::uint32_t begin = 0; begin < first.size(); ++begin) {
      const std::uint32_t end = begin + 1 + static_cast<std::uint32_t>(any(first.size() - begin));
      const Span place{FileId{0}, begin, end};
      const Span now = map.forward(place);
      REQUIRE(now.begin <= now.end);
      REQUIRE(now.end <= text.size());
      if (map.keeps(place)) REQUIRE(text.substr(now.begin, now.end - now.begin) == first.substr(begin, end - begin));
    }
  }
}

}  // namespace
}  // namespace hop
