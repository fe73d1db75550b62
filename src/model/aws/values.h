#pragma once
// How the AWS Load Balancer Controller reads the text of an annotation: Go's parsers, copied in what they accept.
// Knows nothing of which annotation is read how (model/aws/annotations.h). Source: controller pkg/annotations/parser.go, Go strconv and
// encoding/json.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/document.h"

namespace hop::aws {

/// Go's ParseBool: 1 t T TRUE true True 0 f F FALSE false False.
std::optional<bool> parse_bool(std::string_view text);
/// Go's ParseInt in base 10: digits with an optional sign, within `bits`.
std::optional<std::int64_t> parse_int(std::string_view text, unsigned bits = 64);

/// Part of a value; `begin` and `end` are bytes of it: `node.part_span(piece.begin, piece.end)` is its place.
struct Piece {
  std::string_view text;
  std::size_t begin = 0, end = 0;
};

/// Items between commas, trimmed, empty ones dropped.
std::vector<Piece> string_list(std::string_view value);

/// `key=value` pairs between commas; a backslash takes the next character as it is.
struct StringMap {
  struct Pair {
    std::string key, value;  ///< trimmed, escapes resolved
    Piece whole;
  };
  std::vector<Pair> pairs;         ///< in source order; of two with one key the later wins
  std::optional<Piece> malformed;  ///< the first item without `=` or with an empty key: the controller refuses the whole value
  /// The value in force of a key; nullptr if there is none.
  const Pair* find(std::string_view key) const;
};
StringMap string_map(std::string_view value);

/// Where Go's encoding/json stops reading `text`, in bytes; nothing if it is one JSON value and nothing else.
std::optional<std::size_t> json_error(std::string_view text);
/// The JSON value held in a scalar, its places mapped back into it; nullptr where Go would refuse the text.
std::shared_ptr<const yaml::Document> json_in(yaml::Node scalar);
/// Member of a JSON object as Go looks it up: an exact match, else one that differs in case only.
yaml::Node json_member(yaml::Node object, std::string_view key);
/// Whether a JSON value is a string; it is never one without quotes.
bool is_json_string(yaml::Node value);
/// A JSON number without fraction that is not in quotes.
std::optional<std::int64_t> json_integer(yaml::Node value);

}  // namespace hop::aws
