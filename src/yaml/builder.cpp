#include "yaml/builder.h"

#include "text/ensure.h"
#include "yaml/meaning.h"

namespace hop::yaml {

std::uint32_t Builder::add(NodeType type, Style style, Span place) {
  if (tree_ == nullptr) {
    tree_ = std::make_shared<Tree>();
    file_ = place.file;
  }
  HOP_ENSURE(place.file == file_);
  HOP_ENSURE(!open_.empty() || tree_->items.empty());
  if (!open_.empty()) ++open_.back().children;
  const auto index = static_cast<std::uint32_t>(tree_->items.size());
  Item item;
  item.begin = place.begin;
  item.end = place.end;
  item.type = type;
  item.style = style;
  tree_->items.push_back(item);
  return index;
}

void Builder::begin_mapping(Span place) { open_.push_back({add(NodeType::mapping, Style::block, place)}); }

void Builder::begin_sequence(Span place) { open_.push_back({add(NodeType::sequence, Style::block, place)}); }

void Builder::end() {
  HOP_ENSURE(!open_.empty());
  const Open closed = open_.back();
  Item& item = tree_->items[closed.node];
  open_.pop_back();
  item.data = static_cast<std::uint32_t>(tree_->items.size());
  if (item.type == NodeType::mapping) {
    HOP_ENSURE(closed.children % 2 == 0);
    keys_.file(*tree_, closed.node);
  } else {
    item.set_count(closed.children);
  }
}

void Builder::key(std::string_view text, Span place) {
  HOP_ENSURE(!open_.empty() && tree_->items[open_.back().node].type == NodeType::mapping && open_.back().children % 2 == 0);
  scalar(text, place);
}

void Builder::scalar(std::string_view text, Span place, Style style) {
  const std::uint32_t index = add(NodeType::scalar, style, place);
  tree_->add_text(tree_->items[index], text);
  note_null(*tree_, index);
}

void Builder::copy(Node node) {
  if (node.is_mapping()) {
    begin_mapping(node.span());
    for (const Entry entry : node.entries()) copy(entry.key), copy(entry.value);
    end();
  } else if (node.is_sequence()) {
    begin_sequence(node.span());
    for (const Node item : node.items()) copy(item);
    end();
  } else {
    // A null keeps being one: its text is "" in plain style.
    scalar(node.str(), node.span(), node.style());
    if (node.tag().empty()) return;
    tree_->items.back().flags |= has_property;
    const auto index = static_cast<std::uint32_t>(tree_->items.size() - 1);
    tree_->properties.push_back({index, 0, 0, {}, std::string(node.tag())});
    note_null(*tree_, index);
  }
}

std::shared_ptr<const Document> Builder::finish() {
  HOP_ENSURE(open_.empty());
  if (tree_ == nullptr) tree_ = std::make_shared<Tree>();
  auto document = std::make_shared<Document>(std::move(tree_), file_, 0);
  document->synthetic_ = true;
  tree_ = nullptr;
  file_ = no_file;
  return document;
}

}  // namespace hop::yaml
