#pragma once
// What is wrong with a resource in itself, found when it is collected and read by many rules. Knows nothing of other resources.

#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/field_mistakes.h"
#include "model/istio/field_sets.h"
#include "model/istio/value_fields.h"
#include "model/resource.h"

namespace hop {

struct Mistakes {
  std::vector<FieldMistake> fields;  ///< in source order
  std::vector<istio::BadValue> values;
  istio::SetMistakes sets;
};

/// Null if there are none.
std::shared_ptr<const Mistakes> find_mistakes(const Resource& resource);
/// The same of an object that is no resource of a graph yet. A List has none: its items are objects of their own.
std::shared_ptr<const Mistakes> find_mistakes(yaml::Node root);
/// Those remembered in the resource; none where nobody looked.
const Mistakes& mistakes(const Resource& resource);

/// Whether a field that is missing from the mapping may yet come: an overlay adds to the resource, or one of the keys there is a slip for
/// it, which is a finding of its own.
bool may_get(const Resource& resource, yaml::Node mapping, std::span<const std::string_view> names);
inline bool may_get(const Resource& resource, yaml::Node mapping, std::initializer_list<std::string_view> names) {
  return may_get(resource, mapping, std::span(names.begin(), names.size()));
}

}  // namespace hop
