#pragma once
// Where the text of one version of a file stands in another: runs of bytes that are the same in both.
// Knows nothing of why the versions differ.

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace hop {

/// From an older text to a newer one. Offsets are bytes. What stood in a place that was rewritten maps to where that was.
class VersionMap {
 public:
  /// Nothing is in either text yet: for append().
  VersionMap() = default;
  /// Both are the same text of this size.
  static VersionMap identity(std::size_t size);
  /// What two texts have in common at their ends.
  static VersionMap between(std::string_view older, std::string_view newer);

  /// The newer text was edited once more, from `before` to `after`.
  void then(std::string_view before, std::string_view after);
  /// Both texts go on: with these pieces, which have their ends in common.
  void append(std::string_view older, std::string_view newer);

  bool is_identity() const { return runs_.empty() || (runs_.size() == 1 && runs_[0].older == 0 && runs_[0].newer == 0); }
  /// How much work a question is.
  std::size_t size() const { return runs_.size(); }
  /// In the newer text; the file of a span stays.
  Span forward(Span span) const;
  /// Where an offset of the newer text stands in the older one.
  std::uint32_t back(std::uint32_t newer) const;
  /// Whether these bytes of the older text stand in the newer one as they are.
  bool keeps(Span span) const;

 private:
  struct Run {
    std::uint32_t older, newer, size;
  };
  void add(Run run);
  std::uint32_t begin_of(std::uint32_t older) const;
  std::uint32_t end_of(std::uint32_t older) const;
  std::vector<Run> runs_;  ///< sorted, not touching in both texts at once
  std::uint32_t older_size_ = 0, newer_size_ = 0;
};

}  // namespace hop
