// Two ports of one name or number in one ServiceEntry.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string protocol_of(yaml::Node port) { return lower(text_of(port["protocol"]).value_or("tcp")); }

void report_number(const Resource& resource, yaml::Node port, yaml::Node first, Report& report) {
  Finding finding = report.at(resource, port["number"], format("two ports have the number {}", port["number"].str()));
  finding.alias("IST0106").note(first["number"], "the other one");
  if (text_of(port["protocol"]).is_unknown() || text_of(first["protocol"]).is_unknown()) return;
  if (protocol_of(port) == protocol_of(first)) {
    finding.alias("KIA1211");
  } else {
    finding.alias("IST0177").alias("KIA1212");
  }
}

void check_one(const Resource& resource, Report& report) {
  std::map<std::string_view, yaml::Node> names;
  std::map<std::int64_t, yaml::Node> numbers;
  for (yaml::Node port : ServiceEntry(resource).ports()) {
    const auto name = text_of(port["name"]);
    const auto number = integer_of(port["number"]);
    if (number.is_known()) {
      const auto [first, fresh] = numbers.emplace(*number, port);
      if (!fresh) {
        report_number(resource, port, first->second, report);
        continue;
      }
    }
    if (!name.is_known() || (*name).empty()) continue;
    const auto [first, fresh] = names.emplace(*name, name.node());
    if (fresh) continue;
    report.at(resource, name.node(), format("two ports have the name `{}`", *name)).alias("IST0106").note(first->second, "the other one");
  }
}

}  // namespace

extern constinit const Rule serviceentry_port_defined_twice = {
    .info = {.id = "serviceentry-port-defined-twice",
             .summary = "two ports of a ServiceEntry have one name or one number",
             .docs = "Names and numbers of ports are unique within a ServiceEntry. For one number with two protocols write two "
                     "ServiceEntries with hosts of their own.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServicePort",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0177", "KIA1211", "KIA1212"}},
    .reads = {Kind::service_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
