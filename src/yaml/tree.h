#pragma once
// One parsed YAML document as flat data: nodes in source order, comments, duplicate keys, and what was wrong with it.
// Knows nothing of where the document lies in a file (document.h does) nor of Kubernetes.
//
// All offsets are bytes relative to the document's first byte, so an edit above the document does not touch its tree.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/rare_string.h"
#include "text/rare_vector.h"

namespace hop::yaml {

enum class NodeType : std::uint8_t { scalar, mapping, sequence, alias };
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow };

inline constexpr std::uint8_t in_scratch = 1;      ///< scalar whose text lies in Tree::scratch
inline constexpr std::uint8_t has_merge = 1;       ///< mapping with a `<<` key
inline constexpr std::uint8_t has_property = 2;    ///< has an anchor or tag in Tree::properties
inline constexpr std::uint8_t has_duplicates = 4;  ///< mapping with a key in Tree::duplicates
inline constexpr std::uint8_t is_null_text = 4;    ///< scalar that is null to who reads it

/// A node in pre-order. A mapping's children alternate key, value. Children of node i, if any, begin at i + 1; the node after child c
/// is next_of(items, c); that of the last child equals its parent's. Small, because a manifest has one for every ten bytes of text.
struct Item {
  std::uint32_t begin = 0;  ///< first byte, of the quote or bracket where there is one; excludes anchor and tag
  std::uint32_t end = 0;    ///< behind the last byte; of a block collection: end of its last child; of a block scalar: end of its
                            ///< last line that is not blank, without the line end. An empty value: begin == end behind its `:` or `-`
  std::uint32_t data = 0;   ///< scalar: offset of its text, in the document or in scratch; alias: index of the node it stands for;
                            ///< collection: index behind its subtree, 0 until it is complete
  NodeType type : 2 = NodeType::scalar;
  Style style : 3 = Style::plain;
  std::uint32_t flags : 3 = 0;
  std::uint32_t more : 24 = 0;  ///< scalar or alias: key_byte(), above it cut(); mapping: its key_mask(); sequence: its count()

  bool is_collection() const { return type == NodeType::mapping || type == NodeType::sequence; }

  /// Of a mapping's key that is a scalar or alias: key_byte() of its text (yaml/key.h).
  std::uint8_t key_byte() const { return static_cast<std::uint8_t>(more); }
  void set_key_byte(std::uint8_t byte) { more = (more & 0xffff00U) | byte; }

  /// Of a mapping: key_bit() of each key, or any_key where a merge key may bring others.
  std::uint32_t key_mask() const { return more; }
  void set_key_mask(std::uint32_t mask) { more = mask & 0xffffffU; }

  /// Of a sequence: number of its items; many_items: that many or more.
  std::uint32_t count() const { return more; }
  void set_count(std::uint32_t items) { more = std::min(items, 0xffffffU) & 0xffffffU; }

  /// Of a scalar whose text stands in the document: how many bytes less than up to its end, as the quote is. Negative where a line end
  /// belongs to it.
  std::int32_t cut() const { return static_cast<std::int16_t>(more >> 8U); }
  /// Points a scalar at [from, from + size) of the document. False if that cannot be kept: its text has to go to scratch.
  bool stand_at(std::uint32_t from, std::size_t size) {
    const auto less = static_cast<std::int64_t>(end) - from - static_cast<std::int64_t>(size);
    if (less != static_cast<std::int16_t>(less)) return false;
    data = from;
    more = static_cast<std::uint32_t>(static_cast<std::uint16_t>(less)) << 8U;
    return true;
  }
};
static_assert(sizeof(Item) == 16);

inline constexpr std::uint32_t any_key = 0xffffffU;
inline constexpr std::uint32_t many_items = 0xffffffU;

/// Index behind the subtree of a node that is complete.
inline std::uint32_t next_of(const Item* items, std::uint32_t node) { return items[node].is_collection() ? items[node].data : node + 1; }

struct Property {
  std::uint32_t node;
  std::uint32_t begin, end;  ///< of anchor and tag together
  std::string anchor;        ///< without '&'
  std::string tag;           ///< resolved: "tag:yaml.org,2002:str" or "!local"
};

/// `# …` to the end of its line, without the line end.
struct Comment {
  std::uint32_t begin, end;
};

struct DuplicateKey {
  std::uint32_t key;    ///< index of the later key
  std::uint32_t first;  ///< index of the earlier one
};

enum class ProblemKind : std::uint8_t { syntax, encoding, depth, size, expansion };

/// Why a document has no tree, or only a partial one.
struct Problem {
  ProblemKind kind = ProblemKind::syntax;
  std::string message;  ///< lower-case start, no final period, the parser's words put in the user's terms
  std::uint32_t begin = 0, end = 0;
  std::string context;  ///< what was being read; may be empty
  std::uint32_t context_begin = 0, context_end = 0;
};

/// Where each item of a large tree sits (yaml/seat.h): made when it is first asked for, by whatever thread. A copy makes its own.
class SeatIndex;
class LazySeatIndex {
 public:
  LazySeatIndex() = default;
  LazySeatIndex(const LazySeatIndex&) {}
  LazySeatIndex& operator=(const LazySeatIndex&) = delete;
  ~LazySeatIndex();
  const SeatIndex& of(const struct Tree& tree) const;

 private:
  mutable std::atomic<const SeatIndex*> index_{nullptr};
};

struct Tree {
  std::shared_ptr<const void> owner;  ///< keeps `source` alive
  std::string_view source;            ///< the document's text
  std::vector<Item> items;            ///< of lines that no mistake spoils; empty: nothing but comments, or past mending
  RareString scratch;                 ///< text of scalars that do not stand in the source as they are, each behind its size
  RareVector<Property> properties;    ///< sorted by node
  RareVector<Comment> comments;       ///< sorted
  RareVector<DuplicateKey> duplicates;
  RareVector<Problem> problems;
  LazySeatIndex seats;

  std::uint32_t next(std::uint32_t node) const { return next_of(items.data(), node); }
  /// Text of a scalar.
  std::string_view text(const Item& scalar) const {
    if ((scalar.flags & in_scratch) == 0)
      return {source.data() + scalar.data, scalar.end - scalar.data - static_cast<std::uint32_t>(scalar.cut())};
    std::uint32_t size = 0;
    const char* const begin = scratch.view().data() + scalar.data;
    std::memcpy(&size, begin - sizeof size, sizeof size);
    return {begin, size};
  }

  // For who makes one.

  /// Where text may be appended to scratch for a scalar.
  std::size_t begin_text();
  /// Takes back what was appended since.
  void drop_text(std::size_t begin) { scratch.edit().resize(begin - sizeof(std::uint32_t)); }
  /// What was appended since is the text of `scalar`.
  void end_text(Item& scalar, std::size_t begin);
  void add_text(Item& scalar, std::string_view text);
};

/// Nesting, total nodes after following aliases, and document size beyond which a document is a Problem.
struct Limits {
  std::uint32_t depth = 1000;
  std::uint64_t expansion = 10'000'000;
  std::uint64_t document_size = 64ULL << 20U;
};

}  // namespace hop::yaml
