#pragma once
// What a template would make, as far as its text says it without being filled in. For documents that are skipped: they are no YAML.

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.h"

namespace hop {

struct TemplateObject {
  Kind kind = Kind::other;
  std::string name;  ///< "" where only the filled-in template says it
  friend bool operator==(const TemplateObject&, const TemplateObject&) = default;
};

/// The objects of kinds in the table, in the order of their `kind:` lines; those whose kind is a placeholder are left out.
std::vector<TemplateObject> objects_of_template(std::string_view text);

}  // namespace hop
