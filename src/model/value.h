#pragma once
// A field's value in three states: absent, known, or unknown because templates, stubs or overlays fill it in later.

#include <cstdint>
#include <optional>
#include <string_view>

#include "yaml/document.h"
#include "yaml/template.h"

namespace hop {

/// Three-valued logic: an unknown value equals nothing and everything.
enum class Truth : std::uint8_t { no, unknown, yes };
inline Truth operator&&(Truth a, Truth b) { return a < b ? a : b; }
inline Truth operator||(Truth a, Truth b) { return a < b ? b : a; }
inline Truth operator!(Truth a) { return a == Truth::yes ? Truth::no : a == Truth::no ? Truth::yes : Truth::unknown; }
inline Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

template <class T>
class Value {
 public:
  /// Absent: the field is not written; `place` is where it would stand.
  static Value absent(yaml::Node place) { return Value(std::nullopt, place, false); }
  static Value known(T value, yaml::Node place) { return Value(std::move(value), place, false); }
  static Value unknown(yaml::Node place) { return Value(std::nullopt, place, true); }

  bool is_known() const { return value_.has_value(); }
  bool is_unknown() const { return unknown_; }
  bool is_absent() const { return !value_ && !unknown_; }
  /// Only of a known value.
  const T& operator*() const { return *value_; }  // NOLINT(bugprone-unchecked-optional-access): as std::optional, the caller asks first
  /// The node it was read from, or where it would stand.
  yaml::Node node() const { return node_; }
  T value_or(T other) const { return value_ ? *value_ : other; }
  /// Whether it is known to equal `other`; an absent one does not.
  Truth equals(const T& other) const { return unknown_ ? Truth::unknown : truth(value_ && *value_ == other); }

 private:
  Value(std::optional<T> value, yaml::Node node, bool unknown) : value_(std::move(value)), node_(node), unknown_(unknown) {}
  std::optional<T> value_;
  yaml::Node node_;
  bool unknown_;
};

/// Text of a scalar; unknown for a placeholder, absent for an absent node or a null.
inline Value<std::string_view> text_of(yaml::Node node) {
  if (!node || node.is_null()) return Value<std::string_view>::absent(node);
  if (!node.is_scalar() || yaml::is_placeholder(node.str())) return Value<std::string_view>::unknown(node);
  return Value<std::string_view>::known(node.str(), node);
}
/// An integer, also one written in quotes where `quoted` allows it (annotations).
Value<std::int64_t> integer_of(yaml::Node node, bool quoted = false);
Value<bool> boolean_of(yaml::Node node);

}  // namespace hop
