#pragma once
// A setting in force and where it comes from. Knows nothing of what it is for.

#include <string_view>

#include "model/resource.h"

namespace hop {

struct Setting {
  std::string_view value;            ///< "" also for a list or mapping: see `node`
  yaml::Node node;                   ///< what says so: an annotation's value, a field, a flag; absent for a default nobody wrote
  const Resource* set_by = nullptr;  ///< who says so; nullptr for a default nobody wrote
  bool known = true;                 ///< false for a placeholder
  bool is(std::string_view word) const { return known && value == word; }
  /// Whether an object of this kind says so: an Ingress or a Service by annotation, IngressClassParams by field, what installs the
  /// controller by a flag.
  bool from(Kind kind) const { return set_by != nullptr && set_by->kind == kind; }
};

}  // namespace hop
