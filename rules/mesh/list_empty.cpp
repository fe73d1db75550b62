// Lists that need at least one entry.
#include "model/field_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Row {
  Kind kind;
  std::string_view path;
};

constexpr Row rows[] = {
    {Kind::gateway, "spec.servers[].hosts"}, {Kind::service_entry, "spec.hosts"}, {Kind::sidecar, "spec.egress[].hosts"}};

void check_one(const Resource& resource, Report& report) {
  for (const Row& row : rows) {
    if (row.kind != resource.kind) continue;
    for (yaml::Node list : nodes_at(resource.root, row.path)) {
      if (list.is_sequence() && list.size() == 0) report.at_key(resource, list, "this list needs at least one host").alias("IST0106");
    }
  }
}

}  // namespace

extern constinit const Rule mesh_list_empty = {
    .info = {.id = "mesh-list-empty",
             .summary = "a list of hosts is empty",
             .docs = "A server of a Gateway, a ServiceEntry and an egress listener of a Sidecar have at least one host.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Server",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway, Kind::service_entry, Kind::sidecar},
    .check_one = check_one,
};

}  // namespace hop::rules
