// Annotations that EKS Auto Mode does not know.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view unsupported[] = {"group.name", "waf-acl-id", "web-acl-id", "shield-advanced-protection"};

void check_member(const AlbAnnotated& annotated, const Resource& ingress_class, Report& report) {
  const auto tell = [&](yaml::Node value, std::string message) {
    report.at_key(*annotated.resource, value, std::move(message))
        .note(IngressClass(ingress_class).controller().node(), "the class is Auto Mode's");
  };
  for (std::string_view suffix : unsupported) {
    if (const AlbAnnotation* annotation = annotated.find(suffix))
      tell(annotation->value, format("`{}` is not read by EKS Auto Mode", suffix));
  }
  if (const auto type = annotated.text("auth-type"); type.equals("oidc") == Truth::yes)
    tell(type.node(), "`oidc` is not supported by EKS Auto Mode");
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    for (const GroupMember& member : group.members) {
      if (member.ingress_class == nullptr) continue;
      if (IngressClass(*member.ingress_class).controller().equals(alb::auto_mode_controller) != Truth::yes) continue;
      if (const AlbAnnotated* annotated = graph.alb_annotated_of(*member.ingress)) check_member(*annotated, *member.ingress_class, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_unsupported_in_auto_mode = {
    .info = {.id = "alb-unsupported-in-auto-mode",
             .summary = "an Ingress of EKS Auto Mode uses annotations that Auto Mode does not support",
             .docs =
                 "Auto Mode's own controller reads most annotations of the AWS Load Balancer Controller, but not `group.name` (the class's "
                 "parameters have `group.name`), WAF Classic, Shield and OIDC authentication.",
             .effect = "the annotation is ignored: no shared load balancer, no protection, no sign-in",
             .source = "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html",
             .severity = Severity::warning},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
