// The class of an Ingress written twice.
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const Ingress ingress(resource);
  const auto annotation = text_of(ingress.class_annotation());
  const auto field = text_of(ingress.class_name());
  if (!annotation.is_known() || !field.is_known()) return;
  if (*annotation != *field) {
    report.at(resource, annotation.node(), format("the class is `{}` here and `{}` in the spec", shorten(*annotation), shorten(*field)))
        .note(field.node(), "`ingressClassName` says another");
    return;
  }
  Finding finding = report.at(resource, annotation.node(), format("the class `{}` stands in the spec too", shorten(*field)));
  finding.severity(Severity::info).applies({Component::kubernetes, {}, {1, 27}});
  finding.effect("before Kubernetes 1.27 the API server refuses to create it");
  if (auto edit = remove_pair(resource.annotations(), annotation.node())) finding.fix("remove the annotation", {*edit}, Safety::unsafe);
}

}  // namespace

extern constinit const Rule ingress_class_conflict = {
    .info = {.id = "ingress-class-conflict",
             .summary = "an Ingress has a class by annotation and another by `ingressClassName`",
             .docs =
                 "`kubernetes.io/ingress.class` is the old way, `spec.ingressClassName` the new one. The API server refuses to create an "
                 "Ingress where they differ, before Kubernetes 1.27 any with both. Where such an object already exists, the AWS Load "
                 "Balancer Controller goes by the annotation and then passes over `IngressClassParams`.\n\nEqual ones are worth knowing.",
             .effect = "the API server refuses to create it; what exists already is taken by either controller",
             .source = "https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::ingress},
    .check_one = check_one,
};

}  // namespace hop::rules
