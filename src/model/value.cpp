#include "model/value.h"

#include <charconv>

namespace hop {

Value<std::int64_t> integer_of(yaml::Node node, bool quoted) {
  if (const auto plain = node.integer()) return Value<std::int64_t>::known(*plain, node);
  const Value<std::string_view> text = text_of(node);
  if (text.is_absent()) return Value<std::int64_t>::absent(node);
  if (text.is_unknown()) return Value<std::int64_t>::unknown(node);
  if (quoted) {
    std::int64_t number = 0;
    const std::string_view digits = (*text).starts_with('+') ? (*text).substr(1) : *text;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size()) return Value<std::int64_t>::known(number, node);
  }
  // Neither a number nor a placeholder: the wrong type is another rule's business, here it says nothing.
  return Value<std::int64_t>::unknown(node);
}

Value<bool> boolean_of(yaml::Node node) {
  const Value<std::string_view> text = text_of(node);
  if (text.is_absent()) return Value<bool>::absent(node);
  if (const auto plain = node.boolean(); plain && !text.is_unknown()) return Value<bool>::known(*plain, node);
  return Value<bool>::unknown(node);
}

}  // namespace hop
