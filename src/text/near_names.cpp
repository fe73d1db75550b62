#include <algorithm>
#include <bit>
#include <mutex>
#include <utility>

#include "text/words.h"

namespace hop {
namespace {

constexpr std::uint64_t base = 0x9e3779b97f4a7c15U;  // odd, so that no power of it is zero

std::uint64_t byte_hash(char c) { return static_cast<unsigned char>(c) + 1U; }

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0;
  for (std::size_t i = word.size(); i-- > 0;) hash = hash * base + byte_hash(word[i]);
  return hash;
}

/// Calls `use` with a hash of `word` and of each different word made by leaving out one of its bytes. The hash is a polynomial whose
/// lowest power belongs to the first byte, so moving the gap by one changes a single term.
template <class Use>
void each_deletion(std::string_view word, Use use) {
  use(hash_of(word));
  if (word.empty()) return;
  std::uint64_t hash = hash_of(word.substr(1));
  std::uint64_t power = 1;
  use(hash);
  for (std::size_t gap = 1; gap < word.size(); ++gap, power *= base) {
    if (word[gap] == word[gap - 1]) continue;
    hash += (byte_hash(word[gap - 1]) - byte_hash(word[gap])) * power;
    use(hash);
  }
}

}  // namespace

/// Buckets of entries by deletion, one after another in one array. Hashes are not kept: a name that shares only a bucket
/// is thrown out by its distance.
struct NearNames::Index {
  std::once_flag once;
  std::vector<Entry> entries;          ///< sorted, one for each name: its smallest value
  std::vector<std::uint32_t> begins;   ///< of each bucket in `members`, and the end of the last
  std::vector<std::uint32_t> members;  ///< places in `entries`

  void build(const std::vector<Entry>& from) {
    entries = from;
    std::sort(entries.begin(), entries.end());
    const auto same_name = [](const Entry& a, const Entry& b) { return a.name == b.name; };
    entries.erase(std::unique(entries.begin(), entries.end(), same_name), entries.end());
    count_members();
    place_members();
  }

  std::size_t bucket(std::uint64_t hash) const {
    hash ^= hash >> 32;  // the low bits of a product depend on low bits only
    return static_cast<std::size_t>((hash * base) >> 32) & (begins.size() - 2);
  }

 private:
  void count_members() {
    std::size_t total = 0;
    for (const Entry& entry : entries) total += entry.name.size() + 1;
    begins.assign(std::bit_ceil(total + 1) + 1, 0);
    members.resize(total);
    for (const Entry& entry : entries) each_deletion(entry.name, [&](std::uint64_t hash) { ++begins[bucket(hash)]; });
    std::uint32_t end = 0;
    for (std::uint32_t& begin : begins) begin = end += begin;  // the end of each for now: place_members() fills from behind
  }

  void place_members() {
    for (std::uint32_t place = 0; place < entries.size(); ++place) {
      each_deletion(entries[place].name, [&](std::uint64_t hash) { members[--begins[bucket(hash)]] = place; });
    }
  }
};

NearNames::NearNames() : index_(std::make_shared<Index>()) {}

void NearNames::add(std::string_view name, std::uint32_t value) {
  entries_.push_back({name, value});
  // A copy may share the index, and a question may have filled it.
  if (!index_ || index_.use_count() > 1 || !index_->begins.empty()) index_ = std::make_shared<Index>();
}

std::optional<std::uint32_t> NearNames::find(std::string_view word) const {
  if (entries_.empty()) return std::nullopt;
  std::call_once(index_->once, [this] { index_->build(entries_); });
  std::optional<std::pair<unsigned, std::uint32_t>> best;
  each_deletion(word, [&](std::uint64_t hash) {
    const std::size_t bucket = index_->bucket(hash);
    for (std::uint32_t at = index_->begins[bucket]; at < index_->begins[bucket + 1]; ++at) {
      const Entry& entry = index_->entries[index_->members[at]];
      const auto distance = slip(word, entry.name);
      if (!distance) continue;
      const std::pair found{*distance, entry.value};
      best = best ? std::min(*best, found) : found;
    }
  });
  return best ? std::optional(best->second) : std::nullopt;
}

}  // namespace hop
