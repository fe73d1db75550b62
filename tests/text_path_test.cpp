// Where a place is, told from lines that may not parse.

#include "lsp/text_path.h"
#include "support/catch.h"

namespace hop::lsp {
namespace {

TextPath path_at(std::string text) {
  const std::size_t mark = text.find('@');
  REQUIRE(mark != std::string::npos);
  text.erase(mark, 1);
  return text_path(text, static_cast<std::uint32_t>(mark));
}

TEST_CASE("keys from the document's root down to a value") {
  CHECK(path_at("kind: X\nspec:\n  a:\n    b: v@al\n").joined() == "spec.a.b");
  CHECK(path_at("spec:\n  list:\n  - a: 1\n    b: @\n").joined() == "spec.list[].b");
  CHECK(path_at("spec:\n  list:\n    - x@\n").joined() == "spec.list[]");
  CHECK(path_at("spec:\n  list:\n  - x@\n").joined() == "spec.list[]");
  CHECK(path_at("spec:\n  list:\n  - - x: @1\n").joined() == "spec.list[][].x");
  CHECK(path_at("a: 1\nspec:\n  b: 1\nc: @\n").joined() == "c");
  CHECK(path_at("spec: {a: [\n---\nspec:\n  b: @\n").joined() == "spec.b");
  CHECK(path_at("spec:\n  list:\n  - a: 1\n  other: @\n").joined() == "spec.other");
}

TEST_CASE("a key that is still to be written") {
  const TextPath blank = path_at("metadata:\n  annotations:\n    a: b\n    @\nspec: {}\n");
  CHECK(blank.on_key);
  CHECK(blank.keys == std::vector<std::string>{"metadata", "annotations", ""});
  const TextPath begun = path_at("metadata:\n  annotations:\n    alb.ing@\n");
  CHECK(begun.on_key);
  CHECK(begun.end - begun.begin == 7);
  CHECK(begun.keys == std::vector<std::string>{"metadata", "annotations", ""});
  CHECK(path_at("metadata:\n  annotations:\n    al@b.x: y\n").on_key);
  CHECK_FALSE(path_at("metadata:\n  annotations:\n    alb.x: y@\n").on_key);
}

TEST_CASE("the word at a place, and what stands beside it") {
  const TextPath path =
      path_at("http:\n- route:\n  - destination:\n      host: \"cart\"\n      subset: v1-ol@d # x\n      port:\n        number: 1\n");
  CHECK(path.end - path.begin == 6);
  CHECK(path.sibling(path.keys.size() - 1, "host") == "cart");
  const TextPath number = path_at("- destination:\n    port:\n      number: @\n    host: cart\n");
  CHECK(number.joined() == "[].destination.port.number");
  CHECK(number.sibling(number.keys.size() - 2, "host") == "cart");
  const TextPath item = path_at("gateways:\n- istio-system/ed@ge\n");
  CHECK(item.begin == 12);
  CHECK(item.end - item.begin == 17);
}

TEST_CASE("kind and namespace wherever they stand") {
  const TextPath path = path_at("spec:\n  a: @\nmetadata:\n  labels: {x: y}\n  namespace: shop\nkind: Gateway\n---\nkind: Service\n");
  CHECK(path.kind == "Gateway");
  CHECK(path.ns == "shop");
  CHECK(path_at("kind: A\n---\nkind: B\nx: @\n").kind == "B");
}

TEST_CASE("comments, and places that are none") {
  CHECK(path_at("a: 1 # hoplint: al@low\n").in_comment);
  CHECK_FALSE(path_at("a: \"x # y@\"\n").in_comment);
  CHECK(path_at("@").keys.size() == 1);
  CHECK(text_path("", 99).begin == 0);
  CHECK(text_path("a: b", 4000).end == 4);
}

}  // namespace
}  // namespace hop::lsp
