#pragma once
// A tree placed in a file, and the small handle to read it: Node. Reading never throws and never fails; what is absent answers empty
// and still knows the nearest place that exists.

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"
#include "yaml/key.h"
#include "yaml/tree.h"

namespace hop::yaml {

class Document;
class Items;
class Entries;
struct Entry;

inline constexpr std::uint32_t no_node = 0xffffffffU;

/// Two words, copied freely. Never null: an absent node is falsy, chains on, and its span() is that of the nearest ancestor that
/// exists. An explicit null (`key:` or `~`) is present. Valid as long as its Document.
///
/// Through an alias span() is the alias token, children point at the anchor, and via_alias() says so: no fix goes through an alias.
class Node {
 public:
  Node() = default;

  explicit operator bool() const { return index_ != no_node; }
  bool is_mapping() const;
  bool is_sequence() const;
  bool is_scalar() const;  ///< also an explicit null
  bool is_null() const;    ///< plain and empty, `~`, `null`, `Null` or `NULL`; false when absent
  bool is_string() const;  ///< a scalar that YAML 1.1 as Kubernetes reads it resolves to a string
  bool is_plain() const;   ///< a scalar without quotes or block style
  Style style() const;

  /// Child of a mapping; merge keys are followed. The last of duplicate keys, as the API server takes it.
  Node operator[](const Key& key) const;
  /// Item of a sequence.
  Node operator[](std::size_t position) const;
  bool has(const Key& key) const { return static_cast<bool>((*this)[key]); }
  /// Items of a sequence; empty for anything else.
  Items items() const;
  /// Pairs of a mapping in source order, those of merge keys behind its own and not shadowed; empty for anything else.
  Entries entries() const;
  /// Number of items or pairs as written. Linear in it for a mapping.
  std::size_t size() const;

  /// Text of a scalar, "" for anything else and for null.
  std::string_view str() const;
  /// A plain integer: decimal, 0x, 0o; nothing for quoted text.
  std::optional<std::int64_t> integer() const;
  /// A plain true or false as Kubernetes reads it (YAML 1.1 of sigs.k8s.io/yaml: true/false, yes/no, on/off in three cases).
  std::optional<bool> boolean() const;
  /// Anchor without '&', tag resolved; "" if none.
  std::string_view anchor() const;
  std::string_view tag() const;

  /// The value; of an empty value its key; of an absent node the nearest ancestor's key or, at the root, the document's first line.
  Span span() const;
  /// The key of a mapping's value; span() for anything that has no key.
  Span key_span() const;
  /// The text inside the quotes, for edits and for carets on part of a scalar; span() if not quoted.
  Span text_span() const;
  /// Span of bytes [begin, end) of a scalar's text, where its text stands in the source as it is; else span().
  Span part_span(std::size_t begin, std::size_t end) const;
  /// "spec.servers[0].port"; keys with dots or slashes in brackets and quotes: `metadata.annotations["a/b"]`.
  std::string path() const;
  /// The same with list items keyed by their `name`, `host` or `number` where they have one: stable under reordering.
  std::string stable_path() const;

  /// YAML or JSON held in this scalar, its spans mapped back into the scalar. An empty document if this is no scalar.
  std::shared_ptr<const Document> inner() const;

  bool via_alias() const { return (shown_ & alias_bit) != 0; }
  const Document* document() const { return document_; }
  std::uint32_t index() const { return index_; }
  friend bool operator==(const Node&, const Node&) = default;

 private:
  friend class Document;
  friend class Items;
  friend class Entries;
  friend class Part;
  static constexpr std::uint32_t alias_bit = 0x80000000U;
  static constexpr std::uint32_t nowhere = 0x7fffffffU;  ///< shown by what is missing from a document without nodes
  Node(const Document* document, std::uint32_t index, std::uint32_t shown) : document_(document), index_(index), shown_(shown) {}
  const Item* item() const;
  std::size_t count_children() const;
  std::uint32_t shown_item() const { return shown_ & ~alias_bit; }
  /// Handle to item `index`, aliases resolved.
  Node child(std::uint32_t index) const;
  /// operator[] of a mapping that may have the key.
  Node look_up(const Key& key) const;
  /// Of a scalar, also that of a null.
  std::string_view text() const;
  /// The same for one that a merge key brings.
  Node merged_child(std::uint32_t index) const;
  std::vector<Entry> merged_entries() const;

  const Document* document_ = nullptr;
  std::uint32_t index_ = no_node;  ///< resolved node
  std::uint32_t shown_ = nowhere;  ///< item whose place is shown: the node itself, an alias, or the nearest ancestor; alias_bit on top
};

struct Entry {
  Node key;
  Node value;
};

/// A node whose document is known from another node: a quarter of the room.
class Part {
 public:
  Part() = default;
  explicit Part(Node node) : shown_(node ? node.shown_ : node.shown_ | absent_bit) {}
  /// The node again. `other` is any node of its document.
  Node of(Node other) const;
  friend bool operator==(const Part&, const Part&) = default;

 private:
  /// On top of what is shown, below the bit of an alias: a tree has no more nodes than its text, of limited size, has bytes.
  static constexpr std::uint32_t absent_bit = 0x40000000U;
  std::uint32_t shown_ = Node::nowhere;  ///< Node::nowhere has the bit, too
};

class Items {
 public:
  class iterator {
   public:
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    iterator() = default;
    iterator(Node parent, std::uint32_t at) : parent_(parent), at_(at) {}
    Node operator*() const;
    iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    Node parent_;
    std::uint32_t at_ = 0;
  };
  iterator begin() const { return {parent_, first_}; }
  iterator end() const { return {parent_, last_}; }
  bool empty() const { return first_ == last_; }

 private:
  friend class Node;
  Node parent_;
  std::uint32_t first_ = 0, last_ = 0;
};

class Entries {
 public:
  class iterator {
   public:
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    iterator() = default;
    iterator(const Entries* all, std::uint32_t at) : all_(all), at_(at) {}
    Entry operator*() const;
    iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    const Entries* all_ = nullptr;
    std::uint32_t at_ = 0;  ///< item index of the key; behind last_: position in merged_
  };
  iterator begin() const { return {this, first_}; }
  iterator end() const { return {this, last_ + static_cast<std::uint32_t>(merged_.size())}; }
  bool empty() const { return begin() == end(); }

 private:
  friend class Node;
  Node parent_;
  std::uint32_t first_ = 0, last_ = 0;
  std::vector<Entry> merged_;  ///< only for a mapping with a merge key: all its pairs, and then first_ == last_
};

/// Where each byte of a scalar's text stands in the outer document: runs of text that are the same in both.
struct OffsetMap {
  struct Run {
    std::uint32_t inner, outer;
    bool same = true;  ///< false for an escape or a folded line break: other bytes stand outside
  };
  /// Sorted by inner; each holds until the next. Where something stands between two lines (an indentation), two runs have the same
  /// inner: the first says where the text before ends, the second where the text behind begins.
  std::vector<Run> runs;
  std::uint32_t outer_end = 0;  ///< what the inner end maps to
  /// Where the byte at `inner` stands.
  std::uint32_t to_outer(std::uint32_t inner) const;
  /// Where text ends whose last byte is the one before `inner`.
  std::uint32_t to_outer_end(std::uint32_t inner) const;
  bool same_at(std::uint32_t inner) const;
  /// Whether the text of [begin, end) stands outside byte for byte and in one piece.
  bool verbatim(std::uint32_t begin, std::uint32_t end) const;
};

/// A tree at its place. Immutable; nodes point at it, so it must not move while they live.
class Document {
 public:
  Document(std::shared_ptr<const Tree> tree, FileId file, std::uint32_t base)
      : tree_(std::move(tree)), items_(tree_->items.data()), file_(file), base_(base & most_base), synthetic_(0) {}

  Node root() const;
  const Tree& tree() const { return *tree_; }
  const std::shared_ptr<const Tree>& share_tree() const { return tree_; }
  FileId file() const { return file_; }
  /// Offset of the document's first byte in its file.
  std::uint32_t base() const { return base_; }
  /// The same tree in a newer version of its file.
  void place(FileId file, std::uint32_t base) { file_ = file, base_ = base & most_base; }

  /// Maps offsets of the tree to a place in the file.
  Span span(std::uint32_t begin, std::uint32_t end) const;
  /// Whether its text does not stand in a file as written: an implied resource. Edits there are refused.
  bool synthetic() const { return synthetic_ != 0; }
  /// Whether an edit inside maps to one byte for byte: not in synthetic documents, nor where escapes stand between.
  bool editable(std::uint32_t begin, std::uint32_t end) const;

 private:
  friend class Node;
  friend class Items;
  friend class Entries;
  friend class Builder;
  friend class Part;
  static constexpr std::uint32_t most_base = 0x7fffffffU;
  std::shared_ptr<const Tree> tree_;
  const Item* items_;  ///< the tree's
  FileId file_;
  std::uint32_t base_ : 31;  ///< a file has less than 2 GiB
  std::uint32_t synthetic_ : 1;
  std::unique_ptr<const OffsetMap> map_;  ///< of an inner document
};

// Asked millions of times in a run, so they are inline.

inline const Item* Node::item() const { return index_ == no_node ? nullptr : document_->items_ + index_; }
inline bool Node::is_mapping() const { return index_ != no_node && item()->type == NodeType::mapping; }
inline bool Node::is_sequence() const { return index_ != no_node && item()->type == NodeType::sequence; }
inline bool Node::is_scalar() const { return index_ != no_node && item()->type == NodeType::scalar; }
inline bool Node::is_plain() const { return is_scalar() && item()->style == Style::plain; }
inline Style Node::style() const { return index_ == no_node ? Style::plain : item()->style; }
inline std::size_t Node::size() const {
  const bool told = !is_mapping() && (!is_sequence() || item()->count() < many_items);
  return !told ? count_children() : is_sequence() ? item()->count() : 0;
}

inline std::string_view Node::text() const { return document_->tree().text(*item()); }

inline bool Node::is_null() const { return is_scalar() && (item()->flags & is_null_text) != 0; }

inline std::string_view Node::str() const { return !is_scalar() || (item()->flags & is_null_text) != 0 ? std::string_view() : text(); }

inline Node Node::operator[](const Key& key) const {
  const bool may_have = is_mapping() && (item()->key_mask() & key.bit()) != 0;
  return may_have ? look_up(key) : Node(document_, no_node, shown_);
}

inline Items Node::items() const {
  Items result;
  if (!is_sequence()) return result;
  result.parent_ = *this;
  result.first_ = index_ + 1;
  result.last_ = item()->data;
  return result;
}

inline Node Node::child(std::uint32_t index) const {
  const Item& child = document_->items_[index];
  if (child.type == NodeType::alias) return {document_, child.data, index | alias_bit};
  return {document_, index, index | (shown_ & alias_bit)};
}

inline Node Part::of(Node other) const {
  if (shown_ == Node::nowhere) return {};
  if ((shown_ & absent_bit) != 0) return {other.document_, no_node, shown_ & ~absent_bit};
  const std::uint32_t at = shown_ & ~Node::alias_bit;
  const Item& item = other.document_->items_[at];
  return {other.document_, item.type == NodeType::alias ? item.data : at, shown_};
}

inline Node Items::iterator::operator*() const { return parent_.child(at_); }

inline Items::iterator& Items::iterator::operator++() {
  at_ = next_of(parent_.document_->items_, at_);
  return *this;
}

inline Entry Entries::iterator::operator*() const {
  if (!all_->merged_.empty()) return all_->merged_[at_ - all_->last_];
  const Node& parent = all_->parent_;
  return {parent.child(at_), parent.child(next_of(parent.document_->items_, at_))};
}

inline Entries::iterator& Entries::iterator::operator++() {
  if (!all_->merged_.empty()) {
    ++at_;
  } else {
    const Item* const items = all_->parent_.document_->items_;
    at_ = next_of(items, next_of(items, at_));
  }
  return *this;
}

}  // namespace hop::yaml
