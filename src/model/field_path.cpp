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

std::uint32_t FieldPaths::step_behind(std::uint32_t step, std::string_view name) {
  const auto added = static_cast<std::uint32_t>(steps_.size());
  std::uint32_t next = name == "[]" ? steps_[step].items : name == "*" ? steps_[step].values : 0;
  for (const auto& [key, behind] : steps_[step].names) {
    if (key.text() == name) next = behind;
  }
  if (next != 0) return next;
  if (name == "[]") {
    steps_[step].items = added;
  } else if (name == "*") {
    steps_[step].values = added;
  } else {
    steps_[step].names.emplace_back(name, added);
  }
  steps_.emplace_back();
  return added;
}

void FieldPaths::add(std::initializer_list<std::string_view> parts, std::size_t row) {
  std::uint32_t step = 0;
  for (std::string_view path : parts) {
    while (!path.empty() && path != "@") {
      const std::string_view name = path.starts_with("[]") ? path.substr(0, 2) : first_name(path);
      step = step_behind(step, name);
      path = rest_of(path, name.size());
    }
    if (path == "@") return steps_[step].keys.push_back(row);
  }
  steps_[step].rows.push_back(row);
}

void FieldPaths::follow(const Step& step, yaml::Node node, detail::RowSink sink, void* context) const {
  for (const std::size_t row : step.rows) sink(context, row, {node, {}});
  for (const auto& [name, behind] : step.names) {
    if (const yaml::Node field = node[name]) follow(steps_[behind], field, sink, context);
  }
  if (step.items != 0) {
    for (yaml::Node item : node.items()) follow(steps_[step.items], item, sink, context);
  }
  if (step.values == 0 && step.keys.empty()) return;
  for (const auto& [key, value] : node.entries()) {
    for (const std::size_t row : step.keys) sink(context, row, {value, key});
    if (step.values != 0) follow(steps_[step.values], value, sink, context);
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
