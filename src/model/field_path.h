#pragma once
// Fields of a resource by a path with wildcards, so that tables can say where things stand:
// `spec.http[].match[].headers.*.regex`. `[]` is every item, `*` every value of a mapping, a last `@` every key of it.

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
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
using RowSink = void (*)(void* context, std::size_t row, const Field& field);

}  // namespace detail

/// Many paths, each of a row of some table, that are followed in one walk: what they have in common is looked up once.
class FieldPaths {
 public:
  FieldPaths() : steps_(1) {}
  /// The path whose parts follow each other. The text must outlive this; a row may have several paths.
  void add(std::initializer_list<std::string_view> parts, std::size_t row);
  bool empty() const { return steps_.size() == 1 && steps_[0].rows.empty(); }
  /// Calls `visit(row, field)` with each field that exists.
  template <class Visit>
  void visit(yaml::Node root, Visit visit) const {
    follow(
        steps_[0], root, [](void* context, std::size_t row, const Field& field) { (*static_cast<Visit*>(context))(row, field); }, &visit);
  }

 private:
  struct Step {
    std::vector<std::size_t> rows;                           ///< that end here
    std::vector<std::size_t> keys;                           ///< that end here with `@`
    std::vector<std::pair<yaml::Key, std::uint32_t>> names;  ///< the steps behind this one, by name
    std::uint32_t items = 0, values = 0;                     ///< those behind `[]` and `*`; 0 if there are none
  };
  void follow(const Step& step, yaml::Node node, detail::RowSink sink, void* context) const;
  std::uint32_t step_behind(std::uint32_t step, std::string_view name);
  std::vector<Step> steps_;
};

/// Calls `visit` with each that exists, in source order.
template <class Visit>
void visit_fields(yaml::Node root, std::string_view path, Visit visit) {
  detail::visit_fields(root, path, [](void* context, const Field& field) { (*static_cast<Visit*>(context))(field); }, &visit);
}
/// The same as a list.
std::vector<Field> fields_at(yaml::Node root, std::string_view path);
std::vector<yaml::Node> nodes_at(yaml::Node root, std::string_view path);

}  // namespace hop
