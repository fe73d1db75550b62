// Fewer subnets than an ALB needs.
#include <set>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_subnets(const AlbAnnotated& annotated, const AlbAnnotation& annotation, Report& report) {
  const auto subnets = aws::string_list(*annotation.text());
  std::set<std::string_view> seen;
  for (const aws::Piece& subnet : subnets) {
    if (yaml::is_placeholder(subnet.text)) return;  // may stand for several
    if (!seen.insert(subnet.text).second)
      report.at(*annotated.resource, annotation.value, annotation.value.part_span(subnet.begin, subnet.end),
                format("subnet `{}` is named twice", shorten(subnet.text)));
  }
  if (seen.size() != 1 || subnets.size() != 1 || annotated.has("customer-owned-ipv4-pool")) return;
  report.at(*annotated.resource, annotation.value, "an ALB needs subnets in two availability zones, and one is named");
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const AlbAnnotation* subnets = annotated.is_ingress() ? annotated.find("subnets") : nullptr;
    if (subnets != nullptr && subnets->text().is_known()) check_subnets(annotated, *subnets, report);
  }
}

}  // namespace

extern constinit const Rule alb_subnets_too_few = {
    .info = {.id = "alb-subnets-too-few",
             .summary = "an ALB Ingress names one subnet, or one twice",
             .docs = "An ALB stands in at least two subnets of different availability zones; the only exceptions are Outposts (with "
                     "`customer-owned-ipv4-pool`, which is left alone) and local zones with the feature gate `ALBSingleSubnet`.",
             .effect = "AWS refuses the load balancer; the controller stops with FailedDeployModel",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#subnets",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
