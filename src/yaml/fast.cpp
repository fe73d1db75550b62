#include "yaml/fast.h"

#include <algorithm>

#include "yaml/fast_pass.h"
#include "yaml/meaning.h"

namespace hop::yaml {
namespace {

bool is_mapping(Shape shape) { return shape == Shape::block_mapping || shape == Shape::flow_mapping || shape == Shape::flow_pair; }

bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// A node other than a plain or quoted scalar.
bool begins_value(char c) { return c == '[' || c == '{' || c == '*' || c == '|' || c == '>'; }

std::string resolve_tag(std::string_view written) {
  if (written.starts_with("!!")) return "tag:yaml.org,2002:" + std::string(written.substr(2));
  return std::string(written);
}

}  // namespace

void FastPass::skip_blanks() {
  while (is_blank(peek(at_))) ++at_;
}

/// Also where a comment begins.
bool FastPass::at_line_end() const {
  const char c = peek(at_);
  return c == '\n' || c == '\r' || c == '\0' || c == '#';
}

/// Without the line end; `at` must not be in one.
std::uint32_t FastPass::line_end_from(std::uint32_t at) const {
  const std::size_t end = std::min(text_.find('\n', at), text_.size());
  return narrow(text_[end - 1] == '\r' ? end - 1 : end);
}

/// To the begin of the next line, or the end of the text: then false.
bool FastPass::next_line() {
  const std::size_t line_feed = text_.find('\n', at_);
  const bool found = line_feed != std::string_view::npos;
  at_ = line_ = narrow(found ? line_feed + 1 : text_.size());
  return found;
}

bool FastPass::take_comment() {
  if (at_ != line_ && !is_blank(text_[at_ - 1])) return false;
  const std::uint32_t begin = at_;
  at_ = line_end_from(at_);
  tree_.comments.push_back({begin, at_});
  return true;
}

/// Nothing but a comment may stand on the rest of the line. Stays before the line end.
bool FastPass::finish_line() {
  if (at_ == token_at_) return true;
  skip_blanks();
  return at_line_end() && (peek(at_) != '#' || take_comment());
}

/// To the next token between block nodes. A tab there is an error or else rare.
bool FastPass::skip_to_token() {
  while (true) {
    const char c = peek(at_);
    if (c == '\n') {
      line_ = at_ + 1;
      at_ = narrow(skip_spaces(text_, line_));
    } else if (c == ' ' || c == '\r') {
      ++at_;
    } else if (c != '#') {
      return c != '\t';
    } else if (!take_comment()) {
      return false;
    }
  }
}

/// A document marker or directive, or what looks like one.
bool FastPass::at_marker() const {
  const std::string_view rest = text_.substr(at_);
  return at_ == line_ && (rest.starts_with("---") || rest.starts_with("...") || rest.starts_with('%'));
}

void FastPass::add(const Item& item, const Properties& properties) {
  if (!open_.empty()) ++open_.back().children;
  tree_.items.push_back(item);
  ++nodes_;
  if (properties.any()) keep_properties(properties);
}

void FastPass::keep_properties(const Properties& properties) {
  const std::uint32_t node = narrow(tree_.items.size() - 1);
  tree_.items.back().flags |= has_property;
  tree_.properties.push_back({node, properties.begin, properties.end, std::string(properties.anchor), resolve_tag(properties.tag)});
}

void FastPass::add_scalar(Item item, const Properties& properties) {
  const std::uint32_t node = narrow(tree_.items.size());
  last_end_ = item.end;
  add(item, properties);
  note_null(tree_, node);
  if (!properties.anchor.empty()) anchors_.finish(properties.anchor, node, 1);
}

void FastPass::add_key(const Item& item, const Properties& properties) {
  const std::uint32_t node = narrow(tree_.items.size());
  add_scalar(item, properties);
  if (item.end - item.begin == 2 && is_merge_key(tree_, node)) tree_.items[open_.back().node].flags |= has_merge;
}

/// The node that is due is an empty one.
void FastPass::add_nothing() {
  Item item;
  item.begin = item.end = item.data = pending_.any() ? pending_.end : nothing_at_;
  add_scalar(item, pending_);
  pending_ = {};
  waiting_ = false;
}

bool FastPass::open(Shape shape, std::uint32_t begin, std::int32_t indent, const Properties& properties) {
  if (open_.size() >= limits_.depth) return false;
  Item item;
  item.begin = item.end = begin;
  item.type = is_mapping(shape) ? NodeType::mapping : NodeType::sequence;
  item.style = shape >= Shape::flow_mapping ? Style::flow : Style::block;
  const std::uint32_t node = narrow(tree_.items.size());
  const std::uint64_t nodes_before = nodes_;
  add(item, properties);
  if (!properties.anchor.empty()) anchors_.begin(properties.anchor, node);
  open_.push_back({node, 0, indent, shape, false, nodes_before});
  waiting_ = false;
  return true;
}

void FastPass::close(std::uint32_t end) {
  const Unfinished closed = open_.back();
  open_.pop_back();
  Item& item = tree_.items[closed.node];
  item.data = narrow(tree_.items.size());
  item.end = last_end_ = end;
  if (item.type == NodeType::mapping) {
    keys_.file(tree_, closed.node);
  } else {
    item.set_count(closed.children);
  }
  const Property* const property = find_property(tree_, closed.node);
  if (property != nullptr && !property->anchor.empty()) anchors_.finish(property->anchor, closed.node, nodes_ - closed.nodes_before);
}

/// Those on the line, and the blanks behind them.
bool FastPass::read_properties(Properties& properties) {
  properties.begin = properties.end = at_;
  while (at_property()) {
    if (!(peek(at_) == '&' ? read_anchor(properties) : read_tag(properties))) return false;
    properties.end = at_;
    skip_blanks();
  }
  return true;
}

std::string_view FastPass::read_name() {
  const std::uint32_t begin = at_;
  while (is_name_character(peek(at_))) ++at_;
  return text_.substr(begin, at_ - begin);
}

bool FastPass::read_anchor(Properties& properties) {
  if (!properties.anchor.empty()) return false;
  ++at_;
  properties.anchor = read_name();
  return !properties.anchor.empty() && ends_word(peek(at_));
}

/// `!!name` and `!name`.
bool FastPass::read_tag(Properties& properties) {
  if (!properties.tag.empty()) return false;
  const std::uint32_t begin = at_;
  at_ += peek(at_ + 1) == '!' ? 2 : 1;
  if (read_name().empty()) return false;
  properties.tag = text_.substr(begin, at_ - begin);
  return ends_word(peek(at_));
}

bool FastPass::read_alias() {
  Item item;
  item.type = NodeType::alias;
  item.begin = at_++;
  const Anchor* const anchor = anchors_.find(read_name());
  const char behind = peek(at_);
  const bool ends = ends_word(behind) || (flow_depth_ > 0 && (behind == ',' || behind == ']' || behind == '}'));
  if (anchor == nullptr || !ends || tree_.next(anchor->node) == 0) return false;
  item.end = last_end_ = at_;
  item.data = anchor->node;
  nodes_ += std::min(anchor->nodes, limits_.expansion);
  add(item, {});
  return nodes_ <= limits_.expansion;
}

bool FastPass::run() {
  if (!skip_to_token()) return false;
  while (at_ < text_.size()) {
    if (!step() || !skip_to_token()) return false;
  }
  while (!open_.empty()) close_block();
  return !pending_.any() && nodes_ <= limits_.expansion;
}

/// At the first token of a line, or behind `- `.
bool FastPass::step() {
  if (at_marker()) return false;
  while (indent() > static_cast<std::int32_t>(column())) close_block();
  return peek(at_) == '-' && ends_word(peek(at_ + 1)) ? read_entry() : read_line_node();
}

bool FastPass::read_entry() {
  const auto column_here = static_cast<std::int32_t>(column());
  const bool level = indent() == column_here;
  if (level && open_.back().shape != Shape::block_mapping) {
    if (waiting_) add_nothing();
  } else {
    if (!waiting_) return false;
    const Properties properties = pending_;
    pending_ = {};
    if (!open(level ? Shape::flush_sequence : Shape::block_sequence, at_, column_here, properties)) return false;
  }
  nothing_at_ = ++at_;
  waiting_ = true;
  return true;
}

bool FastPass::read_line_node() {
  const auto column_here = static_cast<std::int32_t>(column());
  if (indent() == column_here && open_.back().shape == Shape::flush_sequence) close_block();
  if (indent() != column_here) return waiting_ && read_node(KeyRole::possible);
  if (open_.back().shape != Shape::block_mapping) return false;
  if (waiting_) add_nothing();
  return read_node(KeyRole::required);
}

/// Calls itself once at most, for the value behind a key.
bool FastPass::read_node(KeyRole key) {
  const std::uint32_t begin = at_, line = line_;
  Properties own;
  if (at_property() && !read_properties(own)) return false;
  if (own.any() && at_line_end()) {
    if (key == KeyRole::required || pending_.any()) return false;
    pending_ = own;
    return finish_line();
  }
  if (begins_value(peek(at_))) return key != KeyRole::required && read_value(own);
  Item scalar;
  if (!read_scalar(scalar, false)) return false;
  skip_blanks();
  if (key != KeyRole::never && at_key_end(begin, line)) return finish_key(scalar, own, begin, key == KeyRole::possible);
  if (key == KeyRole::required || !take_pending(own)) return false;
  add_scalar(scalar, own);
  waiting_ = false;
  return finish_line();
}

/// A value that cannot be a key.
bool FastPass::read_value(const Properties& own) {
  Properties properties = own;
  if (!take_pending(properties)) return false;
  const char c = peek(at_);
  waiting_ = false;
  if (c == '*') return !properties.any() && read_alias() && finish_line();
  if (c == '[' || c == '{') return read_flow(properties) && finish_line();
  Item scalar;
  if (!read_block_scalar(scalar)) return false;
  add_scalar(scalar, properties);
  return true;
}

/// A node has properties on its own line or on the one above; on both is too rare.
bool FastPass::take_pending(Properties& own) {
  if (!pending_.any()) return true;
  if (own.any()) return false;
  own = pending_;
  pending_ = {};
  return true;
}

/// At the `:` behind a key. The limit is in characters, so this is on the safe side.
bool FastPass::at_key_end(std::uint32_t key_begin, std::uint32_t key_line) const {
  constexpr std::uint32_t longest = 1024;
  return peek(at_) == ':' && line_ == key_line && at_ - key_begin <= longest && (flow_depth_ > 0 || ends_word(peek(at_ + 1)));
}

/// At the `:` behind it.
bool FastPass::finish_key(const Item& key, const Properties& own, std::uint32_t begin, bool first) {
  if (first) {
    const Properties of_mapping = pending_;
    pending_ = {};
    if (!open(Shape::block_mapping, begin, static_cast<std::int32_t>(begin - line_), of_mapping)) return false;
  }
  add_key(key, own);
  nothing_at_ = ++at_;
  waiting_ = true;
  skip_blanks();
  return at_line_end() ? finish_line() : read_node(KeyRole::never);
}

void FastPass::close_block() {
  if (waiting_) add_nothing();
  close(last_end_);
}

struct FastReader::Buffers {
  PassBuffers pass;
  std::vector<Item> items;
};

FastReader::FastReader() : buffers_(std::make_unique<Buffers>()) {}
FastReader::~FastReader() = default;

std::shared_ptr<const Tree> FastReader::read(std::string_view text, const std::shared_ptr<const void>& owner, const Limits& limits) {
  constexpr std::uint64_t addressable = 0x7f000000U;  // columns are signed
  if (text.size() > std::min(limits.document_size, addressable) || !is_readable(text)) return nullptr;
  auto tree = std::make_shared<Tree>();
  tree->owner = owner;
  tree->source = text;
  tree->items = std::move(buffers_->items);
  tree->items.clear();
  tree->items.reserve(text.size() / 24 + 8);
  const bool good = FastPass(*tree, limits, buffers_->pass).run();
  if (!good) {
    buffers_->items = std::move(tree->items);
    return nullptr;
  }
  std::sort(tree->duplicates.begin(), tree->duplicates.end(), [](const DuplicateKey& a, const DuplicateKey& b) { return a.key < b.key; });
  // A large document keeps the memory, whose unused end nothing has touched; for a small one a copy costs little.
  constexpr std::size_t large = 1U << 16U;
  if (tree->items.size() < large) {
    buffers_->items = std::move(tree->items);
    tree->items.assign(buffers_->items.begin(), buffers_->items.end());
  }
  tree->scratch.shrink_to_fit();
  tree->comments.shrink_to_fit();
  return tree;
}

std::shared_ptr<const Tree> read_fast(std::string_view text, const std::shared_ptr<const void>& owner, const Limits& limits) {
  return FastReader().read(text, owner, limits);
}

}  // namespace hop::yaml
