#include "engine/classify.h"

#include <algorithm>

#include "text/words.h"
#include "yaml/template.h"

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;

/// Whether what stands behind a word makes it a key: `kind:`, `"kind" :`.
bool is_key(std::string_view behind) {
  if (behind.starts_with('"') || behind.starts_with('\'')) behind.remove_prefix(1);
  const std::size_t next = behind.find_first_not_of(" \t");
  return next != none && behind[next] == ':';
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find_first_of("\r\n");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == none ? text.size() : end + 1);
  return line;
}

bool only_comments(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = trim(take_line(text));
    if (!line.empty() && !line.starts_with('#')) return false;
  }
  return true;
}

bool has_manifest_line(std::string_view text) {
  if (trim(text).starts_with('{')) return text.find("\"apiVersion\"") != none && text.find("\"kind\"") != none;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.starts_with("apiVersion:") || line.starts_with("kind:")) return true;
  }
  return false;
}

DocumentClass classify_broken(std::string_view text, const FileNature& nature) {
  if (yaml::holds_template_marks(text)) return DocumentClass::template_;
  return nature.named || has_manifest_line(text) ? DocumentClass::broken : DocumentClass::foreign;
}

/// Where YAML reads `{{ x }}` as a mapping with a mapping for its key, nobody meant that. Inside quotes and block scalars it is text, which
/// may well be a template of somebody else's (Alertmanager's, Argo's): such a document is a manifest.
bool holds_template(const yaml::Tree& tree) {
  if (tree.source.find("{{") == none) return false;
  return std::any_of(tree.items.begin(), tree.items.end(), [&](const yaml::Item& item) {
    return item.type == yaml::NodeType::mapping && tree.source.substr(item.begin, 2) == "{{";
  });
}

bool is_written(yaml::Node node) { return node.is_scalar() && !node.str().empty(); }

}  // namespace

bool mentions_identity(std::string_view text) {
  for (std::size_t at = text.find("kind"); at != none; at = text.find("kind", at + 4)) {
    if (is_key(text.substr(at + 4))) return true;
  }
  return text.find("apiVersion") != none;
}

DocumentClass classify_unparsed(std::string_view text, const FileNature& nature) {
  if (only_comments(text)) return DocumentClass::empty;
  return nature.in_templates || yaml::looks_like_template(text) ? DocumentClass::template_ : DocumentClass::not_manifest;
}

DocumentClass classify(const yaml::Document& document, std::string_view text, const FileNature& nature) {
  const yaml::Tree& tree = document.tree();
  const yaml::Node root = document.root();
  if (tree.problems.empty() && (!root || root.is_null())) return DocumentClass::empty;
  if (nature.in_templates) return DocumentClass::template_;
  if (!tree.problems.empty()) return classify_broken(text, nature);
  if (holds_template(tree)) return DocumentClass::template_;
  const bool api_version = is_written(root["apiVersion"]);
  const bool kind = is_written(root["kind"]);
  if (api_version && kind) return DocumentClass::resource;
  const bool looks_whole = root["metadata"].is_mapping() || root["spec"].is_mapping();
  return (api_version || kind) && looks_whole && !nature.chart ? DocumentClass::half : DocumentClass::not_manifest;
}

}  // namespace hop
