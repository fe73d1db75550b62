// An annotation on a Service that the controller reads from Ingresses only.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (annotated.is_ingress()) continue;
    for (const AlbAnnotation& annotation : annotated.all) {
      if (annotation.row == nullptr || annotation.row->reach == alb::Reach::ingress_and_service) continue;
      report.at_key(*annotated.resource, annotation.value,
                    format("annotation `{}` of a Service is read from Ingresses only", shorten(annotation.suffix)));
    }
  }
}

}  // namespace

extern constinit const Rule alb_annotation_misplaced = {
    .info = {.id = "alb-annotation-misplaced",
             .summary = "a Service carries an annotation that the AWS Load Balancer Controller reads from Ingresses only",
             .docs =
                 "A Service can set what belongs to its target group: `target-type`, `backend-protocol`, the health check, its attributes "
                 "and authentication. Whatever belongs to the load balancer, its listeners and rules stands on the Ingress.",
             .effect = "the annotation is ignored without a word",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
             .severity = Severity::warning},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
