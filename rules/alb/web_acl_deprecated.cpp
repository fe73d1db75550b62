// The web application firewall of old.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (!annotated.is_ingress()) continue;
    for (const AlbAnnotation& annotation : annotated.all) {
      const bool classic = annotation.suffix == "web-acl-id" || annotation.suffix == "waf-acl-id";
      if (!classic || annotation.value.str() == "none") continue;
      report.at_key(*annotated.resource, annotation.value, format("`{}` attaches a web ACL of WAF Classic", annotation.suffix));
    }
  }
}

}  // namespace

extern constinit const Rule alb_web_acl_deprecated = {
    .info = {.id = "alb-web-acl-deprecated",
             .summary = "an ALB Ingress attaches a web ACL of WAF Classic",
             .docs = "AWS has retired WAF Classic; `web-acl-id` is the old name of its `waf-acl-id`. Web ACLs of today are attached by "
                     "`wafv2-acl-arn`.",
             .effect = "the ALB stands without a firewall once WAF Classic no longer filters",
             .source = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-migrating-from-classic.html",
             .severity = Severity::info,
             .group = Group::deprecation},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
