#include "engine/prune.h"

#include <algorithm>
#include <string_view>

namespace hop {
namespace {

using yaml::Item;
using yaml::Tree;

std::string_view text_of(const Tree& tree, std::uint32_t index) {
  const Item& item = tree.items[index];
  return item.type == yaml::NodeType::scalar ? tree.text(item) : std::string_view();
}

bool is_identity(std::string_view key) { return key == "apiVersion" || key == "kind" || key == "metadata"; }

/// Calls `use` with the key of each pair of the root mapping.
template <class Use>
void each_pair(const Tree& tree, Use use) {
  for (std::uint32_t key = 1; key < tree.next(0); key = tree.next(tree.next(key))) use(key);
}

bool is_definition(const Tree& tree) {
  if (tree.items.empty() || tree.items[0].type != yaml::NodeType::mapping) return false;
  if (!tree.properties.empty() || !tree.duplicates.empty() || !tree.problems.empty()) return false;
  bool found = false;
  each_pair(tree, [&](std::uint32_t key) {
    found = found || (text_of(tree, key) == "kind" && text_of(tree, tree.next(key)) == "CustomResourceDefinition");
  });
  return found && std::none_of(tree.items.begin(), tree.items.end(), [](const Item& item) { return item.type == yaml::NodeType::alias; });
}

/// Appends a key and its value; places inside the list move, those inside the text do not.
void copy_pair(const Tree& from, std::uint32_t key, Tree& to) {
  const std::uint32_t behind = from.next(from.next(key));
  const auto moved = static_cast<std::uint32_t>(to.items.size()) - key;  // wraps round where the pair moves forward, which sums up right
  for (std::uint32_t i = key; i < behind; ++i) {
    Item& item = to.items.emplace_back(from.items[i]);
    if (item.is_collection()) item.data += moved;
  }
}

}  // namespace

std::shared_ptr<const Tree> without_schemas(std::shared_ptr<const Tree> tree) {
  if (!is_definition(*tree)) return tree;
  const auto small = std::make_shared<Tree>();
  small->owner = tree->owner;
  small->source = tree->source;
  small->comments = tree->comments;
  small->items.push_back(tree->items[0]);
  each_pair(*tree, [&](std::uint32_t key) {
    if (is_identity(text_of(*tree, key))) copy_pair(*tree, key, *small);
  });
  small->items[0].data = static_cast<std::uint32_t>(small->items.size());
  if (std::any_of(small->items.begin(), small->items.end(),
                  [](const Item& item) { return item.type == yaml::NodeType::scalar && (item.flags & yaml::in_scratch) != 0; })) {
    small->scratch = tree->scratch;
  }
  small->items.shrink_to_fit();
  return small;
}

}  // namespace hop
