// A condition by regular expression beside a host or path that is none.
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The `regexValues` of a condition on this field, if there are any.
yaml::Node patterns_of(yaml::Node conditions, std::string_view field, std::string_view config) {
  for (yaml::Node item : conditions.items()) {
    const yaml::Node patterns = aws::json_member(aws::json_member(item, config), "regexValues");
    if (aws::json_member(item, "field").str() == field && patterns.size() > 0) return patterns;
  }
  return {};
}

class Check {
 public:
  Check(const AlbAnnotated& annotated, Report& report) : annotated_(annotated), report_(report) {
    const auto text = annotated.text("use-regex-path-match");
    regex_paths_ = text.is_known() ? truth(aws::parse_bool(*text) == true) : text.is_unknown() ? Truth::unknown : Truth::no;
  }

  void run() {
    for (const Ingress::Backend& backend : Ingress(*annotated_.resource).backends()) {
      const AlbAnnotation* conditions = annotated_.find(format("conditions.{}", backend.path.service().str()));
      const auto document = conditions != nullptr && conditions->text().is_known() ? aws::json_in(conditions->value) : nullptr;
      if (document == nullptr) continue;
      if (!backend.rule.host().str().empty())
        tell(*conditions, patterns_of(document->root(), "host-header", "hostHeaderConfig"), backend.rule.host(), "host");
      const bool may_be_regex = regex_paths_ != Truth::no && backend.path.path_type().str() == "ImplementationSpecific";
      if (!backend.path.path().str().empty() && !may_be_regex)
        tell(*conditions, patterns_of(document->root(), "path-pattern", "pathPatternConfig"), backend.path.path(), "path");
    }
  }

 private:
  void tell(const AlbAnnotation& conditions, yaml::Node patterns, yaml::Node own, std::string_view what) {
    if (!patterns) return;
    report_
        .at(*annotated_.resource, conditions.value, patterns.span(),
            format("`regexValues` for the {} beside the {} of the rule", what, what))
        .note(own, format("the rule's {} is no regular expression", what));
  }

  const AlbAnnotated& annotated_;
  Report& report_;
  Truth regex_paths_ = Truth::no;
};

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    if (annotated.is_ingress()) Check(annotated, report).run();
  }
}

}  // namespace

extern constinit const Rule alb_condition_mixes_patterns = {
    .info =
        {.id = "alb-condition-mixes-patterns",
         .summary = "a condition of an ALB Ingress mixes regular expressions with the plain host or path of its rule",
         .docs =
             "Hosts and paths of `conditions.<name>` are joined with the rule's own into one condition, which holds either plain values "
             "or regular expressions. Leave the rule's host or path out, or write all of them the same way; paths become regular "
             "expressions with `use-regex-path-match`.",
         .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#conditions",
         .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
