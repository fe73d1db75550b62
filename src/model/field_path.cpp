#include "model/field_path.h"

namespace hop {
namespace {

/// What follows the step of this length, without the dot between.
std::string_view rest_of(std::string_view path, std::size_t step) {
  path.remove_prefix(step);
  if (path.starts_with('.')) path.remove_prefix(1);
  return path;
}

/// The name that a path begins with.
std::string_view first_name(std::string_view path) {
  std::size_t end = 0;
  while (end < path.size() && path[end] != '.' && path[end] != '[') ++end;
  return path.substr(0, end);
}

}  // namespace

void detail::visit_fields(yaml::Node node, std::string_view path, FieldSink sink, void* context) {
  if (!node) return;
  if (path.empty()) {
    sink(context, {node, {}});
  } else if (path.starts_with("[]")) {
    for (yaml::Node item : node.items()) visit_fields(item, rest_of(path, 2), sink, context);
  } else if (path == "@") {
    for (const auto& [key, value] : node.entries()) sink(context, {value, key});
  } else if (path.starts_with('*')) {
    for (const auto& [key, value] : node.entries()) visit_fields(value, rest_of(path, 1), sink, context);
  } else {
    const std::string_view name = first_name(path);
    visit_fields(node[name], rest_of(path, name.size()), sink, context);
  }
}

std::vector<Field> fields_at(yaml::Node root, std::string_view path) {
  std::vector<Field> found;
  visit_fields(root, path, [&](const Field& field) { found.push_back(field); });
  return found;
}

std::vector<yaml::Node> nodes_at(yaml::Node root, std::string_view path) {
  std::vector<yaml::Node> nodes;
  visit_fields(root, path, [&](const Field& field) { nodes.push_back(field.node); });
  return nodes;
}

}  // namespace hop
