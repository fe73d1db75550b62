#include "yaml/keys.h"

#include <algorithm>

#include "yaml/key.h"
#include "yaml/meaning.h"

namespace hop::yaml {
namespace {

/// The scalar a key stands for, through an alias too; nothing for a collection as key.
const Item* scalar_key(const Tree& tree, std::uint32_t key) {
  const Item* item = &tree.items[key];
  if (item->type == NodeType::alias) item = &tree.items[item->data];
  return item->type == NodeType::scalar ? item : nullptr;
}

bool same_key(const Tree& tree, std::uint32_t a, std::uint32_t b) {
  return key_text(tree, a) == key_text(tree, b) && is_merge_key(tree, a) == is_merge_key(tree, b);
}

}  // namespace

std::string_view key_text(const Tree& tree, std::uint32_t key) {
  const Item* scalar = scalar_key(tree, key);
  return scalar != nullptr ? tree.text(*scalar) : std::string_view{};
}

bool is_merge_key(const Tree& tree, std::uint32_t key) {
  const Item& item = tree.items[key];
  if (item.type != NodeType::scalar || item.style != Style::plain || tree.text(item) != "<<") return false;
  const Property* const property = find_property(tree, key);
  return property == nullptr || property->tag.empty() || property->tag == "tag:yaml.org,2002:merge";
}

void KeyFiler::find_among_few(Tree& tree) const {
  for (std::size_t later = 1; later < keys_.size(); ++later) {
    for (std::size_t first = 0; first < later; ++first) {
      if (keys_[first].hash != keys_[later].hash || !same_key(tree, keys_[first].item, keys_[later].item)) continue;
      tree.duplicates.push_back({keys_[later].item, keys_[first].item});
      break;
    }
  }
}

/// Sorting instead of a hash table: nobody can choose keys that make it slow.
void KeyFiler::find_among_many(Tree& tree) {
  std::sort(keys_.begin(), keys_.end(), [&tree](const Filed& a, const Filed& b) {
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

void KeyFiler::file(Tree& tree, std::uint32_t mapping) {
  Item* const items = tree.items.data();
  std::uint32_t mask = 0;
  bool may_repeat = false;
  for (std::uint32_t key = mapping + 1; key < items[mapping].data; key = next_of(items, next_of(items, key))) {
    const Item* scalar = scalar_key(tree, key);
    if (scalar == nullptr) continue;
    const std::uint64_t hash = key_hash(tree.text(*scalar));
    items[key].set_key_byte(key_byte(hash));
    may_repeat = may_repeat || (mask & key_bit(hash)) != 0;
    mask |= key_bit(hash);
  }
  items[mapping].set_key_mask((items[mapping].flags & has_merge) != 0 ? any_key : mask);
  if (may_repeat && find_duplicates(tree, mapping)) items[mapping].flags |= has_duplicates;
}

bool KeyFiler::find_duplicates(Tree& tree, std::uint32_t mapping) {
  constexpr std::size_t few = 16;
  keys_.clear();
  for (std::uint32_t key = mapping + 1; key < tree.items[mapping].data; key = tree.next(tree.next(key))) {
    if (const Item* scalar = scalar_key(tree, key)) keys_.push_back({key_hash(tree.text(*scalar)), key});
  }
  const std::size_t before = tree.duplicates.size();
  keys_.size() <= few ? find_among_few(tree) : find_among_many(tree);
  return tree.duplicates.size() > before;
}

}  // namespace hop::yaml
