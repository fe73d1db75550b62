#include "model/resource.h"

#include "model/k8s/views.h"
#include "text/format.h"

namespace hop {

void Resource::read(yaml::Node at) {
  root = at;
  spec_ = at["spec"];
  metadata_ = at["metadata"];
  labels_ = metadata_["labels"];
  annotations_ = metadata_["annotations"];
  if (!workload_kinds.has(kind)) return;
  pods_.root = kind == Kind::pod ? at : kind == Kind::cron_job ? spec_["jobTemplate"]["spec"]["template"] : spec_["template"];
  pods_.labels = pods_.root["metadata"]["labels"];
  pods_.annotations = pods_.root["metadata"]["annotations"];
  pods_.spec = pods_.root["spec"];
}

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
