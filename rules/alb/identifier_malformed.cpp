// An ARN or id in an annotation that is none.
#include <map>

#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_items(const AlbAnnotated& annotated, const AlbAnnotation& annotation, std::string_view text, Report& report) {
  for (const aws::ItemProblem& problem : aws::item_problems(*annotation.row, text)) {
    const Span place = annotation.value.part_span(problem.item.begin, problem.item.end);
    report
        .at(*annotated.resource, annotation.value, place,
            format("`{}` of `{}` {}", shorten(problem.item.text, 32), annotation.suffix, problem.why))
        .target(std::string(problem.item.text));
  }
}

/// Certificates of one list lie in one region: that of the load balancer.
void check_regions(const AlbAnnotated& annotated, const AlbAnnotation& annotation, std::string_view text, Report& report) {
  std::optional<aws::Piece> first;
  std::string_view region;
  for (const aws::Piece& item : aws::string_list(text)) {
    const auto arn = aws::parse_arn(item.text);
    if (!arn || arn->service != "acm" || aws::is_example(item.text) || !aws::problem(aws::Identifier::certificate, item.text).empty())
      continue;
    if (!first) {
      first = item;
      region = arn->region;
    } else if (arn->region != region) {
      const yaml::Node value = annotation.value;
      report
          .at(*annotated.resource, value, value.part_span(item.begin, item.end),
              format("one certificate lies in `{}`, another in `{}`", region, arn->region))
          .note(value.part_span(first->begin, first->end), "an ALB takes certificates of its own region only");
      return;
    }
  }
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const AlbAnnotation& annotation : annotated.all) {
      const bool has_items = annotation.row != nullptr && annotation.row->holds != aws::Identifier::none;
      if (!has_items || annotation.row->holds == aws::Identifier::cidr) continue;
      const auto text = annotation.text();
      if (!text.is_known()) continue;
      check_items(annotated, annotation, *text, report);
      if (annotation.suffix == "certificate-arn") check_regions(annotated, annotation, *text, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_identifier_malformed = {
    .info = {.id = "alb-identifier-malformed",
             .summary = "an annotation of an ALB holds an ARN or id that is none",
             .docs =
                 "Certificates, web ACLs and certificate authorities are ARNs of their service with region and a 12-digit account; a web "
                 "ACL must be a regional one. Subnets and security groups are ids or Name tags: what begins with `subnet-` or `sg-` is "
                 "taken for an id. All certificates lie in one region.\n\nPlaceholders and the accounts and ids of documentation "
                 "(`111122223333`, `xxxx`) are left alone.",
             .effect = "AWS refuses the request; the controller stops with FailedDeployModel and the listener is not made",
             .source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
