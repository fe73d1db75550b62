#pragma once
// One parsed YAML document as flat data: nodes in source order, comments, duplicate keys, and what was wrong with it.
// Knows nothing of where the document lies in a file (document.h does) nor of Kubernetes.
//
// All offsets are bytes relative to the document's first byte, so an edit above the document does not touch its tree.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hop::yaml {

enum class NodeType : std::uint8_t { scalar, mapping, sequence, alias };
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow };

/// A node in pre-order. A mapping's children alternate key, value. Children of node i, if any, begin at i + 1; the node after child c
/// is items[c].next; the last child's `next` equals its parent's.
struct Item {
  std::uint32_t begin = 0;  ///< first byte, of the quote or bracket where there is one; excludes anchor and tag
  std::uint32_t end = 0;    ///< behind the last byte; of a block collection: end of its last child; of a block scalar: end of its
                            ///< last line that is not blank, without the line end. An empty value: begin == end behind its `:` or `-`
  std::uint32_t next = 0;   ///< index behind this node's subtree
  std::uint32_t data = 0;   ///< scalar: offset of its text, in the document or in scratch; alias: index of the node it stands for;
                            ///< mapping: key_bit() of each key, or any_key where a merge key may bring others
  std::uint32_t size = 0;   ///< scalar: length of its text in bytes; mapping: number of pairs; sequence: number of items
  NodeType type = NodeType::scalar;
  Style style = Style::plain;
  std::uint8_t flags = 0;
  std::uint8_t key_byte = 0;  ///< of a mapping's key: key_byte() of its text (yaml/key.h)
};

inline constexpr std::uint32_t any_key = 0xffffffffU;

inline constexpr std::uint8_t in_scratch = 1;      ///< scalar text lies in Tree::scratch
inline constexpr std::uint8_t has_merge = 2;       ///< mapping with a `<<` key
inline constexpr std::uint8_t has_duplicates = 8;  ///< mapping with a key in Tree::duplicates
inline constexpr std::uint8_t has_property = 4;    ///< has an anchor or tag in Tree::properties

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
  std::string scratch;                ///< text of scalars that do not stand in the source as they are
  std::vector<Property> properties;   ///< sorted by node
  std::vector<Comment> comments;      ///< sorted
  std::vector<DuplicateKey> duplicates;
  std::vector<Problem> problems;
  LazySeatIndex seats;
};

/// Nesting, total nodes after following aliases, and document size beyond which a document is a Problem.
struct Limits {
  std::uint32_t depth = 1000;
  std::uint64_t expansion = 10'000'000;
  std::uint64_t document_size = 64ULL << 20U;
};

}  // namespace hop::yaml
