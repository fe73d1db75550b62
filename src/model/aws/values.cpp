#include "model/aws/values.h"

#include <algorithm>
#include <charconv>

#include "text/words.h"

namespace hop::aws {

std::optional<bool> parse_bool(std::string_view text) {
  for (std::string_view word : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == word) return true;
  }
  for (std::string_view word : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == word) return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_int(std::string_view text, unsigned bits) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const std::int64_t limit = bits >= 64 ? INT64_MAX : (std::int64_t{1} << (bits - 1)) - 1;
  if (number > limit || number < -limit - 1) return std::nullopt;
  return number;
}

namespace {

/// [begin, end) of `value` without the white space at its ends.
Piece trimmed(std::string_view value, std::size_t begin, std::size_t end) {
  const std::string_view text = trim(value.substr(begin, end - begin));
  if (text.empty()) return {text, begin, begin};
  const auto at = static_cast<std::size_t>(text.data() - value.data());
  return {text, at, at + text.size()};
}

/// Where the next comma stands at or behind `from` that no backslash escapes; the end if there is none.
std::size_t next_comma(std::string_view value, std::size_t from, bool escapes) {
  for (std::size_t at = from; at < value.size(); ++at) {
    if (escapes && value[at] == '\\') {
      ++at;
    } else if (value[at] == ',') {
      return at;
    }
  }
  return value.size();
}

std::vector<Piece> pieces(std::string_view value, bool escapes) {
  std::vector<Piece> found;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = next_comma(value, begin, escapes);
    if (const Piece piece = trimmed(value, begin, end); !piece.text.empty()) found.push_back(piece);
    begin = end + 1;
  }
  return found;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out.push_back(text[at]);
  }
  return out;
}

}  // namespace

std::vector<Piece> string_list(std::string_view value) { return pieces(value, false); }

const StringMap::Pair* StringMap::find(std::string_view key) const {
  const auto found = std::find_if(pairs.rbegin(), pairs.rend(), [&](const Pair& pair) { return pair.key == key; });
  return found == pairs.rend() ? nullptr : &*found;
}

StringMap string_map(std::string_view value) {
  StringMap map;
  for (const Piece& piece : pieces(value, true)) {
    const std::size_t equals = piece.text.find('=');
    const std::string_view key = trim(piece.text.substr(0, equals));
    if (equals == std::string_view::npos || key.empty()) {
      if (!map.malformed) map.malformed = piece;
      continue;
    }
    map.pairs.push_back({without_escapes(key), without_escapes(trim(piece.text.substr(equals + 1))), piece});
  }
  return map;
}

namespace {

/// Walks over JSON text without building anything; `at` stands where it stopped.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  bool whole() {
    space();
    if (!value(0)) return false;
    space();
    return at_ == text_.size();
  }
  std::size_t at() const { return at_; }

 private:
  static constexpr unsigned depth_limit = 1000;  // deeper text is no annotation

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool digits() {
    const std::size_t begin = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > begin;
  }
  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      return digits();
    }
    return true;
  }
  bool escape() {
    if (take('u')) {
      for (int i = 0; i < 4; ++i, ++at_) {
        if (std::string_view("0123456789abcdefABCDEF").find(peek()) == std::string_view::npos || peek() == '\0') return false;
      }
      return true;
    }
    if (peek() == '\0' || std::string_view("\"\\/bfnrt").find(peek()) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  bool string() {
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      if (take('"')) return true;
      if (static_cast<unsigned char>(peek()) < 0x20) return false;
      if (take('\\')) {
        if (!escape()) return false;
      } else {
        ++at_;
      }
    }
    return false;
  }
  bool members(char close, bool named, unsigned depth) {
    space();
    if (take(close)) return true;
    while (true) {
      space();
      if (named) {
        if (!string()) return false;
        space();
        if (!take(':')) return false;
        space();
      }
      if (!value(depth + 1)) return false;
      space();
      if (take(close)) return true;
      if (!take(',')) return false;
    }
  }
  bool value(unsigned depth) {
    if (depth > depth_limit) return false;
    if (take('{')) return members('}', true, depth);
    if (take('[')) return members(']', false, depth);
    if (peek() == '"') return string();
    if (word("true") || word("false") || word("null")) return true;
    return number();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::size_t> json_error(std::string_view text) {
  JsonScanner scanner(text);
  if (scanner.whole()) return std::nullopt;
  return scanner.at();
}

std::shared_ptr<const yaml::Document> json_in(yaml::Node scalar) {
  if (!scalar.is_scalar() || json_error(scalar.str())) return nullptr;
  return scalar.inner();
}

yaml::Node json_member(yaml::Node object, std::string_view key) {
  if (const yaml::Node exact = object[key]) return exact;
  const std::string wanted = lower(key);
  yaml::Node found = object[key];
  for (const auto& [name, value] : object.entries()) {
    if (lower(name.str()) == wanted) found = value;
  }
  return found;
}

bool is_json_string(yaml::Node value) { return value.is_scalar() && !value.is_plain(); }

std::optional<std::int64_t> json_integer(yaml::Node value) {
  return value.is_scalar() && value.is_plain() ? parse_int(value.str()) : std::nullopt;
}

}  // namespace hop::aws
