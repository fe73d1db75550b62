#include "model/template_objects.h"

#include <optional>

#include "text/words.h"
#include "yaml/template.h"

namespace hop {
namespace {

/// The value of `key:` on a line that begins with it, without quotes and comment; nothing on another line.
std::optional<std::string_view> value_of(std::string_view line, std::string_view key) {
  if (!line.starts_with(key) || line.substr(key.size()).substr(0, 1) != ":") return std::nullopt;
  std::string_view value = trim(line.substr(key.size() + 1));
  value = trim(value.substr(0, value.find(" #")));
  for (const char quote : {'"', '\''}) {
    if (value.size() > 1 && value.front() == quote && value.back() == quote) value = value.substr(1, value.size() - 2);
  }
  return value;
}

class TemplateReader {
 public:
  void read(std::string_view line) {
    const std::string_view inner = trim(line);
    if (inner.empty() || inner.starts_with('#') || inner.starts_with("{{")) return;
    if (line.starts_with(' ')) {
      if (in_metadata_ && !objects_.empty()) name(inner);
      return;
    }
    in_metadata_ = line.starts_with("metadata:");
    if (const auto version = value_of(line, "apiVersion")) api_version_ = *version;
    if (const auto kind = value_of(line, "kind")) begin(*kind);
  }
  std::vector<TemplateObject> take() { return std::move(objects_); }

 private:
  void begin(std::string_view kind_name) {
    const bool open = yaml::is_placeholder(api_version_);
    const Kind kind = open ? find_kind_by_name(kind_name) : find_kind(api_version_, kind_name);
    objects_.push_back({kind, {}});
    named_ = false;
  }

  /// The first key of that name in the metadata is its own: labels and owners stand further in, and behind it.
  void name(std::string_view line) {
    const auto value = named_ ? std::nullopt : value_of(line, "name");
    if (!value) return;
    named_ = true;
    if (!yaml::is_placeholder(*value)) objects_.back().name = *value;
  }

  std::vector<TemplateObject> objects_;
  std::string_view api_version_;
  bool in_metadata_ = false, named_ = false;
};

}  // namespace

std::vector<TemplateObject> objects_of_template(std::string_view text) {
  TemplateReader reader;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    reader.read(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  std::vector<TemplateObject> objects = reader.take();
  std::erase_if(objects, [](const TemplateObject& object) { return object.kind == Kind::other; });
  return objects;
}

}  // namespace hop
