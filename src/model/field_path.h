#pragma once
// Fields of a resource by a path with wildcards, so that tables can say where things stand:
// `spec.http[].match[].headers.*.regex`. `[]` is every item, `*` every value of a mapping, a last `@` every key of it.

#include <functional>
#include <string_view>
#include <vector>

#include "yaml/document.h"

namespace hop {

struct Field {
  yaml::Node node;
  yaml::Node key;  ///< present where the path ends in `@`: the key of `node` is meant
  /// The scalar that is meant.
  yaml::Node scalar() const { return key ? key : node; }
};

/// Calls `visit` with each that exists, in source order.
void visit_fields(yaml::Node root, std::string_view path, const std::function<void(const Field&)>& visit);
/// The same as a list.
std::vector<Field> fields_at(yaml::Node root, std::string_view path);
std::vector<yaml::Node> nodes_at(yaml::Node root, std::string_view path);

}  // namespace hop
