// An Ingress that says nothing about where requests go.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const Ingress ingress(resource);
  const yaml::Node rules = ingress.spec()["rules"];
  const bool unread = rules && !rules.is_sequence() && !rules.is_null();
  if (resource.opaque || resource.patched || rules.size() > 0 || unread || ingress.default_backend()) return;
  report.at_key(resource, rules ? rules : ingress.spec(),
                format("the Ingress `{}` has neither rules nor a default backend", resource.name));
}

}  // namespace

extern constinit const Rule ingress_without_rules = {
    .info = {.id = "ingress-without-rules",
             .summary = "an Ingress has neither rules nor a default backend",
             .docs = "The API server asks for `rules` or for `defaultBackend`.",
             .effect = "the API server refuses the Ingress; what was there before stays in force",
             .source = "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressSpec",
             .severity = Severity::error},
    .reads = {Kind::ingress},
    .check_one = check_one,
};

}  // namespace hop::rules
