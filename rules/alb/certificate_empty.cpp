// A list of certificates with none in it.
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const AlbAnnotation* certificates = annotated.is_ingress() ? annotated.find("certificate-arn") : nullptr;
    if (certificates == nullptr || !certificates->text().is_known() || !aws::string_list(*certificates->text()).empty()) continue;
    Finding finding = report.at(*annotated.resource, certificates->value, "`certificate-arn` is empty and counts as absent");
    if (annotated.has("listen-ports"))
      finding.effect("the certificates are those that ACM has for the hosts; with none the listener is not made");
    if (auto edit = remove_pair(annotated.resource->annotations(), certificates->value)) finding.fix("remove it", {*edit});
  }
}

}  // namespace

extern constinit const Rule alb_certificate_empty = {
    .info =
        {.id = "alb-certificate-empty",
         .summary = "`certificate-arn` of an ALB Ingress is empty",
         .docs =
             "An empty list counts as absent. Where `listen-ports` is not set either, the Ingress then gets a listener for HTTP on port "
             "80 in place of one for HTTPS on 443.",
         .effect = "without `listen-ports` the ALB listens for plain HTTP on port 80 only",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#certificate-arn",
         .severity = Severity::warning,
         .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
