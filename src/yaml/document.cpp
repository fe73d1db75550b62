#include "yaml/document.h"

#include <algorithm>
#include <unordered_set>

#include "yaml/keys.h"
#include "yaml/lines.h"
#include "yaml/meaning.h"
#include "yaml/merge.h"
#include "yaml/resolve.h"
#include "yaml/seat.h"
#include "yaml/text_map.h"

namespace hop::yaml {
namespace {

/// [begin, end) up to the end of its first line.
Span first_line(const Document& document, std::uint32_t begin, std::uint32_t end) {
  const std::size_t stop = std::min<std::size_t>(line_end(document.tree().source, begin), end);
  return document.span(begin, stop > begin ? static_cast<std::uint32_t>(stop) : end);
}

Span item_span(const Document& document, std::uint32_t index) {
  const Item& item = document.tree().items[index];
  return document.span(item.begin, item.end);
}

/// A place for what has no width and no key: the indicator in front of it (`-`, `:`), else the character behind.
Span beside(const Document& document, std::uint32_t at) {
  const std::string_view source = document.tree().source;
  const auto continues = [&](std::uint32_t byte) {
    return byte < source.size() && (static_cast<unsigned char>(source[byte]) & 0xc0U) == 0x80U;
  };
  const auto is_space = [&](std::uint32_t byte) { return std::string_view(" \t\r\n").find(source[byte]) != std::string_view::npos; };
  if (at > 0 && at <= source.size() && !is_space(at - 1)) {
    std::uint32_t begin = at - 1;
    while (begin > 0 && continues(begin)) --begin;
    return document.span(begin, at);
  }
  if (at >= source.size() || is_space(at)) return document.span(at, at);
  std::uint32_t end = at + 1;
  while (continues(end)) ++end;
  return document.span(at, end);
}

/// First line that is not blank, for what is missing from a document without nodes.
Span first_line_of_text(const Document& document) {
  const std::string_view source = document.tree().source;
  const std::size_t begin = std::min(source.find_first_not_of(" \t\r\n"), source.size());
  return first_line(document, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(source.size()));
}

/// Key of the value `index`, 0 if it has none.
std::uint32_t key_of(const Tree& tree, std::uint32_t index) {
  const std::vector<Seat> way = seats(tree, index);
  return way.empty() ? 0 : way.back().key;
}

}  // namespace

bool Node::is_string() const {
  if (!is_scalar()) return false;
  if ((item()->flags & has_property) != 0) return meaning_of(document_->tree(), index_) == Meaning::string;
  return item()->style != Style::plain || resolve_plain(text()) == Meaning::string;
}

// Without a tag, text that reads as an integer or as a boolean is one.

std::optional<std::int64_t> Node::integer() const {
  if (!is_plain()) return std::nullopt;
  const bool has_tag = (item()->flags & has_property) != 0;
  return has_tag && meaning_of(document_->tree(), index_) != Meaning::number ? std::nullopt : plain_integer(text());
}

std::optional<bool> Node::boolean() const {
  if (!is_plain()) return std::nullopt;
  const bool has_tag = (item()->flags & has_property) != 0;
  return has_tag && meaning_of(document_->tree(), index_) != Meaning::boolean ? std::nullopt : plain_boolean(text());
}

std::string_view Node::anchor() const {
  const Property* property = index_ == no_node ? nullptr : find_property(document_->tree(), index_);
  return property == nullptr ? std::string_view() : std::string_view(property->anchor);
}

std::string_view Node::tag() const {
  const Property* property = index_ == no_node ? nullptr : find_property(document_->tree(), index_);
  return property == nullptr ? std::string_view() : std::string_view(property->tag);
}

Node Node::merged_child(std::uint32_t index) const {
  const std::uint32_t resolved = resolve_alias(document_->tree(), index);
  return {document_, resolved, index | alias_bit};
}

Node Node::look_up(const Key& key) const {
  const Tree& tree = document_->tree();
  if (const std::uint32_t value = find_value(tree, index_, key)) return child(value);
  const Node absent(document_, no_node, shown_);
  if ((item()->flags & has_merge) == 0) return absent;
  for (const std::uint32_t mapping : merged_mappings(tree, index_)) {
    if (const std::uint32_t value = find_value(tree, mapping, key)) return merged_child(value);
  }
  return absent;
}

std::size_t Node::count_children() const {
  const Tree& tree = document_->tree();
  std::size_t count = 0;
  for (std::uint32_t child = index_ + 1; child < item()->data; child = tree.next(child)) ++count;
  return is_mapping() ? count / 2 : count;
}

Node Node::operator[](std::size_t position) const {
  if (!is_sequence() || position >= size()) return {document_, no_node, shown_};
  std::uint32_t at = index_ + 1;
  while (position-- > 0) at = document_->tree().next(at);
  return child(at);
}

Entries Node::entries() const {
  Entries result;
  if (!is_mapping()) return result;
  result.parent_ = *this;
  if ((item()->flags & has_merge) != 0) {
    result.merged_ = merged_entries();
  } else {
    result.first_ = index_ + 1;
    result.last_ = item()->data;
  }
  return result;
}

std::vector<Entry> Node::merged_entries() const {
  const Tree& tree = document_->tree();
  const Item* const items = tree.items.data();
  std::vector<Entry> result;
  std::unordered_set<std::string_view> seen;  // looked up only, never iterated
  const auto take = [&](std::uint32_t mapping, bool own) {
    for (std::uint32_t key = mapping + 1; key < items[mapping].data; key = next_of(items, next_of(items, key))) {
      if (is_merge_key(tree, key)) continue;
      const Entry entry = own ? Entry{child(key), child(next_of(items, key))} : Entry{merged_child(key), merged_child(next_of(items, key))};
      const bool is_new = !entry.key.is_scalar() || seen.insert(tree.text(*entry.key.item())).second;
      if (own || is_new) result.push_back(entry);
    }
  };
  take(index_, true);
  for (const std::uint32_t mapping : merged_mappings(tree, index_)) take(mapping, false);
  return result;
}

Span Node::span() const {
  if (document_ == nullptr) return {};
  const std::uint32_t shown = shown_item();
  if (shown == nowhere) return first_line_of_text(*document_);
  const Tree& tree = document_->tree();
  const Item& at = tree.items[shown];
  const bool absent = index_ == no_node;
  if (!absent && at.begin != at.end) return document_->span(at.begin, at.end);
  const std::uint32_t key = key_of(tree, shown);
  if (key != 0 && tree.items[key].begin != tree.items[key].end) return item_span(*document_, key);
  return at.begin != at.end ? first_line(*document_, at.begin, at.end) : beside(*document_, at.begin);
}

Span Node::key_span() const {
  if (document_ == nullptr || shown_item() == nowhere) return span();
  const Tree& tree = document_->tree();
  const std::uint32_t key = key_of(tree, shown_item());
  return key != 0 && tree.items[key].begin != tree.items[key].end ? item_span(*document_, key) : span();
}

Span Node::text_span() const {
  const bool quoted = is_scalar() && (item()->style == Style::single_quoted || item()->style == Style::double_quoted);
  if (!quoted || shown_item() != index_ || document_->synthetic()) return span();
  return document_->span(item()->begin + 1, item()->end - 1);
}

Span Node::part_span(std::size_t begin, std::size_t end) const {
  if (!is_scalar() || shown_item() != index_ || document_->synthetic() || begin > end || end > str().size()) return span();
  const OffsetMap map = map_text(document_->tree(), *item());
  const auto from = static_cast<std::uint32_t>(begin), to = static_cast<std::uint32_t>(end);
  return map.verbatim(from, to) ? document_->span(map.to_outer(from), map.to_outer(from) + (to - from)) : span();
}

Node Document::root() const {
  if (tree_->items.empty()) return {this, no_node, Node::nowhere};
  return {this, 0, 0};
}

Span Document::span(std::uint32_t begin, std::uint32_t end) const {
  if (!map_) return {file_, base_ + begin, base_ + end};
  if (synthetic_) return {file_, base_ + map_->to_outer(0), base_ + map_->outer_end};
  const std::uint32_t from = map_->to_outer(begin);
  return {file_, base_ + from, base_ + std::max(from, begin == end ? from : map_->to_outer_end(end))};
}

bool Document::editable(std::uint32_t begin, std::uint32_t end) const { return !synthetic_ && (!map_ || map_->verbatim(begin, end)); }

}  // namespace hop::yaml
