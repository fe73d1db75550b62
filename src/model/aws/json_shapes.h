#pragma once
// What the JSON in the controller's annotations must look like, as tables. Keys match in any case and unknown ones are passed over, as Go
// does. Source: aws-load-balancer-controller pkg/ingress/config_types.go and enhanced_backend_builder.go;
// docs/guide/ingress/annotations.md.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/aws/annotations.h"
#include "yaml/document.h"

namespace hop::aws {

enum class JsonType : std::uint8_t { string, integer, boolean, string_or_integer, object, list };

struct JsonShape;

struct JsonField {
  std::string_view name;
  JsonType type;
  bool required = false;
  std::string_view words = {};    ///< of a string: the accepted ones, separated by '|'
  Range range = {};               ///< of an integer
  const JsonShape* of = nullptr;  ///< of an object, or of a list's objects; a list without it holds strings
};

struct JsonShape {
  std::span<const JsonField> fields;
};

/// What an annotation's JSON is: an object, or a list of objects.
struct JsonForm {
  bool list;
  const JsonShape* shape;
};

/// Where JSON does not fit its form.
struct JsonFault {
  yaml::Node place;
  std::string text;           ///< a whole message
  bool wants_quotes = false;  ///< a number where a string belongs
  bool ignored = false;       ///< passed over without a word rather than refused
};

/// The form of an annotation of an ALB, by suffix; nullptr for those without JSON and for `listen-ports`, which is a map.
const JsonForm* json_form(std::string_view suffix);
/// Every place that does not fit, in source order. `root` is what json_in() read.
std::vector<JsonFault> json_faults(const JsonForm& form, yaml::Node root);

/// What is wrong at `at`, where json_error() stopped: "a comma stands before the closing bracket".
std::string_view json_error_words(std::string_view text, std::size_t at);

}  // namespace hop::aws
