#include "lsp/text_path.h"

#include <algorithm>

#include "text/words.h"

namespace hop::lsp {
namespace {

constexpr auto none = std::string_view::npos;

/// A line of a block: how far its content is from the margin, its dashes, key and value.
struct Line {
  std::size_t begin = 0;            ///< offset in the text
  std::size_t indent = 0;           ///< of the key, or of the value of a list's item
  std::vector<std::size_t> dashes;  ///< their columns
  std::string_view key;             ///< "" if there is none
  std::string_view value;           ///< behind the colon, or behind the dashes; without quotes
  std::size_t value_column = 0;
  bool empty = true;
};

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0]) text = text.substr(1, text.size() - 2);
  return text;
}

std::size_t comment_begin(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != 0) {
      if (line[i] == quote) quote = 0;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    } else if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
      return i;
    }
  }
  return none;
}

std::size_t key_end(std::string_view content) {
  for (std::size_t at = content.find(':'); at != none; at = content.find(':', at + 1)) {
    if (at + 1 == content.size() || content[at + 1] == ' ') return at;
  }
  return none;
}

Line read_line(std::string_view text, std::size_t begin) {
  Line line;
  line.begin = begin;
  std::string_view content = text.substr(begin, text.substr(begin).find_first_of("\r\n"));
  content = content.substr(0, comment_begin(content));
  std::size_t at = 0;
  while (at < content.size()) {
    at = std::min(content.find_first_not_of(' ', at), content.size());
    const bool dash = at < content.size() && content[at] == '-' && (at + 1 == content.size() || content[at + 1] == ' ');
    if (!dash) break;
    line.dashes.push_back(at++);
  }
  line.indent = at;
  line.empty = at >= content.size() && line.dashes.empty();
  const std::string_view rest = content.substr(std::min(at, content.size()));
  const std::size_t colon = key_end(rest);
  line.value_column = at;
  line.value = rest;
  if (colon != none) {
    line.key = unquoted(rest.substr(0, colon));
    const std::size_t behind = rest.find_first_not_of(' ', colon + 1);
    line.value_column = at + (behind == none ? rest.size() : behind);
    line.value = behind == none ? std::string_view{} : rest.substr(behind);
  }
  return line;
}

std::vector<std::size_t> line_begins(std::string_view text) {
  std::vector<std::size_t> begins{0};
  for (std::size_t at = text.find('\n'); at != none; at = text.find('\n', at + 1)) begins.push_back(at + 1);
  return begins;
}

bool is_marker(std::string_view text, std::size_t begin) { return text.substr(begin).starts_with("---"); }

/// Whether this byte ends a word.
bool ends_word(char c) { return c == ' ' || c == '"' || c == '\'' || c == ',' || c == ']' || c == '[' || c == '}' || c == '\r'; }

}  // namespace

std::string TextPath::joined() const {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() || key == "[]" ? "" : ".") + key;
  return text;
}

std::string_view TextPath::sibling(std::size_t depth, std::string_view key) const {
  for (const Sibling& one : siblings) {
    if (one.depth == depth && one.key == key) return one.value;
  }
  return {};
}

namespace {

/// Reads a document's lines from the top and keeps the blocks that are open.
class Blocks {
 public:
  struct Frame {
    std::size_t column = 0;
    bool item = false;  ///< of a list, at its dash; else a mapping's pair
    std::string_view key;
    std::size_t mapping = 0;  ///< which one the pair belongs to
  };
  struct Pair {
    std::size_t mapping;
    std::string_view key, value;
  };

  void take(const Line& line) {
    if (line.empty) return;
    for (const std::size_t dash : line.dashes) open_item(dash);
    if (line.key.empty()) return;
    open_pair(line.indent, line.key);
    pairs_.push_back({frames_.back().mapping, line.key, unquoted(line.value)});
  }

  /// As if a key began there.
  void open_pair(std::size_t column, std::string_view key) {
    close_behind(column);
    while (!frames_.empty() && frames_.back().item && frames_.back().column >= column) frames_.pop_back();
    std::size_t mapping = ++mappings_;
    if (!frames_.empty() && !frames_.back().item && frames_.back().column == column) {
      mapping = frames_.back().mapping;
      frames_.pop_back();
    }
    frames_.push_back({column, false, key, mapping});
  }

  const std::vector<Frame>& frames() const { return frames_; }
  const std::vector<Pair>& pairs() const { return pairs_; }

 private:
  /// A list may stand as far from the margin as the key it belongs to.
  void open_item(std::size_t column) {
    close_behind(column);
    if (!frames_.empty() && frames_.back().item && frames_.back().column == column) frames_.pop_back();
    frames_.push_back({column, true, "[]", 0});
  }
  void close_behind(std::size_t column) {
    while (!frames_.empty() && frames_.back().column > column) frames_.pop_back();
  }

  std::vector<Frame> frames_;
  std::vector<Pair> pairs_;
  std::size_t mappings_ = 0;
};

/// The word that a place is in or behind.
void find_word(std::string_view line, std::size_t column, std::size_t floor, TextPath& path) {
  std::size_t begin = std::min(column, line.size()), end = begin;
  while (begin > std::min(floor, column) && !ends_word(line[begin - 1])) --begin;
  while (end < line.size() && !ends_word(line[end]) && line[end] != ':') ++end;
  path.begin = static_cast<std::uint32_t>(begin);
  path.end = static_cast<std::uint32_t>(end);
}

}  // namespace

TextPath text_path(std::string_view text, std::uint32_t offset) {
  TextPath path;
  offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
  const std::vector<std::size_t> begins = line_begins(text);
  const std::size_t at = static_cast<std::size_t>(std::upper_bound(begins.begin(), begins.end(), offset) - begins.begin()) - 1;
  std::size_t first = at;
  while (first > 0 && !is_marker(text, begins[first])) --first;

  Blocks blocks;
  std::vector<Blocks::Frame> frames;
  for (std::size_t i = first; i < begins.size() && (i <= at || !is_marker(text, begins[i])); ++i) {
    if (is_marker(text, begins[i])) continue;
    const Line line = read_line(text, begins[i]);
    if (i == at) {
      const std::string_view raw = text.substr(begins[at], text.substr(begins[at]).find_first_of("\r\n"));
      const std::size_t column = offset - begins[at];
      const std::size_t comment = comment_begin(raw);
      path.in_comment = comment != none && column > comment;
      const bool in_value = !line.key.empty() && column >= line.value_column;
      find_word(raw, column, path.in_comment ? comment + 1 : in_value ? line.value_column : line.indent, path);
      path.begin += static_cast<std::uint32_t>(begins[at]);
      path.end += static_cast<std::uint32_t>(begins[at]);
      blocks.take(line);
      path.on_key = line.key.empty() ? line.dashes.empty() : !in_value;
      // A key that is still to be written, on a line of its own or behind the dash of a list's item.
      if (line.key.empty() && line.dashes.empty()) blocks.open_pair(line.empty ? column : line.indent, "");
    } else {
      blocks.take(line);
    }
    if (i == at) frames = blocks.frames();
  }
  for (const Blocks::Frame& frame : frames) {
    for (const Blocks::Pair& pair : blocks.pairs()) {
      if (!frame.item && pair.mapping == frame.mapping && !pair.value.empty()) {
        path.siblings.push_back({path.keys.size(), std::string(pair.key), std::string(pair.value)});
      }
    }
    path.keys.emplace_back(frame.key);
  }
  std::size_t root = 0, metadata = 0;
  for (const Blocks::Pair& pair : blocks.pairs()) {
    if (root == 0) root = pair.mapping;
    if (pair.mapping == root && pair.key == "kind") path.kind = pair.value;
    if (metadata != 0 && pair.mapping != root && metadata == root) metadata = pair.mapping;
    if (pair.mapping == root) metadata = pair.key == "metadata" ? root : 0;
    if (metadata != 0 && pair.mapping == metadata && pair.mapping != root && pair.key == "namespace" && path.ns.empty())
      path.ns = pair.value;
  }
  return path;
}

}  // namespace hop::lsp
