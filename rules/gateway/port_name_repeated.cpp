// Servers that share a port name.
#include <map>

#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  std::map<std::string_view, yaml::Node> seen;
  for (yaml::Node server : Gateway(resource).servers()) {
    const auto name = text_of(server["port"]["name"]);
    if (!name.is_known() || (*name).empty()) continue;
    const auto [first, fresh] = seen.emplace(*name, name.node());
    if (fresh) continue;
    report.at(resource, name.node(), format("two servers have the port name `{}`", *name))
        .alias("IST0106")
        .note(first->second, "the other one");
  }
}

}  // namespace

extern constinit const Rule gateway_port_name_repeated = {
    .info = {.id = "gateway-port-name-repeated",
             .summary = "two servers of a Gateway have one port name",
             .docs = "Port names are unique within a Gateway, also of servers on one port: `https-shop` and `https-mail`.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
