#pragma once
// JSON to be written: values put together as text, members in the order they are given. Reads nothing.

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace hop {

/// One value. The text is ASCII only, so that nothing in a manifest or a path can steer a terminal; what is not UTF-8 becomes U+FFFD.
class Json {
 public:
  struct Member;
  /// An object: `Json{{"name", name}, {"line", 7}}`.
  Json(std::initializer_list<Member> members);
  Json(std::string_view text);                                     // NOLINT(google-explicit-constructor): reads as the value
  Json(const char* text) : Json(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)
  Json(const std::string& text) : Json(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  Json(bool value) : text_(value ? "true" : "false") {}            // NOLINT(google-explicit-constructor)
  template <std::integral Number>
  Json(Number value) : text_(std::to_string(value)) {}  // NOLINT(google-explicit-constructor)

  static Json null();
  /// What is JSON already, on one line and ASCII.
  static Json verbatim(std::string json);
  static Json list();
  template <class Values>
  static Json list(const Values& values) {
    Json json = list();
    for (const auto& value : values) json.push_back(value);
    return json;
  }

  /// To an object.
  void add(std::string_view name, const Json& value);
  /// To a list.
  void push_back(const Json& value);
  bool empty() const { return text_ == "[]" || text_ == "{}"; }

  /// On one line without blanks; no line end.
  const std::string& compact() const { return text_; }
  /// Two blanks for each level; ends with a line end.
  std::string pretty() const;

 private:
  void append(std::string_view text);
  std::string text_;
};

struct Json::Member {
  std::string_view name;
  Json value;
};

}  // namespace hop
