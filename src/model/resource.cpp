#include "model/resource.h"

#include "text/format.h"

namespace hop {

std::string title(const Resource& resource) {
  if (resource.ns.empty()) return format("{} {}", resource.kind_name, resource.name);
  return format("{} {}/{}", resource.kind_name, resource.ns, resource.name);
}

ObjectId object_id(const Resource& resource) {
  ObjectId object;
  object.api_version = resource.api_version;
  object.kind = resource.kind_name;
  object.name = resource.name;
  // A kind outside the table says nothing of its scope: without a namespace it may be either, and "default" is what kubectl would use.
  if (!resource.cluster_scoped()) object.ns = resource.ns.empty() ? "default" : std::string(resource.ns);
  return object;
}

}  // namespace hop
