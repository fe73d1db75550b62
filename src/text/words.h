#pragma once
// Words people mistype: edit distance and the nearest of many names. Knows nothing of what the names mean.

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hop {

/// Damerau-Levenshtein (optimal string alignment) distance in bytes; `limit + 1` as soon as it must exceed `limit`.
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

/// How far a word of this length may be off and still count as a slip: 0 below 2 bytes, 1 up to 4, 2 up to 11, else 3.
unsigned slip_limit(std::size_t length);

/// How far `word` is from `name` if one may be a slip for the other: not equal, within slip_limit, and neither numbered nor lettered
/// otherwise: `v1` and `v2` are two names, and so are `team-a` and `team-b`.
std::optional<unsigned> slip(std::string_view word, std::string_view name);

/// The candidate nearest to `word` within slip_limit, ignoring case first; the earlier on a tie; nothing if `word` itself is among them.
/// Linear in the candidates: for small fixed tables.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

/// Many names, asked often: the first question indexes them in time linear in the text, each answer takes time linear in the word. Finds
/// names within slip_limit that share a one-character deletion with the word (distance 1 always, 2 often). The caller keeps the
/// names alive. find() may be called from several threads at once.
class NearNames {
 public:
  NearNames();
  void add(std::string_view name, std::uint32_t value);
  /// Value of the nearest name that is not equal to `word`; the smaller value on a tie.
  std::optional<std::uint32_t> find(std::string_view word) const;

 private:
  struct Entry {
    std::string_view name;
    std::uint32_t value;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  struct Index;

  std::vector<Entry> entries_;
  std::shared_ptr<Index> index_;  ///< empty until the first question: most runs have none
};

/// "`a`", "`a` and `b`", "`a`, `b` and `c`"; of more than `most`: "`a`, `b` and 4 more".
std::string list_words(std::span<const std::string_view> words, std::size_t most = 5);

/// A user's value for a message: cut behind `most` bytes, on one line.
std::string shorten(std::string_view text, std::size_t most = 40);

std::string lower(std::string_view ascii);
std::string_view trim(std::string_view text);
/// Pieces between separators, each trimmed, empty ones dropped.
std::vector<std::string_view> split_list(std::string_view text, char separator);

}  // namespace hop
