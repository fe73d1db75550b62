// Pairs of `key=value` that are none.
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_map(const AlbAnnotated& annotated, const AlbAnnotation& annotation, std::string_view text, Report& report) {
  const aws::StringMap map = aws::string_map(text);
  if (map.malformed) {
    const bool keyless = map.malformed->text.starts_with('=');
    report.at(*annotated.resource, annotation.value, annotation.value.part_span(map.malformed->begin, map.malformed->end),
              format("`{}` of `{}` {}", shorten(map.malformed->text, 32), shorten(annotation.suffix, 48),
                     keyless ? "has no key" : "is no `key=value` pair"));
  }
  if (annotation.suffix != "minimum-load-balancer-capacity") return;
  for (const auto& pair : map.pairs) {
    const bool good = pair.key == "CapacityUnits" && (aws::parse_int(pair.value) || yaml::is_placeholder(pair.value));
    if (!good)
      report.at(*annotated.resource, annotation.value, annotation.value.part_span(pair.whole.begin, pair.whole.end),
                "`minimum-load-balancer-capacity` takes `CapacityUnits=<number>` only");
  }
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const AlbAnnotation& annotation : annotated.all) {
      const auto text = annotation.text();
      const bool is_map = annotation.row != nullptr && annotation.row->grammar == alb::Grammar::map;
      if (is_map && text.is_known()) check_map(annotated, annotation, *text, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_map_malformed = {
    .info = {.id = "alb-map-malformed",
             .summary = "an annotation of an ALB holds something else than `key=value` pairs",
             .docs =
                 "Attributes, tags and node labels are `key=value` pairs between commas. A comma inside a value needs a backslash: `\\,`.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
