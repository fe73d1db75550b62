#include "yaml/duplicates.h"

#include <algorithm>
#include <cstring>

namespace hop::yaml {
namespace {

std::uint64_t hash_of(std::string_view text) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  std::uint64_t hash = text.size() * factor;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = (hash ^ word) * factor;
    hash ^= hash >> 29U;
  }
  std::uint64_t rest = 0;
  for (const char c : text) rest = rest << 8U | static_cast<unsigned char>(c);
  hash = (hash ^ rest) * factor;
  return hash ^ hash >> 32U;
}

/// The scalar a key stands for, through an alias too; nothing for a collection as key.
const Item* scalar_key(const Tree& tree, std::uint32_t key) {
  const Item* item = &tree.items[key];
  if (item->type == NodeType::alias) item = &tree.items[item->data];
  return item->type == NodeType::scalar ? item : nullptr;
}

std::string_view key_text(const Tree& tree, std::uint32_t key) { return scalar_text(tree, *scalar_key(tree, key)); }

bool same_key(const Tree& tree, std::uint32_t a, std::uint32_t b) {
  return key_text(tree, a) == key_text(tree, b) && is_merge_key(tree, a) == is_merge_key(tree, b);
}

}  // namespace

bool is_merge_key(const Tree& tree, std::uint32_t key) {
  const Item& item = tree.items[key];
  if (item.type != NodeType::scalar || item.style != Style::plain || scalar_text(tree, item) != "<<") return false;
  if ((item.flags & has_property) == 0) return true;
  const auto property = std::lower_bound(tree.properties.begin(), tree.properties.end(), key,
                                         [](const Property& entry, std::uint32_t node) { return entry.node < node; });
  return property->tag.empty() || property->tag == "tag:yaml.org,2002:merge";
}

void DuplicateFinder::collect(const Tree& tree, std::uint32_t mapping) {
  keys_.clear();
  const std::uint32_t end = tree.items[mapping].next;
  for (std::uint32_t key = mapping + 1; key < end; key = tree.items[tree.items[key].next].next) {
    if (const Item* scalar = scalar_key(tree, key)) keys_.push_back({hash_of(scalar_text(tree, *scalar)), key});
  }
}

void DuplicateFinder::check_few(Tree& tree) const {
  for (std::size_t later = 1; later < keys_.size(); ++later) {
    for (std::size_t first = 0; first < later; ++first) {
      if (keys_[first].hash != keys_[later].hash || !same_key(tree, keys_[first].item, keys_[later].item)) continue;
      tree.duplicates.push_back({keys_[later].item, keys_[first].item});
      break;
    }
  }
}

/// Sorting instead of a hash table: nobody can choose keys that make it slow.
void DuplicateFinder::check_many(Tree& tree) {
  std::sort(keys_.begin(), keys_.end(), [&tree](const Key& a, const Key& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const int order = key_text(tree, a.item).compare(key_text(tree, b.item));
    if (order != 0) return order < 0;
    // A quoted `<<` and a merge key have the same text but are different keys.
    const bool merge = is_merge_key(tree, a.item);
    if (merge != is_merge_key(tree, b.item)) return merge;
    return a.item < b.item;
  });
  for (std::size_t first = 0, later = 1; later < keys_.size(); ++later) {
    if (keys_[first].hash == keys_[later].hash && same_key(tree, keys_[first].item, keys_[later].item)) {
      tree.duplicates.push_back({keys_[later].item, keys_[first].item});
    } else {
      first = later;
    }
  }
}

void DuplicateFinder::check(Tree& tree, std::uint32_t mapping) {
  const std::size_t before = tree.duplicates.size();
  if (tree.items[mapping].size < 2) return;
  collect(tree, mapping);
  if (keys_.size() <= 16) {
    check_few(tree);
  } else {
    check_many(tree);
  }
  if (tree.duplicates.size() > before) tree.items[mapping].flags |= has_duplicates;
}

}  // namespace hop::yaml
