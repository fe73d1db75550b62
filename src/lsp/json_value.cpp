#include "lsp/json_value.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "report/json_text.h"

namespace hop::lsp {

/// Builds the value from the library's events; a stack, so that what nests deeply costs no stack of ours.
class JsonReader {
 public:
  // The names are the library's.
  using string_t = std::string;
  bool null() { return add(JsonValue::of(JsonValue::Type::null)); }
  bool boolean(bool value) { return add(JsonValue(value)); }
  bool number_integer(std::int64_t value) { return add(JsonValue(value)); }
  bool number_unsigned(std::uint64_t value) {
    return add(JsonValue(static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()))));
  }
  bool number_float(double, const std::string& text) {
    JsonValue value = JsonValue::of(JsonValue::Type::number);
    value.string_ = text;
    return add(std::move(value));
  }
  bool string(std::string& text) { return add(JsonValue(std::move(text))); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(JsonValue::Type::object); }
  bool start_array(std::size_t) { return open(JsonValue::Type::array); }
  bool key(std::string& name) {
    open_.back().names_.push_back(std::move(name));
    return true;
  }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) { return false; }

  JsonValue take() { return std::move(root_); }

 private:
  static constexpr std::size_t most_levels = 200;

  bool open(JsonValue::Type type) {
    open_.push_back(JsonValue::of(type));
    return open_.size() <= most_levels;
  }
  bool close() {
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }
  bool add(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back().items_.push_back(std::move(value));
    }
    return true;
  }

  JsonValue root_;
  std::vector<JsonValue> open_;
};

std::optional<JsonValue> JsonValue::parse(std::string_view text) {
  JsonReader reader;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &reader)) return std::nullopt;
  return reader.take();
}

JsonValue JsonValue::of(Type type) {
  JsonValue value;
  value.type_ = type;
  return value;
}

const JsonValue& JsonValue::operator[](std::string_view name) const {
  static const JsonValue nothing;
  for (std::size_t i = names_.size(); i > 0; --i) {
    if (names_[i - 1] == name) return items_[i - 1];
  }
  return nothing;
}

std::string JsonValue::text() const {
  switch (type_) {
    case Type::absent:
    case Type::null:
      return "null";
    case Type::boolean:
      return integer_ != 0 ? "true" : "false";
    case Type::integer:
      return std::to_string(integer_);
    case Type::number:
      return string_;
    case Type::string:
      return Json(string_).compact();
    case Type::array:
    case Type::object:
      break;
  }
  std::string out(1, type_ == Type::array ? '[' : '{');
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (i > 0) out += ',';
    if (type_ == Type::object) out += Json(names_[i]).compact() + ':';
    out += items_[i].text();
  }
  return out += type_ == Type::array ? ']' : '}';
}

}  // namespace hop::lsp
