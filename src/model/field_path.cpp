#include "model/field_path.h"

namespace hop {
namespace {

/// What follows the step of this length, without the dot between.
std::string_view rest_of(std::string_view path, std::size_t step) {
  path.remove_prefix(step);
  if (path.starts_with('.')) path.remove_prefix(1);
  return path;
}

void walk(yaml::Node node, std::string_view path, std::vector<Field>& found) {
  if (!node) return;
  if (path.empty()) {
    found.push_back({node, {}});
  } else if (path.starts_with("[]")) {
    for (yaml::Node item : node.items()) walk(item, rest_of(path, 2), found);
  } else if (path == "@") {
    for (const auto& [key, value] : node.entries()) found.push_back({value, key});
  } else if (path.starts_with('*')) {
    for (const auto& [key, value] : node.entries()) walk(value, rest_of(path, 1), found);
  } else {
    const std::string_view name = path.substr(0, path.find_first_of(".["));
    walk(node[name], rest_of(path, name.size()), found);
  }
}

}  // namespace

std::vector<Field> fields_at(yaml::Node root, std::string_view path) {
  std::vector<Field> found;
  walk(root, path, found);
  return found;
}

std::vector<yaml::Node> nodes_at(yaml::Node root, std::string_view path) {
  std::vector<yaml::Node> nodes;
  for (const Field& field : fields_at(root, path)) nodes.push_back(field.node);
  return nodes;
}

}  // namespace hop
