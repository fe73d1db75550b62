// An annotation with the ALB's prefix that the controller does not read.
#include "model/aws/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Written as a language's name rather than with dashes: nothing else can be meant.
bool is_respelt(std::string_view written, std::string_view meant) {
  std::string dashed;
  for (char c : written) {
    if (c >= 'A' && c <= 'Z') dashed.push_back('-');
    dashed += lower(std::string_view(&c, 1));
  }
  return dashed == meant;
}

void check_one(const AlbAnnotated& annotated, const AlbAnnotation& annotation, Report& report) {
  const auto meant = alb::meant_by(annotation.suffix);
  const bool alibaba = alb::is_alibaba(annotation.suffix);
  Finding finding = report.at_key(*annotated.resource, annotation.value,
                                  format("annotation `{}{}` is none that the controller reads", alb::prefix, shorten(annotation.suffix)));
  if (alibaba) finding.label("only Alibaba Cloud's ALB reads it");
  if (!meant || annotated.has(*meant)) return;
  if (auto edit = rename_key(annotation.value, std::string(alb::prefix) + *meant)) {
    finding.fix(format("change it to `{}`", *meant), {*edit}, is_respelt(annotation.suffix, *meant) ? Safety::safe : Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const AlbAnnotation& annotation : annotated.all) {
      if (annotation.row == nullptr) check_one(annotated, annotation, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_annotation_unknown = {
    .info = {.id = "alb-annotation-unknown",
             .summary = "an annotation looks like one of the AWS Load Balancer Controller's, but it reads none of that name",
             .docs =
                 "Annotations of Ingresses and Services with the prefix `alb.ingress.kubernetes.io/` are compared with the controller's "
                 "reference. Typical are names in camelCase (`listenPorts`), `group` for `group.name`, and names that other controllers "
                 "read.\n\nStays silent where Alibaba Cloud's ALB, which has the same prefix, is among the manifests.",
             .effect = "the annotation is ignored without a word; what it was to set keeps its default",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
