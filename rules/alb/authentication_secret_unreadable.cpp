// The identity provider's Secret, which the controller may not read.
#include "graph/secret_access.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The account that the controller runs as; nothing where its Deployment is not among the manifests.
std::optional<ServiceAccountName> account_of(const Controller& controller) {
  if (controller.installed_by == nullptr || controller.installed_by->kind != Kind::deployment || !controller.installed_by->linted())
    return std::nullopt;
  const auto name = text_of(Workload(*controller.installed_by).pod_spec()["serviceAccountName"]);
  if (name.is_unknown() || controller.installed_by->ns.empty() || !controller.installed_by->ns_known) return std::nullopt;
  return ServiceAccountName{controller.installed_by->ns, name.value_or("default")};
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const AlbAnnotation* provider = annotated.find("auth-idp-oidc");
    if (provider == nullptr || annotated.text("auth-type").equals("oidc") != Truth::yes || !provider->text().is_known()) continue;
    const Resource& owner = *annotated.resource;
    const auto account = account_of(graph.controller(owner));
    const auto document = aws::json_in(provider->value);
    const yaml::Node name = document != nullptr ? aws::json_member(document->root(), "secretName") : yaml::Node();
    if (!account || !text_of(name).is_known() || name.str().empty() || !owner.ns_known) continue;
    const SecretPermission permission = may_read(graph, owner, *account, owner.ns, name.str());
    if (permission.may_list != Truth::no || !permission.evidence) continue;
    Finding finding =
        report.at(owner, provider->value, name.span(),
                  format("the controller's ServiceAccount `{}` may not read the Secret `{}`", account->name, shorten(name.str())));
    finding.note(graph.controller(owner).installed_by->name_node(), "the controller runs as this account");
    if (!graph.complete(owner.ns)) finding.severity(Severity::warning);
  }
}

}  // namespace

extern constinit const Rule alb_authentication_secret_unreadable = {
    .info =
        {.id = "alb-authentication-secret-unreadable",
         .summary = "an ALB authenticates users with a Secret that the controller may not read",
         .docs =
             "`secretName` of `auth-idp-oidc` is read by the AWS Load Balancer Controller in the Ingress's namespace. Its chart grants it "
             "no Secrets: either a Role and RoleBinding beside the Secret allow `get`, `list` and `watch`, or "
             "`clusterSecretsPermissions.allowAllSecrets` is on.\n\nJudged where the controller's Deployment and a binding that names its "
             "account are among the manifests; a warning without `complete`.",
         .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#auth-idp-oidc",
         .severity = Severity::error},
    .reads = {Facet::entry, Kind::role, Kind::role_binding, Kind::cluster_role, Kind::cluster_role_binding},
    .check = check,
};

}  // namespace hop::rules
