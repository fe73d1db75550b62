#include "model/field_path.h"

namespace hop {
namespace {

/// What follows the step of this length, without the dot between.
std::string_view rest_of(std::string_view path, std::size_t step) {
  path.remove_prefix(step);
  if (path.starts_with('.')) path.remove_prefix(1);
  return path;
}

}  // namespace

void visit_fields(yaml::Node node, std::string_view path, const std::function<void(const Field&)>& visit) {
  if (!node) return;
  if (path.empty()) {
    visit({node, {}});
  } else if (path.starts_with("[]")) {
    for (yaml::Node item : node.items()) visit_fields(item, rest_of(path, 2), visit);
  } else if (path == "@") {
    for (const auto& [key, value] : node.entries()) visit({value, key});
  } else if (path.starts_with('*')) {
    for (const auto& [key, value] : node.entries()) visit_fields(value, rest_of(path, 1), visit);
  } else {
    const std::string_view name = path.substr(0, path.find_first_of(".["));
    visit_fields(node[name], rest_of(path, name.size()), visit);
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
