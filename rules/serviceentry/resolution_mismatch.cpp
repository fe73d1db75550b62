// What a ServiceEntry holds does not fit how it is resolved.
#include "model/address.h"
#include "model/host.h"
#include "model/istio/value_syntax.h"
#include "model/port.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What the entry holds, read once.
struct Entry {
  const Resource& resource;
  yaml::Node spec = resource.spec();
  Value<std::string_view> resolution = text_of(spec["resolution"]);
  Report& report;

  Finding say(yaml::Node place, std::string message) const {
    Finding finding =
        place.is_sequence() ? report.at_key(resource, place, std::move(message)) : report.at(resource, place, std::move(message));
    finding.alias("IST0106");
    if (resolution.is_known()) finding.note(resolution.node(), "the resolution");
    return finding;
  }
};

void check_addresses(const Entry& entry) {
  for (yaml::Node node : entry.spec["addresses"].items()) {
    if (!is_cidr(node.str())) continue;
    entry.say(node, format("`{}` is a range, which is not resolved by DNS", node.str()));
  }
}

void check_dns_hosts(const Entry& entry) {
  if (entry.spec["endpoints"].size() > 0) return;
  for (yaml::Node node : entry.spec["hosts"].items()) {
    const auto host = text_of(node);
    if (host.is_known() && is_wildcard(*host)) entry.say(node, format("`{}` cannot be looked up: name a host, or `endpoints`", *host));
  }
}

/// The webhook takes it, and nothing stands behind the host.
void check_static_empty(const Entry& entry) {
  if (entry.resource.patched || entry.spec["endpoints"].size() > 0 || entry.spec["endpoints"].is_scalar()) return;
  if (entry.spec["workloadSelector"]) return;
  entry.report.at(entry.resource, entry.resolution.node(), "`STATIC` takes addresses from `endpoints`, and there are none")
      .effect("requests to the host fail with 503 (no healthy upstream)");
}

void check_static(const Entry& entry) {
  check_static_empty(entry);
  for (yaml::Node endpoint : entry.spec["endpoints"].items()) {
    const auto address = text_of(endpoint["address"]);
    if (!address.is_known() || (*address).empty() || is_ip_address(*address) || (*address).starts_with("unix://")) continue;
    if (istio::is_dns_name(*address)) entry.say(address.node(), format("`{}` is a name; STATIC endpoints have IP addresses", *address));
  }
}

void check_dynamic(const Entry& entry) {
  for (yaml::Node node : entry.spec["hosts"].items()) {
    const auto host = text_of(node);
    if (host.is_known() && !is_wildcard(*host)) entry.say(node, format("`{}` has no wildcard; `DYNAMIC_DNS` is for those", *host));
  }
  for (const std::string_view field : {"addresses", "endpoints"}) {
    if (entry.spec[field].size() > 0) entry.say(entry.spec[field], format("`DYNAMIC_DNS` takes no `{}`", field));
  }
  for (yaml::Node port : entry.spec["ports"].items()) {
    const auto word = text_of(port["protocol"]);
    const Protocol protocol = word.is_known() ? parse_protocol(*word) : Protocol::unknown;
    const bool fits = speaks_http(protocol) || speaks_tls(protocol) || word.is_unknown();
    if (!fits) entry.say(word.node(), "`DYNAMIC_DNS` needs a protocol that names the host: HTTP or TLS");
  }
}

/// Workloads are looked up for STATIC entries only.
void check_selector(const Entry& entry, std::string_view how) {
  const yaml::Node selector = entry.spec["workloadSelector"];
  if (!selector.is_mapping() || how == "STATIC" || how == "DYNAMIC_DNS") return;
  entry.report
      .at_key(entry.resource, selector,
              format("workloads are selected for STATIC entries, and this one is {}", how == "NONE" ? "NONE" : "DNS"))
      .alias("IST0133")
      .severity(Severity::warning)
      .effect("the selector is ignored, or its workloads are taken where DNS was meant");
}

void check_one(const Resource& resource, Report& report) {
  const Entry entry{.resource = resource, .report = report};
  if (entry.resolution.is_unknown()) return;
  const std::string_view how = entry.resolution.value_or("NONE");
  const yaml::Node endpoints = entry.spec["endpoints"];
  const bool dns = how == "DNS" || how == "DNS_ROUND_ROBIN";
  if (how == "NONE" && endpoints.size() > 0) entry.say(endpoints, "without a resolution there are no `endpoints`: say STATIC or DNS");
  if (how == "STATIC") check_static(entry);
  if (dns || how == "DYNAMIC_DNS") check_addresses(entry);
  if (dns) check_dns_hosts(entry);
  if (how == "DNS_ROUND_ROBIN" && endpoints.size() > 1) entry.say(endpoints, "`DNS_ROUND_ROBIN` takes one endpoint at most");
  if (how == "DYNAMIC_DNS") check_dynamic(entry);
  check_selector(entry, how);
}

}  // namespace

extern constinit const Rule serviceentry_resolution_mismatch = {
    .info = {.id = "serviceentry-resolution-mismatch",
             .summary = "the hosts, addresses or endpoints of a ServiceEntry do not fit its `resolution`",
             .docs = "NONE (also where nothing is written) takes requests to the address they have and has no endpoints. STATIC "
                     "has endpoints with IP addresses, or selects workloads. DNS looks names up, so without endpoints the hosts are full "
                     "names, and "
                     "addresses are no ranges. DNS_ROUND_ROBIN has one endpoint at most. DYNAMIC_DNS is for wildcard hosts of "
                     "HTTP and TLS ports.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"}},
    .reads = {Kind::service_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
