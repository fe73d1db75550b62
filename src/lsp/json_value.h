#pragma once
// A JSON value that was received: reading never fails, what is absent or of another type is empty. Knows nothing of the protocol.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hop::lsp {

class JsonValue {
 public:
  enum class Type : std::uint8_t { absent, null, boolean, integer, number, string, array, object };

  /// Nothing for what is no JSON, or nests deeper than 200.
  static std::optional<JsonValue> parse(std::string_view text);

  JsonValue() = default;
  explicit JsonValue(bool value) : type_(Type::boolean), integer_(value ? 1 : 0) {}
  explicit JsonValue(std::int64_t value) : type_(Type::integer), integer_(value) {}
  explicit JsonValue(std::string value) : type_(Type::string), string_(std::move(value)) {}
  static JsonValue of(Type type);

  Type type() const { return type_; }
  /// Whether it was there; an explicit null was.
  explicit operator bool() const { return type_ != Type::absent; }
  bool is(Type type) const { return type_ == type; }
  bool has_value() const { return type_ != Type::absent && type_ != Type::null; }

  /// Member of an object; absent for anything else. The last of equal names.
  const JsonValue& operator[](std::string_view name) const;
  /// Items of an array, or values of an object; empty for anything else.
  const std::vector<JsonValue>& items() const { return items_; }
  const std::vector<std::string>& names() const { return names_; }

  std::string_view str() const { return type_ == Type::string ? std::string_view(string_) : std::string_view{}; }
  bool truth() const { return type_ == Type::boolean && integer_ != 0; }
  std::optional<std::int64_t> integer() const { return type_ == Type::integer ? std::optional(integer_) : std::nullopt; }

  /// As JSON again, on one line: what is handed back to whoever sent it.
  std::string text() const;

 private:
  friend class JsonReader;
  Type type_ = Type::absent;
  std::int64_t integer_ = 0;
  std::string string_;  ///< also a number that is no integer, as it was written
  std::vector<JsonValue> items_;
  std::vector<std::string> names_;  ///< of an object, one for each item
};

}  // namespace hop::lsp
