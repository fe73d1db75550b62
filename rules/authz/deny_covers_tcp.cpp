// DENY rules on requests that deny plain TCP altogether.
#include <initializer_list>

#include "rule/rule.h"

namespace hop::rules {
namespace {

bool any_of(yaml::Node block, std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) {
    if (block[field]) return true;
  }
  return false;
}

void check_rule(const Resource& resource, yaml::Node rule, Report& report) {
  bool on_peer = false;
  bool on_port = false;
  for (yaml::Node from : rule["from"].items()) {
    on_peer = on_peer || any_of(from["source"], {"principals", "notPrincipals", "namespaces", "notNamespaces", "ipBlocks", "notIpBlocks",
                                                 "remoteIpBlocks", "notRemoteIpBlocks", "serviceAccounts", "notServiceAccounts"});
  }
  for (yaml::Node to : rule["to"].items()) on_port = on_port || any_of(to["operation"], {"ports", "notPorts"});
  const bool has_from = rule["from"].size() > 0;
  const bool has_to = rule["to"].size() > 0;
  const bool only_requests = (has_from && !has_to && !on_peer) || (has_to && !on_port);
  if (!only_requests) return;
  report.at_key(resource, rule[has_to ? "to" : "from"], "on plain TCP this rule denies every connection: it has no port").alias("IST0133");
}

void check_one(const Resource& resource, Report& report) {
  if (text_of(resource.spec()["action"]).equals("DENY") != Truth::yes) return;
  for (yaml::Node rule : resource.spec()["rules"].items()) check_rule(resource, rule, report);
}

}  // namespace

extern constinit const Rule authz_deny_covers_tcp = {
    .info = {.id = "authz-deny-covers-tcp",
             .summary = "a DENY rule on requests denies all connections of TCP ports",
             .docs = "On a port that is not HTTP there are no requests to look at, and a DENY rule leaves out what it cannot "
                     "look at: methods, paths, hosts, JWTs. What remains fits every connection. Name the HTTP ports in "
                     "`operation.ports`.\n\nInfo: harmless where every port of the workloads is HTTP.",
             .effect = "connections to TCP ports of the workloads are refused",
             .source = "https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/",
             .severity = Severity::info,
             .group = Group::security,
             .aliases = {"IST0133"}},
    .reads = {Kind::authorization_policy},
    .check_one = check_one,
};

}  // namespace hop::rules
