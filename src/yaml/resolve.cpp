#include "yaml/resolve.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace hop::yaml {
namespace {

constexpr std::string_view float_words[] = {".nan",  ".NaN",  ".NAN",  ".inf",  ".Inf",  ".INF",
                                            "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"};

template <std::size_t Size>
bool among(std::string_view text, const std::string_view (&words)[Size]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Digits {
  std::string_view text;  // behind sign and prefix
  int base = 10;
  bool negative = false;
};

Digits digits_of(std::string_view text) {
  Digits result{text, 10, false};
  if (text.starts_with('-') || text.starts_with('+')) {
    result.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  result.text = text;
  if (text.size() < 2 || text[0] != '0') return result;
  const char letter = static_cast<char>(text[1] | 0x20);
  result.base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
  result.text.remove_prefix(letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1);
  return result;
}

bool is_integer(std::string_view text) {
  const Digits digits = digits_of(text);
  return !digits.text.empty() && std::all_of(digits.text.begin(), digits.text.end(), [&](char c) {
    const int value = is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : 99;
    return value < digits.base;
  });
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// Whether a number of this form is too large for a float, which makes it a string. Too small a one becomes zero.
bool overflows(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc::result_out_of_range && text.find("e-") == std::string_view::npos &&
         text.find("E-") == std::string_view::npos;
}

/// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool is_float(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = skip_digits(text, at) - at;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = skip_digits(text, at + 1) - at - 1;
    if (whole + fraction == 0) return false;
    at += 1 + fraction;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = skip_digits(text, at) - at;
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size() && !overflows(text);
}

/// A decimal as people write it: no sign, no leading zero, no underscore, and small enough for an int64.
bool is_everyday_integer(std::string_view text) {
  return !text.empty() && text.size() <= 18 && (text.front() != '0' || text.size() == 1) && std::all_of(text.begin(), text.end(), is_digit);
}

std::string without_underscores(std::string_view text) {
  std::string result(text);
  std::erase(result, '_');
  return result;
}

/// The lower-case letters of a short word as a number, and 0 for text that is none.
constexpr std::uint64_t pack(std::string_view word) {
  std::uint64_t packed = 0;
  if (word.size() > sizeof packed) return 0;
  for (const char c : word) {
    const char folded = static_cast<char>(c | 0x20);
    if (folded < 'a' || folded > 'z') return 0;
    packed = packed << 8U | static_cast<unsigned char>(folded);
  }
  return packed;
}

/// `word`, `Word` and `WORD` are words to YAML, `wOrd` is not.
bool has_one_case(std::string_view word) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto upper = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_upper));
  return upper == 0 || upper == word.size() || (upper == 1 && is_upper(word.front()));
}

/// Every text that is plain asks, so the words are compared as numbers.
Meaning meaning_of_word(std::string_view text) {
  switch (pack(text)) {
    case pack("null"):
      return has_one_case(text) ? Meaning::null : Meaning::string;
    case pack("true"):
    case pack("yes"):
    case pack("on"):
    case pack("y"):
    case pack("false"):
    case pack("no"):
    case pack("off"):
    case pack("n"):
      return has_one_case(text) ? Meaning::boolean : Meaning::string;
    default:
      return text.empty() || text == "~" ? Meaning::null : Meaning::string;
  }
}

/// First bytes of words that are no strings; a table, as every scalar asks.
constexpr std::array<bool, 256> word_starts = [] {
  std::array<bool, 256> starts{};
  for (const char c : std::string_view("~tTfFyYnNoO")) starts[static_cast<unsigned char>(c)] = true;
  return starts;
}();

/// Whether text of this first byte and length is a string whatever follows: nearly all text is. The longest word that is none is `false`.
bool is_surely_string(std::string_view text) {
  constexpr std::size_t longest_word = 5;
  if (text.empty() || may_be_number(text)) return false;
  return text.size() > longest_word || !word_starts[static_cast<unsigned char>(text.front())];
}

}  // namespace

std::optional<bool> plain_boolean(std::string_view text) {
  if (meaning_of_word(text) != Meaning::boolean) return std::nullopt;
  const std::uint64_t word = pack(text);
  return word == pack("true") || word == pack("yes") || word == pack("on") || word == pack("y");
}

std::optional<std::int64_t> plain_integer(std::string_view text) {
  if (is_everyday_integer(text)) {
    std::int64_t value = 0;
    for (char digit : text) value = value * 10 + (digit - '0');
    return value;
  }
  if (text.empty() || text.size() > 200 || !(is_digit(text[0]) || text[0] == '-' || text[0] == '+')) return std::nullopt;
  const std::string plain = without_underscores(text);
  if (!is_integer(plain)) return std::nullopt;
  const Digits digits = digits_of(plain);
  // The sign goes back in front of the digits so that the smallest number fits too.
  std::string signed_digits(digits.negative ? "-" : "");
  signed_digits += digits.text;
  std::int64_t value = 0;
  const auto result = std::from_chars(signed_digits.data(), signed_digits.data() + signed_digits.size(), value, digits.base);
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

Meaning resolve_plain(std::string_view text) {
  if (is_surely_string(text)) return Meaning::string;
  if (!may_be_number(text)) return meaning_of_word(text);
  if (is_everyday_integer(text)) return Meaning::number;
  const char first = text.front();
  if (among(text, float_words)) return Meaning::number;
  if (first == '.') return is_float(text) ? Meaning::number : Meaning::string;
  const std::string plain = without_underscores(text);
  return is_integer(plain) || is_float(plain) ? Meaning::number : Meaning::string;
}

}  // namespace hop::yaml
