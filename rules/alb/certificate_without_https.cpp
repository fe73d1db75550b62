// Settings of HTTPS on an Ingress that listens for HTTP only.
#include <algorithm>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether `listen-ports` parses and holds no HTTPS.
bool has_http_only(yaml::Node listen_ports) {
  const auto document = aws::json_in(listen_ports);
  if (document == nullptr || !document->root().is_sequence() || document->root().size() == 0) return false;
  for (yaml::Node item : document->root().items()) {
    for (const auto& [key, port] : item.entries()) {
      if (key.str() != "HTTP") return false;
    }
  }
  return true;
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const AlbAnnotation* ports = annotated.is_ingress() ? annotated.find("listen-ports") : nullptr;
    if (ports == nullptr || !ports->text().is_known() || !has_http_only(ports->value)) continue;
    for (std::string_view suffix : {"certificate-arn", "ssl-policy", "create-acm-cert"}) {
      const AlbAnnotation* unused = annotated.find(suffix);
      if (unused == nullptr || (suffix == "certificate-arn" && aws::string_list(unused->value.str()).empty())) continue;
      report.at_key(*annotated.resource, unused->value, format("`{}` is unused: the Ingress listens for HTTP only", suffix))
          .note(ports->value, "no HTTPS among the listen ports");
      break;  // one cause
    }
  }
}

}  // namespace

extern constinit const Rule alb_certificate_without_https = {
    .info = {.id = "alb-certificate-without-https",
             .summary = "an ALB Ingress has a certificate or TLS policy, but its `listen-ports` have no HTTPS",
             .docs =
                 "Certificates and policies belong to the HTTPS listeners that the same Ingress opens. Once `listen-ports` is written, a "
                 "certificate no longer brings a listener on 443 with it: add `{\"HTTPS\": 443}`.",
             .effect = "no HTTPS listener of this Ingress is made; its requests travel in plain text or are refused",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#listen-ports",
             .severity = Severity::warning},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
