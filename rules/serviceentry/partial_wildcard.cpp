// Wildcards for a part of a label.
#include "model/istio/value_syntax.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const ServiceEntry entry(resource);
  if (text_of(entry.spec()["resolution"]).equals("DYNAMIC_DNS") != Truth::no) return;
  for (yaml::Node node : entry.hosts()) {
    const auto host = text_of(node);
    if (!host.is_known() || !istio::is_partial_wildcard(*host) || !istio::is_wildcard_name(*host)) continue;
    report.at(resource, node, format("`{}` has a wildcard for a part of a label", *host)).alias("IST0133");
  }
}

}  // namespace

extern constinit const Rule serviceentry_partial_wildcard = {
    .info = {.id = "serviceentry-partial-wildcard",
             .summary = "a host of a ServiceEntry has a wildcard for a part of a label",
             .docs = "Envoy matches whole labels: `*.partner.example`. What `*-eu.partner.example` matches is not defined.",
             .effect = "requests to these hosts are not matched",
             .source = "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry",
             .severity = Severity::warning,
             .aliases = {"IST0133"}},
    .reads = {Kind::service_entry},
    .check_one = check_one,
};

}  // namespace hop::rules
