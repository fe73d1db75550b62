#include "model/resource.h"

#include "model/k8s/views.h"
#include "text/format.h"

namespace hop {

void Resource::read(yaml::Node at) {
  root = at;
  const yaml::Node spec = at["spec"], metadata = at["metadata"];
  spec_ = yaml::Part(spec);
  metadata_ = yaml::Part(metadata);
  labels_ = yaml::Part(metadata["labels"]);
  annotations_ = yaml::Part(metadata["annotations"]);
  if (!workload_kinds.has(kind)) return;
  const yaml::Node pods = kind == Kind::pod ? at : kind == Kind::cron_job ? spec["jobTemplate"]["spec"]["template"] : spec["template"];
  pods_ = yaml::Part(pods);
  pod_labels_ = yaml::Part(pods["metadata"]["labels"]);
  pod_annotations_ = yaml::Part(pods["metadata"]["annotations"]);
  pod_spec_ = yaml::Part(pods["spec"]);
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
