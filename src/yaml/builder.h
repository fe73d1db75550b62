#pragma once
// Builds documents that stand in no file: implied resources. Each node carries the place that implies it.

#include <memory>
#include <string_view>
#include <vector>

#include "yaml/document.h"
#include "yaml/keys.h"

namespace hop::yaml {

/// Calls must nest properly; in a mapping every value follows a key(). All places must lie in one file.
class Builder {
 public:
  void begin_mapping(Span place);
  void begin_sequence(Span place);
  void end();
  void key(std::string_view text, Span place);
  void scalar(std::string_view text, Span place, Style style = Style::plain);
  /// A copy of `node` and everything below it, with its own places.
  void copy(Node node);
  /// The finished document; the builder is empty afterwards. Ensures all collections were ended.
  std::shared_ptr<const Document> finish();

 private:
  std::uint32_t add(NodeType type, Style style, Span place);
  std::shared_ptr<Tree> tree_;
  struct Open {
    std::uint32_t node;
    std::uint32_t children = 0;
  };
  std::vector<Open> open_;
  KeyFiler keys_;
  FileId file_ = no_file;
};

}  // namespace hop::yaml
