// Authentication switched on without what it needs.
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool has_identity_keys(const Resource& secret) {
  if (secret.opaque || secret.kind != Kind::secret) return true;
  const Secret view(secret);
  return (view.entry("clientID") || view.entry("clientId")) && view.entry("clientSecret");
}

/// The client's id and secret lie in a Secret beside the Ingress.
void check_secret(const Graph& graph, const AlbAnnotated& annotated, const AlbAnnotation& provider, Report& report) {
  const auto document = provider.text().is_known() ? aws::json_in(provider.value) : nullptr;
  if (document == nullptr) return;
  const yaml::Node name = aws::json_member(document->root(), "secretName");
  if (!text_of(name).is_known() || name.str().empty()) return;
  const Lookup found = graph.find(*annotated.resource, Kind::secret, annotated.resource->ns, name.str());
  if (found.found() && !found.any(has_identity_keys)) {
    report
        .at(*annotated.resource, provider.value, name.span(),
            format("the Secret `{}` lacks `clientID` or `clientSecret`", shorten(name.str())))
        .note(found.target->name_node(), "the Secret");
  } else if (found.missing()) {
    report
        .at(*annotated.resource, provider.value, name.span(),
            format("the Secret `{}` does not exist beside the Ingress", shorten(name.str())))
        .missing(found)
        .target(format("Secret {}", name.str()));
  }
}

/// Whether a Service behind the Ingress describes the provider.
bool stands_on_service(const Graph& graph, const Resource& ingress, std::string_view suffix) {
  const std::string key = std::string(alb::prefix) + std::string(suffix);
  for (const TargetGroup& group : graph.target_groups_of(ingress)) {
    if (group.service.target != nullptr && group.service.target->annotation(key)) return true;
  }
  return false;
}

void check_annotated(const Graph& graph, const AlbAnnotated& annotated, Report& report) {
  const auto type = annotated.text("auth-type");
  if (!type.is_known() || (*type != "oidc" && *type != "cognito")) return;
  const std::string wanted = format("auth-idp-{}", *type);
  const AlbAnnotation* provider = annotated.find(wanted);
  // The other half may stand on the Ingress, or on the Service.
  if (provider == nullptr && annotated.is_ingress() && !stands_on_service(graph, *annotated.resource, wanted))
    report.at(*annotated.resource, type.node(), format("`auth-type: {}` needs `{}`, which is not here", *type, wanted));
  if (annotated.is_ingress()) {
    if (const AlbAnnotation* tokens = annotated.find("jwt-validation"))
      report.at(*annotated.resource, type.node(), format("`auth-type: {}` and `jwt-validation` exclude each other", *type))
          .note(tokens->value, "checks tokens");
  }
  if (provider != nullptr && *type == "oidc") check_secret(graph, annotated, *provider, report);
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) check_annotated(graph, annotated, report);
}

}  // namespace

extern constinit const Rule alb_authentication_incomplete = {
    .info = {.id = "alb-authentication-incomplete",
             .summary = "an ALB is to authenticate users but lacks its identity provider",
             .docs =
                 "`auth-type: oidc` needs `auth-idp-oidc`, whose `secretName` is a Secret in the Ingress's namespace with `clientID` and "
                 "`clientSecret`; `auth-type: cognito` needs `auth-idp-cognito`. Neither goes with `jwt-validation`.\n\nSecrets are often "
                 "made by hand: that one is missing is said with `complete`, or where its name is a near miss.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#authentication",
             .severity = Severity::error},
    .reads = {Facet::entry, Kind::secret},
    .check = check,
};

}  // namespace hop::rules
