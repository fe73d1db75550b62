#include "model/mistakes.h"

#include <algorithm>
#include <utility>

namespace hop {

std::shared_ptr<const Mistakes> find_mistakes(const Resource& resource) {
  Mistakes found{find_field_mistakes(resource.kind, resource.api_version, resource.root), istio::find_bad_values(resource),
                 istio::find_set_mistakes(resource)};
  const bool none = found.fields.empty() && found.values.empty() && found.sets.clashes.empty() && found.sets.empty_blocks.empty();
  return none ? nullptr : std::make_shared<const Mistakes>(std::move(found));
}

std::shared_ptr<const Mistakes> find_mistakes(yaml::Node root) {
  Resource object;
  object.api_version = root["apiVersion"].str();
  object.kind_name = root["kind"].str();
  object.kind = find_kind(object.api_version, object.kind_name);
  if (object.kind == Kind::other) return nullptr;
  object.root = root;  // the searches begin there and ask for nothing else of it
  return find_mistakes(object);
}

const Mistakes& mistakes(const Resource& resource) {
  static const Mistakes none;
  return resource.mistakes == nullptr ? none : *resource.mistakes;
}

bool may_get(const Resource& resource, yaml::Node mapping, std::span<const std::string_view> names) {
  const auto is_slip = [&](const FieldMistake& mistake) {
    if (mistake.what != Mistake::unknown || mapping[mistake.name] != mistake.place) return false;
    return std::find(names.begin(), names.end(), meant_field(*mistake.type, mistake.name)) != names.end();
  };
  const std::vector<FieldMistake>& fields = mistakes(resource).fields;
  return resource.patched || std::any_of(fields.begin(), fields.end(), is_slip);
}

}  // namespace hop
