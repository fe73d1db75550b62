// Several hosts that nothing tells apart.
#include "model/port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const ServiceEntry entry(resource);
  const auto resolution = text_of(entry.spec()["resolution"]);
  if (!resolution.is_known() || *resolution == "NONE" || entry.spec()["hosts"].size() < 2) return;
  for (yaml::Node port : entry.ports()) {
    const auto word = text_of(port["protocol"]);
    const Protocol protocol = word.is_known() ? parse_protocol(*word) : Protocol::unknown;
    const bool unclear = word.is_unknown() || (word.is_known() && protocol == Protocol::unknown && !(*word).empty());
    if (unclear || speaks_http(protocol) || speaks_tls(protocol)) continue;
    report
        .at(resource, word.node(),
            format("the hosts cannot be told apart on a port of {}", word.is_absent() || (*word).empty() ? "no protocol" : "plain TCP"))
        .alias("IST0106")
        .note(entry.spec()["hosts"].key_span(), "the hosts");
    return;
  }
}

}  // namespace

extern constinit const Rule serviceentry_hosts_share_tcp_port = {
    .info = {.id = "serviceentry-hosts-share-tcp-port",
             .summary = "several hosts of a ServiceEntry share a port that does not tell them apart",
             .docs = "HTTP requests name their host, and so does TLS. Plain TCP does not: an entry with a TCP port has one "
                     "host, unless its `resolution` is NONE.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::service_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
