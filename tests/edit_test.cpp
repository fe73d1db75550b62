// Text edits on YAML: what is taken out or added, and what is left alone because it cannot be done safely.

#include "rule/edit.h"

#include "support/catch.h"
#include "yaml/parse.h"

namespace hop {
namespace {

/// A document in memory.
class Sample {
 public:
  explicit Sample(std::string text)
      : text_(std::make_shared<const std::string>(std::move(text))), document_(yaml::parse(*text_, text_), FileId{0}, 0) {}
  yaml::Node root() const { return document_.root(); }
  std::string with(const std::optional<Edit>& edit) const { return edit ? apply_edits(*text_, std::vector<Edit>{*edit}) : "nothing"; }

 private:
  std::shared_ptr<const std::string> text_;
  yaml::Document document_;
};

std::string without_item(const std::string& text, std::size_t item) {
  const Sample sample(text);
  const yaml::Node list = sample.root()["list"];
  return sample.with(remove_item(list, list[item]));
}

TEST_CASE("an item goes with its lines, wherever it stands") {
  const std::string three = "list:\n- a: 1\n  b: 2\n- c\n- d: 3\nrest: 1\n";
  CHECK(without_item(three, 0) == "list:\n- c\n- d: 3\nrest: 1\n");
  CHECK(without_item(three, 1) == "list:\n- a: 1\n  b: 2\n- d: 3\nrest: 1\n");
  CHECK(without_item(three, 2) == "list:\n- a: 1\n  b: 2\n- c\nrest: 1\n");
  CHECK(without_item("list:\n  - a # one\n  - b", 0) == "list:\n  - b");
  CHECK(without_item("list:\n  - a # one\n  - b", 1) == "list:\n  - a # one\n");
}

TEST_CASE("an item stays where taking it out would leave something else") {
  CHECK(without_item("list: [a, b]\n", 0) == "nothing");
  CHECK(without_item("list:\n- a\n", 0) == "nothing");
  CHECK(without_item("list:\n- - a\n  - b\n- c\n", 2) == "nothing");
  CHECK(without_item("x: &x 1\nlist:\n- *x\n- b\n", 0) == "nothing");
  const Sample nested("outer:\n- - a\n  - b\n");
  const yaml::Node inner = nested.root()["outer"][std::size_t{0}];
  CHECK(nested.with(remove_item(inner, inner[std::size_t{0}])) == "nothing");  // its dash shares a line with the outer one
  CHECK(nested.with(remove_item(inner, inner[std::size_t{1}])) == "outer:\n- - a\n");
}

TEST_CASE("a pair goes with its lines, and the only one stays") {
  const Sample sample("map:\n  a: 1\n  b: |\n    x\n    y\n  c: 3\n");
  const yaml::Node map = sample.root()["map"];
  CHECK(sample.with(remove_pair(map, map["a"])) == "map:\n  b: |\n    x\n    y\n  c: 3\n");
  const Sample one("map:\n  a: 1\n");
  CHECK(one.with(remove_pair(one.root()["map"], one.root()["map"]["a"])) == "nothing");
}

TEST_CASE("a pair is added before the first, with its indentation and quotes where they are needed") {
  const Sample block("map:\n    a: 1\n");
  CHECK(block.with(add_pair(block.root()["map"], "k", "true")) == "map:\n    k: \"true\"\n    a: 1\n");
  const Sample flow("map: {a: 1}\n");
  CHECK(flow.with(add_pair(flow.root()["map"], "k", "v")) == "map: {a: 1, k: v}\n");
}

}  // namespace
}  // namespace hop
