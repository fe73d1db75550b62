#pragma once
// Makes a tree smaller by dropping what nobody will read.

#include <memory>

#include "yaml/tree.h"

namespace hop {

/// The tree of a CustomResourceDefinition without everything but its apiVersion, kind and metadata: schemas are most of the bytes in many
/// repositories, and no rule reads them. Other trees, and those with aliases, tags, or anything wrong, come back as they are.
std::shared_ptr<const yaml::Tree> without_schemas(std::shared_ptr<const yaml::Tree> tree);

}  // namespace hop
