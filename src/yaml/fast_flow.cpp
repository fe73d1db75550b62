#include "yaml/fast_pass.h"

namespace hop::yaml {

/// At a bracket. Nested collections wait on the stack.
bool FastPass::read_flow(const Properties& properties) {
  const std::size_t outside = open_.size();
  if (!open_flow(properties)) return false;
  while (open_.size() > outside) {
    if (!skip_flow_space() || !flow_step()) return false;
  }
  return true;
}

/// The library gets slow at greater depths; parse.cpp counts its work there and may refuse the document.
bool FastPass::go_deeper() {
  constexpr std::uint32_t deepest = 32;
  return ++flow_depth_ <= deepest;
}

bool FastPass::open_flow(const Properties& properties) {
  if (!go_deeper()) return false;
  const Shape shape = peek(at_) == '{' ? Shape::flow_mapping : Shape::flow_sequence;
  if (!open(shape, at_, indent(), properties)) return false;
  last_end_ = ++at_;
  return true;
}

/// Behind the bracket.
void FastPass::close_flow() {
  --flow_depth_;
  close(at_);
  if (flow_depth_ > 0 && open_.back().shape == Shape::flow_pair) close_pair();
}

void FastPass::close_pair() {
  --flow_depth_;
  close(last_end_);
}

/// Line ends and indentation mean nothing here, but a marker is one wherever it begins a line. The text must not end.
bool FastPass::skip_flow_space() {
  while (true) {
    const char c = peek(at_);
    if (c == '\n') {
      line_ = ++at_;
    } else if (is_blank(c) || c == '\r') {
      ++at_;
    } else if (c != '#') {
      return c != '\0' && !at_marker();
    } else if (!take_comment()) {
      return false;
    }
  }
}

bool FastPass::flow_step() {
  Unfinished& inner = open_.back();
  const char c = peek(at_);
  if (c == (inner.shape == Shape::flow_mapping ? '}' : ']')) {
    ++at_;
    close_flow();
    return true;
  }
  if (!inner.needs_comma) return read_flow_entry();
  inner.needs_comma = false;
  ++at_;
  return c == ',';
}

bool FastPass::read_flow_entry() {
  Unfinished& inner = open_.back();
  const bool in_mapping = inner.shape == Shape::flow_mapping;
  inner.needs_comma = true;
  const std::uint32_t begin = at_, line = line_;
  Properties own;
  if (!read_properties(own)) return false;
  const char c = peek(at_);
  if (c == '[' || c == '{' || c == '*') return !in_mapping && read_flow_node(own);
  Item scalar;
  if (!read_scalar(scalar, true)) return false;
  skip_blanks();
  if (at_key_end(begin, line)) {
    if (!in_mapping && !(go_deeper() && open(Shape::flow_pair, begin, indent(), {}))) return false;
    add_key(scalar, own);
    nothing_at_ = ++at_;
    return read_flow_value();
  }
  if (!in_mapping) {
    add_scalar(scalar, own);
    return true;
  }
  add_key(scalar, own);
  nothing_at_ = last_end_;
  add_nothing();
  return true;
}

/// Behind the `:` of a mapping or pair.
bool FastPass::read_flow_value() {
  if (!skip_flow_space()) return false;
  const bool in_pair = open_.back().shape == Shape::flow_pair;
  if (peek(at_) == ',' || peek(at_) == (in_pair ? ']' : '}')) {
    add_nothing();
  } else {
    Properties own;
    const std::size_t depth = open_.size();
    if (!read_properties(own) || !read_flow_node(own)) return false;
    if (open_.size() > depth) return true;  // its value is a collection; the pair ends with it
  }
  if (in_pair) close_pair();
  return true;
}

bool FastPass::read_flow_node(const Properties& properties) {
  const char c = peek(at_);
  if (c == '[' || c == '{') return open_flow(properties);
  if (c == '*') return !properties.any() && read_alias();
  Item scalar;
  if (!read_scalar(scalar, true)) return false;
  add_scalar(scalar, properties);
  return true;
}

}  // namespace hop::yaml
