// Gateways named in the old form, as if they were hosts.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_name(const Resource& resource, yaml::Node name, Report& report) {
  const auto text = text_of(name);
  if (!text.is_known() || (*text).find('.') == std::string_view::npos || (*text).find('/') != std::string_view::npos) return;
  Finding finding = report.at(resource, name, format("`{}` is the old form of a Gateway's name", *text));
  finding.alias("IST0133").alias("KIA1108");
  const std::size_t dot = (*text).find('.');
  const std::string now = format("{}/{}", (*text).substr(dot + 1, (*text).find('.', dot + 1) - dot - 1), (*text).substr(0, dot));
  finding.fix(format("write `{}`", now), name, now);
}

void check_one(const Resource& resource, Report& report) {
  const VirtualService vs(resource);
  for (yaml::Node name : vs.gateways()) check_name(resource, name, report);
  for (const char* list : {"http", "tls", "tcp"}) {
    for (yaml::Node route : vs.spec()[list].items()) {
      for (yaml::Node match : route["match"].items()) {
        for (yaml::Node name : match["gateways"].items()) check_name(resource, name, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule virtualservice_gateway_dotted = {
    .info =
        {.id = "virtualservice-gateway-dotted",
         .summary = "a Gateway is named in the old form with dots",
         .docs =
             "`name.namespace`, with or without `.svc.cluster.local`, is understood, but documented no more; the form is `namespace/name`.",
         .effect = "none for now",
         .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
         .severity = Severity::info,
         .group = Group::policy,
         .aliases = {"IST0133", "KIA1108"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
