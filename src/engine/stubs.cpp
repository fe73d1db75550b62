#include "engine/stubs.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "engine/yaml_writer.h"
#include "model/k8s/views.h"

namespace hop {
namespace {

/// Whose values decide about traffic: their presence must not get lost, or a rule would take the default for the fact.
constexpr std::string_view telling_prefixes[] = {"alb.ingress.kubernetes.io/", "service.beta.kubernetes.io/aws-load-balancer-",
                                                 "networking.istio.io/",       "sidecar.istio.io/",
                                                 "traffic.sidecar.istio.io/",  "ambient.istio.io/"};
constexpr std::string_view left_out = "${left-out}";

bool is_telling(std::string_view annotation) {
  for (const std::string_view prefix : telling_prefixes) {
    if (annotation.starts_with(prefix)) return true;
  }
  return false;
}

/// Something else makes it, and its labels and ports with it.
bool is_made_by_another(const Resource& resource) {
  for (yaml::Node owner : resource.metadata()["ownerReferences"].items()) {
    if (owner["controller"].boolean() == true) return true;
  }
  return false;
}

bool makes_pods(Kind kind) {
  const auto kinds = Workload::kinds();
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

class Writer {
 public:
  std::string text() const { return out_.finish(); }

  void write(const Resource& resource) {
    out_.begin_document().begin_map();
    out_.pair("apiVersion", resource.api_version).pair("kind", resource.kind_name);
    out_.key("metadata").begin_map().key("name").string(resource.name);
    if (!resource.ns.empty()) out_.key("namespace").string(resource.ns);
    metadata(resource.metadata());
    out_.end_map();
    if (resource.kind == Kind::service) service(Service(resource));
    if (makes_pods(resource.kind)) workload(Workload(resource));
    out_.end_map();
  }

 private:
  void scalars(std::string_view name, yaml::Node mapping) {
    if (mapping.size() == 0) return;
    out_.key(name).begin_map();
    for (const yaml::Entry& entry : mapping.entries()) out_.key(entry.key.str()).string(entry.value.str());
    out_.end_map();
  }

  void metadata(yaml::Node metadata) {
    scalars("labels", metadata["labels"]);
    bool any = false;
    for (const yaml::Entry& entry : metadata["annotations"].entries()) {
      if (!is_telling(entry.key.str())) continue;
      if (!any) out_.key("annotations").begin_map();
      any = true;
      out_.key(entry.key.str()).string(left_out);
    }
    if (any) out_.end_map();
  }

  /// Of each item only these fields. A number stays one, and a text that reads as a number stays a text.
  void list(std::string_view name, yaml::Node items, std::initializer_list<std::string_view> fields) {
    if (items.size() == 0) return;
    out_.key(name).begin_list();
    for (yaml::Node item : items.items()) {
      out_.begin_map();
      for (const std::string_view field : fields) {
        const yaml::Node value = item[field];
        if (!value.is_scalar()) continue;
        out_.key(field);
        value.is_string() ? out_.string(value.str()) : out_.plain(value.str());
      }
      out_.end_map();
    }
    out_.end_list();
  }

  void service(const Service& service) {
    const yaml::Node spec = service.spec();
    out_.key("spec").begin_map();
    if (spec["type"].is_scalar()) out_.pair("type", spec["type"].str());
    if (spec["clusterIP"].str() == "None") out_.pair("clusterIP", "None");
    if (spec["externalName"].is_scalar()) out_.key("externalName").string(spec["externalName"].str());
    scalars("selector", spec["selector"]);
    list("ports", spec["ports"], {"name", "port", "targetPort", "nodePort", "protocol", "appProtocol"});
    out_.end_map();
  }

  /// What makes pods has them below `template`, a CronJob below its job's.
  void workload(const Workload& workload) {
    const bool is_pod = workload->kind == Kind::pod;
    const bool is_cron_job = workload->kind == Kind::cron_job;
    out_.key("spec").begin_map();
    if (is_cron_job) out_.key("jobTemplate").begin_map().key("spec").begin_map();
    if (!is_pod) {
      out_.key("template").begin_map().key("metadata").begin_map();
      metadata(workload.pod()["metadata"]);
      out_.end_map().key("spec").begin_map();
    }
    containers("initContainers", workload.pod_spec());
    containers("containers", workload.pod_spec());
    if (!is_pod) out_.end_map().end_map();
    if (is_cron_job) out_.end_map().end_map();
    out_.end_map();
  }

  void containers(std::string_view name, yaml::Node pod_spec) {
    const yaml::Node containers = pod_spec[name];
    if (containers.size() == 0) return;
    out_.key(name).begin_list();
    for (yaml::Node container : containers.items()) {
      out_.begin_map().key("name").string(container["name"].str());
      list("ports", container["ports"], {"name", "containerPort", "protocol"});
      out_.end_map();
    }
    out_.end_list();
  }

  YamlText out_;
};

}  // namespace

Stubs make_stubs(const Graph& graph) {
  Stubs stubs;
  Writer writer;
  for (const Resource& resource : graph.resources()) {
    if (!resource.linted()) continue;
    if (resource.name.empty() || is_made_by_another(resource)) {
      ++stubs.left_out;
      continue;
    }
    writer.write(resource);
    ++stubs.written;
  }
  stubs.yaml = writer.text();
  return stubs;
}

}  // namespace hop
