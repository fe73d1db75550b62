// A name that no load balancer can have.
#include <algorithm>

#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// What is wrong, to stand behind the name; "" for a good one.
std::string why_not(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.size() > 32) return format("has {} characters, at most 32", name.size());
  const bool good = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!good) return "may hold letters, digits and dashes only";
  if (name.front() == '-' || name.back() == '-') return "begins or ends with a dash";
  return name.starts_with("internal-") ? "begins with `internal-`, which AWS keeps to itself" : "";
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const auto name = annotated.is_ingress() ? annotated.text("load-balancer-name") : Value<std::string_view>::absent({});
    if (!name.is_known()) continue;
    if (const std::string why = why_not(*name); !why.empty())
      report.at(*annotated.resource, name.node(), format("the name `{}` of the load balancer {}", shorten(*name), why));
  }
}

}  // namespace

extern constinit const Rule alb_load_balancer_name_invalid = {
    .info = {.id = "alb-load-balancer-name-invalid",
             .summary = "`load-balancer-name` of an ALB Ingress is no name of a load balancer",
             .docs = "The name has at most 32 letters, digits and dashes, no dash at its ends, and does not begin with `internal-`.",
             .effect = "the controller or AWS refuses it, and no load balancer is made",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
