// An injector whose Service does not exist.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_webhook(const Graph& graph, const Resource& config, yaml::Node webhook, Report& report) {
  const yaml::Node service = webhook["clientConfig"]["service"];
  const auto name = text_of(service["name"]);
  const auto ns = text_of(service["namespace"]);
  if (!name.is_known() || !ns.is_known()) return;
  const Lookup found = graph.find(config, Kind::service, *ns, *name);
  if (!found.missing()) return;
  Finding finding =
      report.at(config, name.node(), format("the Service `{}/{}` of webhook `{}` does not exist", *ns, *name, webhook["name"].str()));
  finding.missing(found).target(format("Service {}/{}", *ns, *name));
  if (webhook["name"].str().ends_with(".istio.io")) finding.alias("IST0139");
  if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), name.node(), found.near->name, Safety::unsafe);
}

void check(const Graph& graph, Report& report) {
  for (const Kind kind : WebhookConfiguration::kinds) {
    for (const Resource* config : graph.of(kind)) {
      if (!config->linted()) continue;
      for (yaml::Node webhook : WebhookConfiguration(*config).webhooks()) check_webhook(graph, *config, webhook, report);
    }
  }
}

}  // namespace

extern constinit const Rule webhook_service_missing = {
    .info =
        {.id = "webhook-service-missing",
         .summary = "a webhook calls a Service that does not exist",
         .docs =
             "The Service is looked up in the namespace that `clientConfig.service` names. Without `complete` this needs other Services "
             "of that namespace among the manifests, and is a warning at most.",
         .effect = "every call fails; with `failurePolicy: Fail` no pods can be created",
         .source = "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference",
         .severity = Severity::error,
         .aliases = {"IST0139"},
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::mutating_webhook, Kind::validating_webhook, Kind::service},
    .check = check,
};

}  // namespace hop::rules
