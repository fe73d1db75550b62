#pragma once
// Maps from hashes to values that are filled once and then only asked. Knows nothing of resources.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace hop {

/// Hash of the parts of a key, for maps that are only ever looked up. What is found must be compared: hashes may collide.
class KeyHash {
 public:
  KeyHash& add(std::string_view text);
  KeyHash& add(std::uint64_t number);
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 14695981039346656037ULL;
};

/// Several values for a hash, in the order they were added. Three allocations in all, however many there are. Add, seal, then find:
/// what is not sealed is not found. Safe to share between threads once sealed.
template <class T>
class HashIndex {
 public:
  void add(std::uint64_t hash, T value) { added_.emplace_back(hash, std::move(value)); }

  /// Once, after the last was added.
  void seal() {
    place(added_);
    added_ = decltype(added_)();  // `= {}` would keep the room
  }

  std::span<const T> find(std::uint64_t hash) const {
    if (begins_.empty()) return {};
    const std::size_t bucket = bucket_of(hash);
    const std::size_t first = begin_of(hash, begins_[bucket], begins_[bucket + 1]);
    return std::span(values_).subspan(first, end_of(hash, first, begins_[bucket + 1]) - first);
  }

  bool contains(std::uint64_t hash) const { return !find(hash).empty(); }

  /// Calls `visit` with each hash and its values, in no order that means anything.
  template <class Visit>
  void each_run(Visit visit) const {
    for (std::size_t first = 0; first < hashes_.size();) {
      std::size_t last = first;
      while (last < hashes_.size() && hashes_[last] == hashes_[first]) ++last;
      visit(hashes_[first], std::span(values_).subspan(first, last - first));
      first = last;
    }
  }

 private:
  std::size_t bucket_of(std::uint64_t hash) const { return static_cast<std::size_t>((hash * 0x9e3779b97f4a7c15ULL) >> shift_); }

  static constexpr std::size_t few = 16;  ///< are walked over; thousands have one hash where there are thousands of copies

  std::size_t begin_of(std::uint64_t hash, std::size_t first, std::size_t end) const {
    if (end - first > few) return static_cast<std::size_t>(std::lower_bound(at(first), at(end), hash) - hashes_.begin());
    while (first < end && hashes_[first] < hash) ++first;
    return first;
  }

  /// `first` is where those of the hash begin.
  std::size_t end_of(std::uint64_t hash, std::size_t first, std::size_t end) const {
    if (end - first > few) return static_cast<std::size_t>(std::upper_bound(at(first), at(end), hash) - hashes_.begin());
    while (first < end && hashes_[first] == hash) ++first;
    return first;
  }

  std::vector<std::uint64_t>::const_iterator at(std::size_t place) const { return hashes_.begin() + static_cast<std::ptrdiff_t>(place); }

  /// By bucket, in a bucket by hash, of one hash in the order they were added.
  void place(std::vector<std::pair<std::uint64_t, T>>& all) {
    const std::size_t buckets = std::bit_ceil(all.size() + 2);
    shift_ = 64 - std::countr_zero(buckets);
    begins_.assign(buckets + 1, 0);
    for (const auto& [hash, value] : all) ++begins_[bucket_of(hash) + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<std::uint32_t> order(all.size());
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (std::uint32_t i = 0; i < all.size(); ++i) order[next[bucket_of(all[i].first)]++] = i;
    const auto by_hash = [&](std::uint32_t a, std::uint32_t b) { return all[a].first < all[b].first; };
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
      const auto begin = order.begin() + begins_[bucket], end = order.begin() + begins_[bucket + 1];
      if (end - begin > 1) std::stable_sort(begin, end, by_hash);
    }
    hashes_.clear();
    values_.clear();
    hashes_.reserve(all.size());
    values_.reserve(all.size());
    for (std::uint32_t i : order) {
      hashes_.push_back(all[i].first);
      values_.push_back(std::move(all[i].second));
    }
  }

  std::vector<std::pair<std::uint64_t, T>> added_;
  std::vector<std::uint32_t> begins_;  ///< by bucket, and one more
  std::vector<std::uint64_t> hashes_;
  std::vector<T> values_;
  int shift_ = 0;
};

/// Several values for a small number, in the order they were added. As HashIndex, add, seal, then find.
template <class T>
class NumberIndex {
 public:
  void add(std::uint32_t number, T value) { added_.emplace_back(number, std::move(value)); }

  /// Once, after the last was added.
  void seal() {
    std::uint32_t most = 0;
    for (const auto& [number, value] : added_) most = std::max(most, number);
    begins_.assign(std::size_t{most} + 2, 0);
    for (const auto& [number, value] : added_) ++begins_[number + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    values_.resize(added_.size());
    for (auto& [number, value] : added_) values_[next[number]++] = std::move(value);
    added_ = decltype(added_)();  // `= {}` would keep the room
  }

  std::span<const T> find(std::uint32_t number) const {
    if (std::size_t{number} + 1 >= begins_.size()) return {};
    return std::span(values_).subspan(begins_[number], begins_[number + 1] - begins_[number]);
  }

 private:
  std::vector<std::pair<std::uint32_t, T>> added_;
  std::vector<std::uint32_t> begins_;  ///< by number, and one more
  std::vector<T> values_;
};

}  // namespace hop
