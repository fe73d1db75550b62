// A value that cannot be read from an annotation of a Service's load balancer.
#include "model/aws/nlb.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

class Check {
 public:
  Check(const Resource& service, Report& report) : service_(service), report_(report) {
    // What kind of Service is made for a Gateway, and by whom, does not stand in it.
    const nlb::Maker maker = service.kind == Kind::service ? nlb::maker_of(Service(service)) : nlb::Maker::either;
    surely_ = maker == nlb::Maker::controller || maker == nlb::Maker::auto_mode;
    concerned_ = maker != nlb::Maker::none && maker != nlb::Maker::other;
  }

  void run() {
    if (!concerned_) return;
    for (const nlb::ServiceAnnotation& annotation : nlb::annotations_of(service_)) {
      const auto text = text_of(annotation.value);
      if (annotation.row != nullptr && text.is_known() && annotation.value.is_string()) check(annotation, *text);
    }
  }

 private:
  Finding tell(Span place, yaml::Node value, std::string message, bool refused = true) {
    Finding finding = report_.at(service_, value, place, std::move(message));
    if (!surely_ || !refused) finding.severity(Severity::warning);
    if (!refused) finding.effect("the value is passed over and the default holds");
    return finding;
  }

  void check(const nlb::ServiceAnnotation& annotation, std::string_view text) {
    const aws::Annotation& row = *annotation.row;
    if (row.grammar == nlb::Grammar::word) check_word(annotation, text);
    if (row.grammar == nlb::Grammar::boolean && !aws::parse_bool(text))
      tell(annotation.value.span(), annotation.value,
           format("`{}` is `{}`, neither `true` nor `false`", annotation.suffix, shorten(text, 16)));
    if (row.grammar == nlb::Grammar::integer) check_number(annotation, text);
    if (row.grammar == nlb::Grammar::map) {
      if (const auto bad = aws::string_map(text).malformed)
        tell(annotation.value.part_span(bad->begin, bad->end), annotation.value,
             format("`{}` of `{}` is no `key=value` pair", shorten(bad->text, 24), shorten(annotation.suffix, 56)));
    }
    for (const aws::ItemProblem& problem : aws::item_problems(row, text)) {
      tell(annotation.value.part_span(problem.item.begin, problem.item.end), annotation.value,
           format("`{}` of `{}` {}", shorten(problem.item.text, 24), annotation.suffix, problem.why))
          .target(std::string(problem.item.text));
    }
  }

  void check_word(const nlb::ServiceAnnotation& annotation, std::string_view text) {
    const std::string_view words = annotation.row->values;
    if (aws::takes_word(*annotation.row, text)) return;
    Finding finding =
        tell(annotation.value.span(), annotation.value,
             format("`{}` is `{}`, not {}", annotation.suffix, shorten(text, 16), aws::spell_choice(words)), annotation.row->refused);
    if (const auto meant = aws::meant_among(words, text))
      finding.fix(format("write `{}`", *meant), annotation.value, *meant,
                  lower(trim(text)) == lower(*meant) ? Safety::safe : Safety::unsafe);
  }

  void check_number(const nlb::ServiceAnnotation& annotation, std::string_view text) {
    const aws::Range range = annotation.row->range;
    const auto number = aws::parse_int(text);
    if (number && *number >= range.lowest && *number <= range.highest) return;
    tell(annotation.value.span(), annotation.value,
         number ? format("`{}` is {}, not between {} and {}", annotation.suffix, *number, range.lowest, range.highest)
                : format("`{}` is `{}`, not a whole number", annotation.suffix, shorten(text, 16)));
  }

  const Resource& service_;
  Report& report_;
  bool surely_ = false, concerned_ = false;
};

void check_one(const Resource& resource, Report& report) { Check(resource, report).run(); }

}  // namespace

extern constinit const Rule nlb_annotation_invalid = {
    .info =
        {.id = "nlb-annotation-invalid",
         .summary = "an annotation of a Service's load balancer on AWS holds what cannot be read from it",
         .docs =
             "Words, numbers, booleans, `key=value` pairs, ARNs and ids in `service.beta.kubernetes.io/aws-load-balancer-*` are checked as "
             "the AWS Load Balancer Controller reads them.\n\nAn error where the controller surely makes the load balancer, else a "
             "warning; words that it passes over are a warning. Placeholders and example ids are left alone.",
         .effect = "the controller stops with FailedBuildModel or FailedDeployModel and the load balancer is not made or not updated",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
         .severity = Severity::error,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::service, Kind::k8s_gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
