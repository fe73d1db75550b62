// Ports of endpoints that the ServiceEntry does not have.
#include <algorithm>

#include "model/field_path.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const ServiceEntry entry(resource);
  std::vector<std::string_view> names;
  for (yaml::Node port : entry.ports()) {
    const auto name = text_of(port["name"]);
    if (!name.is_known()) return;
    names.push_back(*name);
  }
  for (const Field& field : fields_at(entry.spec(), "endpoints[].ports.@")) {
    const auto name = text_of(field.key);
    if (!name.is_known() || std::find(names.begin(), names.end(), *name) != names.end()) continue;
    Finding finding = report.at_key(resource, field.node, format("the ServiceEntry has no port `{}`", *name));
    finding.alias("IST0106");
    if (names.empty()) continue;
    finding.note(entry.spec()["ports"].key_span(), format("it has {}", list_words(names)));
    if (const auto meant = nearest(*name, names)) {
      if (auto edit = rename_key(field.node, *meant)) finding.fix(format("change it to `{}`", *meant), {*edit}, Safety::unsafe);
    }
  }
}

}  // namespace

extern constinit const Rule serviceentry_endpoint_port_undefined = {
    .info = {.id = "serviceentry-endpoint-port-undefined",
             .summary = "an endpoint has a port that its ServiceEntry does not define",
             .docs = "The keys of an endpoint's `ports` are names of the entry's own `ports`; the values are the numbers that "
                     "the endpoint listens on.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/workload-entry/#WorkloadEntry",
             .severity = Severity::error,
             .aliases = {"IST0106"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::service_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
