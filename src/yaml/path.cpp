#include <algorithm>

#include "text/format.h"
#include "yaml/document.h"
#include "yaml/keys.h"
#include "yaml/merge.h"
#include "yaml/seat.h"

namespace hop::yaml {
namespace {

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void append_quoted(std::string& path, std::string_view text) {
  path += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') path += '\\';
    path += c;
  }
  path += '"';
}

std::string_view text_at(const Tree& tree, std::uint32_t item) {
  const Item& scalar = tree.items[resolve_alias(tree, item)];
  return scalar.type == NodeType::scalar ? tree.text(scalar) : std::string_view();
}

void append_key(std::string& path, std::string_view key) {
  if (is_word(key)) {
    if (!path.empty()) path += '.';
    path += key;
    return;
  }
  path += '[';
  append_quoted(path, key);
  path += ']';
}

/// What tells this list item from its siblings, however they are ordered.
bool append_identity(std::string& path, const Tree& tree, std::uint32_t item) {
  item = resolve_alias(tree, item);
  if (tree.items[item].type != NodeType::mapping) return false;
  for (const std::string_view key : {"name", "host", "number"}) {
    const std::uint32_t value = find_value(tree, item, key);
    const std::string_view text = value == 0 ? std::string_view() : text_at(tree, value);
    if (text.empty()) continue;
    path += format("[{}=", key);
    append_quoted(path, text);
    path += ']';
    return true;
  }
  return false;
}

std::string write_path(const Tree& tree, std::uint32_t item, bool stable) {
  std::string path;
  for (const Seat& seat : seats(tree, item)) {
    if (tree.items[seat.parent].type == NodeType::mapping) {
      append_key(path, text_at(tree, seat.key != 0 ? seat.key : seat.item));
    } else if (!stable || !append_identity(path, tree, seat.item)) {
      path += format("[{}]", seat.position);
    }
  }
  return path;
}

}  // namespace

std::string Node::path() const { return shown_item() == nowhere ? std::string() : write_path(document_->tree(), shown_item(), false); }

std::string Node::stable_path() const {
  return shown_item() == nowhere ? std::string() : write_path(document_->tree(), shown_item(), true);
}

}  // namespace hop::yaml
