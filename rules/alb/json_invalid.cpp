// JSON in an annotation that the controller cannot read or refuses.
#include <unordered_set>

#include "model/aws/actions.h"
#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The names in the backends of an Ingress: actions and transforms that none has are not parsed.
class Named {
 public:
  explicit Named(const Resource& ingress) : ingress_(ingress) {}

  bool is_read(std::string_view suffix) {
    const bool action = suffix.starts_with("actions.");
    if (!action && !suffix.starts_with("transforms.")) return true;
    if (!backends_read_) read_backends();
    return (action ? as_actions_ : names_).contains(suffix.substr(suffix.find('.') + 1));
  }

 private:
  void read_backends() {
    backends_read_ = true;
    for (const Ingress::Backend& backend : Ingress(ingress_).backends()) {
      names_.insert(backend.path.service().str());
      if (backend.path.port().str() == "use-annotation") as_actions_.insert(backend.path.service().str());
    }
  }

  const Resource& ingress_;
  bool backends_read_ = false;  // few Ingresses describe something
  std::unordered_set<std::string_view> names_, as_actions_;
};

void check_json(const AlbAnnotated& annotated, const AlbAnnotation& annotation, const aws::JsonForm& form, Report& report) {
  const yaml::Node value = annotation.value;
  if (const auto at = aws::json_error(value.str())) {
    const Span place = *at < value.str().size() ? value.part_span(*at, *at + 1) : value.span();
    report.at(*annotated.resource, value, place,
              format("`{}` is no JSON: {}", shorten(annotation.suffix), aws::json_error_words(value.str(), *at)));
    return;
  }
  const auto document = aws::json_in(value);
  auto faults = aws::json_faults(form, document->root());
  if (faults.empty()) faults = aws::json_conflicts(annotation.suffix, document->root());
  for (const aws::JsonFault& fault : faults) {
    Finding finding = report.at(*annotated.resource, value, fault.place.span(), fault.text);
    finding.target(fault.place.path());
    if (fault.ignored)
      finding.severity(Severity::warning).effect("it is ignored without a word: the rule takes requests that it should not");
    const bool can_hold_quotes = value.style() != yaml::Style::double_quoted;
    if (!fault.wants_quotes || !can_hold_quotes) continue;
    if (auto edit = quote(fault.place)) finding.fix(format("quote `{}`", fault.place.str()), {*edit});
  }
}

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    Named named(*annotated.resource);
    for (const AlbAnnotation& annotation : annotated.all) {
      if (annotation.row == nullptr || annotation.row->grammar != alb::Grammar::json) continue;
      const aws::JsonForm* form = aws::json_form(annotation.suffix);
      if (form == nullptr || !annotation.text().is_known()) continue;
      if (!annotated.is_ingress() && annotation.row->reach == alb::Reach::ingress) continue;
      if (!annotated.is_ingress() || named.is_read(annotation.suffix)) check_json(annotated, annotation, *form, report);
    }
  }
}

}  // namespace

extern constinit const Rule alb_json_invalid = {
    .info = {.id = "alb-json-invalid",
             .summary = "the JSON in an annotation of an ALB cannot be read or is refused",
             .docs =
                 "Actions, conditions, transforms, `mutual-authentication`, `auth-idp-oidc`, `auth-idp-cognito` and `jwt-validation` are "
                 "strict JSON. A port or status code is a string (`\"443\"`, `\"HTTP_301\"`), a weight is a number; an action is one "
                 "object, conditions are a list. Keys may be in any case, unknown ones are passed over.\n\nActions and transforms that no "
                 "backend uses are not parsed and not checked; values with placeholders are left alone.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
