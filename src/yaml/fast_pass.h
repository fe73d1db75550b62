#pragma once
// One pass of the fast reader over one document; its parts are fast.cpp (block structure), fast_flow.cpp, fast_scalar.cpp and
// fast_block_scalar.cpp. Nobody else includes this.
//
// Every function that returns bool returns false when the document is not for the fast reader; then the whole pass ends.
// The rules are those of libyaml's scanner, which are laxer than YAML 1.2 in some places and stricter in others.

#include <cstdint>
#include <string_view>
#include <vector>

#include "yaml/anchors.h"
#include "yaml/fast_text.h"
#include "yaml/keys.h"
#include "yaml/tree.h"

namespace hop::yaml {

inline std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

/// Flush: a sequence at the indentation of its parent key. Pair: `a: b` without braces as an item of a flow sequence.
enum class Shape : std::uint8_t { block_mapping, block_sequence, flush_sequence, flow_mapping, flow_sequence, flow_pair };

/// A collection that is being read.
struct Unfinished {
  std::uint32_t node = 0;
  std::uint32_t children = 0;
  std::int32_t indent = -1;  ///< column of its entries; of a flow collection: of the block collection around it
  Shape shape = Shape::block_mapping;
  bool needs_comma = false;  ///< flow: an entry is complete
  std::uint64_t nodes_before = 0;
};

/// Anchor and tag in front of a node.
struct Properties {
  std::uint32_t begin = 0, end = 0;
  std::string_view anchor, tag;  ///< without `&`; as written
  bool any() const { return end != begin; }
};

/// Whether a node may turn out to be the key of a mapping, or must.
enum class KeyRole : std::uint8_t { never, possible, required };

struct PassBuffers {
  std::vector<Unfinished> open;
  KeyFiler keys;
};

class FastPass {
 public:
  /// The tree must have its source, and may bring memory for its items.
  FastPass(Tree& tree, const Limits& limits, PassBuffers& buffers)
      : tree_(tree), limits_(limits), text_(tree.source), open_(buffers.open), keys_(buffers.keys) {
    open_.clear();
  }
  bool run();

 private:
  // Text
  char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  std::uint32_t column() const { return at_ - line_; }
  void skip_blanks();
  bool skip_to_token();
  bool at_line_end() const;
  bool finish_line();
  bool take_comment();
  std::uint32_t line_end_from(std::uint32_t at) const;
  bool next_line();
  bool at_marker() const;

  // Nodes
  std::int32_t indent() const { return open_.empty() ? -1 : open_.back().indent; }
  void add(const Item& item, const Properties& properties);
  void keep_properties(const Properties& properties);
  void add_scalar(Item item, const Properties& properties);
  void add_key(const Item& item, const Properties& properties);
  void add_nothing();
  bool open(Shape shape, std::uint32_t begin, std::int32_t indent, const Properties& properties);
  void close(std::uint32_t end);
  bool at_property() const { return peek(at_) == '&' || peek(at_) == '!'; }
  bool read_properties(Properties& properties);
  bool read_anchor(Properties& properties);
  bool read_tag(Properties& properties);
  std::string_view read_name();
  bool read_alias();

  // Block structure
  bool step();
  bool read_entry();
  bool read_line_node();
  bool read_node(KeyRole key);
  bool read_value(const Properties& own);
  bool take_pending(Properties& own);
  bool at_key_end(std::uint32_t key_begin, std::uint32_t key_line) const;
  bool finish_key(const Item& key, const Properties& own, std::uint32_t begin, bool first);
  void close_block();

  // Flow collections
  bool read_flow(const Properties& properties);
  bool skip_flow_space();
  bool flow_step();
  bool read_flow_entry();
  bool read_flow_value();
  bool read_flow_node(const Properties& properties);
  bool go_deeper();
  bool open_flow(const Properties& properties);
  void close_flow();
  void close_pair();

  // Scalars; they leave at_ behind the last character, or at the next token if that is on another line
  bool read_scalar(Item& item, bool flow);
  bool read_plain(Item& item, bool flow);
  bool starts_plain(bool flow) const;
  bool find_plain_stop(std::uint32_t from, bool flow, std::uint32_t& stop) const;
  bool find_flow_plain_stop(std::uint32_t from, std::uint32_t& stop) const;
  std::uint32_t trim(std::uint32_t begin, std::uint32_t end) const;
  bool skip_breaks(std::uint32_t& at, std::uint32_t& line, std::uint32_t& breaks) const;
  bool goes_on(std::uint32_t at, std::uint32_t line, bool flow) const;
  bool continue_plain(Item& item, std::uint32_t stop, bool flow);
  void fold(std::uint32_t breaks);
  bool read_quoted(Item& item);
  bool decode_quoted(Item& item, std::uint32_t stop);
  bool decode_break(bool escaped);
  bool decode_escape();
  bool decode_number(std::size_t digits);
  void finish_scratch(Item& item, std::size_t begin, std::uint32_t source) const;

  bool read_block_scalar(Item& item);
  bool find_block_indent(std::uint32_t increment, std::uint32_t& indent) const;
  bool read_block_lines(Item& item, std::uint32_t indent, int chomping);

  Tree& tree_;
  const Limits& limits_;
  const std::string_view text_;
  std::uint32_t at_ = 0;
  std::uint32_t line_ = 0;               // begin of the line that holds at_
  std::uint32_t token_at_ = 0xffffffff;  // at_ is here: the line of the last scalar is finished, and this is the next token
  std::vector<Unfinished>& open_;
  KeyFiler& keys_;
  Anchors anchors_;
  Properties pending_;            // stood on a line of their own; belong to the node that comes next
  bool waiting_ = true;           // behind `-` or `key:`, or at the start: a node is due
  std::uint32_t nothing_at_ = 0;  // where it stands if it does not come: behind its indicator
  std::uint32_t last_end_ = 0;    // behind the last node
  std::uint32_t flow_depth_ = 0;
  std::uint64_t nodes_ = 0;  // aliases followed
};

}  // namespace hop::yaml
