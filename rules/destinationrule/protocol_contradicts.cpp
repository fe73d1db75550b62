// An upgrade to HTTP/2 beside the client's own protocol.
#include "model/istio/traffic_policy.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node policy : istio::traffic_policies(resource)) {
    const yaml::Node http = policy["connectionPool"]["http"];
    const auto client = boolean_of(http["useClientProtocol"]);
    const auto upgrade = text_of(http["h2UpgradePolicy"]);
    if (!client.is_known() || !*client || upgrade.equals("UPGRADE") != Truth::yes) continue;
    report.at(resource, client.node(), "`useClientProtocol` keeps the protocol that `h2UpgradePolicy` changes")
        .alias("IST0106")
        .note(upgrade.node(), "the upgrade");
  }
}

}  // namespace

extern constinit const Rule destinationrule_protocol_contradicts = {
    .info = {.id = "destinationrule-protocol-contradicts",
             .summary = "a connection pool upgrades to HTTP/2 and keeps the client's protocol at once",
             .docs = "`useClientProtocol: true` calls with the protocol of the request as it came; `h2UpgradePolicy: UPGRADE` "
                     "always calls with HTTP/2. Only one can be.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::destination_rule},
    .check_one = check_one,
};

}  // namespace hop::rules
