#pragma once
// Fields of a resource by a path with wildcards, so that tables can say where things stand:
// `spec.http[].match[].headers.*.regex`. `[]` is every item, `*` every value of a mapping, a last `@` every key of it.

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

namespace detail {

/// Called with `context` and each field: a function without an owner, as this is asked some hundred times of every resource.
using FieldSink = void (*)(void* context, const Field& field);
void visit_fields(yaml::Node root, std::string_view path, FieldSink sink, void* context);

}  // namespace detail

/// Calls `visit` with each that exists, in source order.
template <class Visit>
void visit_fields(yaml::Node root, std::string_view path, Visit visit) {
  detail::visit_fields(root, path, [](void* context, const Field& field) { (*static_cast<Visit*>(context))(field); }, &visit);
}
/// The same as a list.
std::vector<Field> fields_at(yaml::Node root, std::string_view path);
std::vector<yaml::Node> nodes_at(yaml::Node root, std::string_view path);

}  // namespace hop
