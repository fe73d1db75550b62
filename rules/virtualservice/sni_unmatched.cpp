// TLS routes whose server names are missing or none of the hosts.
#include "model/address.h"
#include "model/host.h"
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool among_hosts(const VirtualService& vs, std::string_view sni) {
  for (yaml::Node node : vs.hosts()) {
    const auto host = text_of(node);
    if (!host.is_known() || host_covers(*host, sni)) return true;
  }
  return vs.hosts().empty();
}

void check_match(const VirtualService& vs, yaml::Node match, Report& report) {
  // That the field is not there at all is another rule's business.
  if (match["sniHosts"].is_sequence() && match["sniHosts"].size() == 0) {
    report.at_key(*vs, match["sniHosts"], "a match of a TLS route needs `sniHosts`").alias("IST0106");
  }
  for (yaml::Node node : match["sniHosts"].items()) {
    const auto sni = text_of(node);
    if (!sni.is_known()) continue;
    if (is_ip_address(*sni)) {
      report.at(vs, node, format("`{}` is an IP address, which clients do not send as server name", *sni))
          .alias("IST0133")
          .severity(Severity::warning)
          .effect("the route is hardly ever taken");
    } else if (istio::is_wildcard_name(*sni) && !among_hosts(vs, *sni)) {
      report.at(vs, node, format("server name {} is covered by none of the hosts", istio::shown(*sni)))
          .alias("IST0106")
          .note(vs.spec()["hosts"].key_span(), "the hosts");
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (yaml::Node route : vs.spec()["tls"].items()) {
    if (route["match"].is_sequence() && route["match"].size() == 0) {
      report.at_key(resource, route["match"], "a TLS route needs a `match` with `sniHosts`").alias("IST0106");
    }
    for (yaml::Node match : route["match"].items()) check_match(vs, match, report);
  }
}

}  // namespace

extern constinit const Rule virtualservice_sni_unmatched = {
    .info = {.id = "virtualservice-sni-unmatched",
             .summary = "a TLS route has no server names, or some that are none of its hosts",
             .docs = "TLS routes are chosen by the server name that the client sends. Each match lists some in `sniHosts`, and "
                     "each is one of the `hosts`, or covered by one of them. IP addresses are no server names.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
