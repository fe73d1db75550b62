#include <algorithm>
#include <string>
#include <vector>

#include "fuzz/targets.h"
#include "support/tree_difference.h"
#include "text/file.h"
#include "text/format.h"
#include "yaml/document.h"
#include "yaml/fast.h"
#include "yaml/parse.h"

namespace hop::fuzz {
namespace {

using yaml::Node;

class Walk {
 public:
  explicit Walk(const yaml::Document& document, std::size_t size) : document_(document), size_(size) {}

  void node(Node node, int depth) {
    if (depth > 40 || ++seen_ > 2000) return;
    place(node.span());
    place(node.key_span());
    place(node.text_span());
    require(node.has("a") == static_cast<bool>(node["a"]), "has() and operator[] agree");
    node["a"][3]["b"].span();
    scalar(node);
    for (const Node item : node.items()) this->node(item, depth + 1);
    for (const auto& [key, value] : node.entries()) {
      this->node(key, depth + 1);
      this->node(value, depth + 1);
    }
  }

 private:
  void place(Span span) const {
    require(span.begin <= span.end && span.end <= document_.base() + size_, "a node lies in its text");
    require(span.begin >= document_.base(), "a node lies behind the beginning of its document");
  }
  void scalar(Node node) {
    const std::string_view text = node.str();
    place(node.part_span(0, text.size()));
    place(node.part_span(text.size() / 2, text.size()));
    node.integer();
    node.boolean();
    node.is_string();
    if (seen_ < 200) {
      node.path();
      node.stable_path();
    }
    if (node.is_scalar() && ++inner_ < 20) {
      const auto document = node.inner();
      require(document != nullptr, "there is always a document in a scalar");
      for (const auto& [key, value] : document->root().entries()) {
        place(key.span());
        place(value.span());
      }
    }
  }

  const yaml::Document& document_;
  std::size_t size_;
  int seen_ = 0, inner_ = 0;
};

yaml::Limits limits() {
  yaml::Limits limits;
  limits.depth = 100;
  limits.expansion = 20'000;
  return limits;
}

void check_problems(const yaml::Tree& tree, std::size_t size) {
  for (const yaml::Problem& problem : tree.problems) {
    require(problem.begin <= problem.end && problem.end <= size, "a problem lies in the text");
    require(problem.context_begin <= problem.context_end && problem.context_end <= size, "its context lies in the text");
    require(!problem.message.empty(), "a problem says something");
  }
}

void one_document(std::string_view text) {
  // A copy without a terminator, so that the sanitizer sees a read beyond the end.
  const std::vector<char> bytes(text.begin(), text.end());
  const std::string_view source(bytes.data(), bytes.size());
  const auto found = yaml::read_fast(source, nullptr, limits());
  yaml::DocumentParser parser;
  const auto expected = parser.parse_with_library(source, nullptr, limits());
  const auto recovered = parser.parse(source, nullptr, limits());
  check_problems(*expected, source.size());
  check_problems(*recovered, source.size());
  require(recovered->problems.empty() == expected->problems.empty(), "recovery mends nothing and breaks nothing");
  if (found != nullptr) {
    require(expected->problems.empty(), "what the fast reader reads, the library reads");
    const std::string difference = yaml::tree_difference(*expected, *found);
    require(difference.empty(), "the fast reader and the library see the same: " + difference);
  }
  for (const auto& tree : {expected, found, recovered}) {
    if (tree == nullptr) continue;
    const yaml::Document document(tree, FileId{0}, 7);
    Walk(document, source.size()).node(document.root(), 0);
  }
}

}  // namespace

void fuzz_reader(std::string_view bytes) {
  const auto file = File::from_bytes("a.yaml", std::string(bytes));
  const std::string_view text = file->text();
  std::uint32_t end = 0;
  for (const yaml::Chunk& chunk : yaml::split(text)) {
    require(chunk.begin >= end && chunk.begin <= chunk.end && chunk.end <= text.size(), "chunks follow each other");
    end = chunk.end;
    one_document(text.substr(chunk.begin, chunk.end - chunk.begin));
  }
  one_document(text);
  for (std::uint32_t offset = 0; offset <= text.size(); offset += 13) {
    const Position position = file->position(offset, ColumnUnit::utf16);
    require(file->offset(position, ColumnUnit::utf16) <= offset, "a position leads back");
    require(file->stored_offset(offset) <= bytes.size(), "what is shown is stored");
  }
}

}  // namespace hop::fuzz
