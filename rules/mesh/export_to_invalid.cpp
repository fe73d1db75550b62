// `exportTo` lists that contradict themselves.
#include <map>

#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// `.` is the namespace of the object.
std::string_view meant(const Resource& resource, std::string_view entry) {
  return entry == "." && !resource.ns.empty() ? resource.ns : entry;
}

/// What is wrong with an entry on its own; "" for nothing.
std::string fault(const Resource& resource, std::string_view entry, std::size_t count) {
  const bool everybody = entry == "*";
  const bool nobody = entry == "~";
  if (nobody && resource.kind != Kind::service_entry) return "`~` (nobody) is for ServiceEntries only";
  if ((everybody || nobody) && count > 1) return format("`{}` stands beside other namespaces", entry);
  if (everybody || nobody || entry == "." || istio::is_dns_label(entry)) return "";
  return format("{} can be no namespace", istio::shown(entry));
}

void check_one(const Resource& resource, Report& report) {
  const yaml::Node list = resource.spec()["exportTo"];
  std::map<std::string_view, yaml::Node> seen;
  for (yaml::Node node : list.items()) {
    const auto entry = text_of(node);
    if (!entry.is_known()) continue;
    const auto [first, fresh] = seen.emplace(meant(resource, *entry), node);
    if (!fresh) {
      report.at(resource, node, format("`{}` stands twice", *entry)).alias("IST0106").note(first->second, "the other one");
    } else if (std::string why = fault(resource, *entry, list.size()); !why.empty()) {
      report.at(resource, node, std::move(why)).alias("IST0106");
    } else if (resource.kind == Kind::destination_rule && resource.spec()["workloadSelector"].is_mapping() && *entry != "." &&
               *entry != resource.ns && resource.ns_known && !resource.ns.empty()) {
      report.at(resource, node, "a DestinationRule with a `workloadSelector` stays in its namespace").alias("IST0106");
    }
  }
}

}  // namespace

extern constinit const Rule mesh_export_to_invalid = {
    .info = {.id = "mesh-export-to-invalid",
             .summary = "`exportTo` repeats a namespace, or names what does not go together",
             .docs = "`exportTo` lists namespaces, with `.` for the object's own; `*` stands alone; `~` (nobody) stands alone "
                     "and is for ServiceEntries. A DestinationRule with a `workloadSelector` cannot be exported to other "
                     "namespaces.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service, Kind::destination_rule, Kind::service_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
