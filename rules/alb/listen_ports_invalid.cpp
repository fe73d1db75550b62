// What `listen-ports` holds is not what the controller can read.
#include "model/aws/annotations.h"
#include "model/aws/json_shapes.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

class Check {
 public:
  Check(const AlbAnnotated& annotated, yaml::Node value, Report& report) : annotated_(annotated), value_(value), report_(report) {}

  void run() {
    if (const auto at = aws::json_error(value_.str())) {
      const Span place = *at < value_.str().size() ? value_.part_span(*at, *at + 1) : value_.span();
      tell(place, format("`listen-ports` is no JSON: {}", aws::json_error_words(value_.str(), *at)));
      return;
    }
    const auto document = aws::json_in(value_);
    const yaml::Node list = document->root();
    if (!list.is_sequence()) {
      tell(list.span(), R"(`listen-ports` must be a list of objects, as in `[{"HTTP": 80}]`)");
    } else if (list.size() == 0) {
      tell(list.span(), "`listen-ports` is an empty list");
    }
    for (yaml::Node item : list.items()) check_item(item);
  }

 private:
  Finding tell(Span place, std::string message) { return report_.at(*annotated_.resource, value_, place, std::move(message)); }

  void check_item(yaml::Node item) {
    if (item.is_null()) return;  // Go makes an empty object of it
    if (!item.is_mapping()) tell(item.span(), R"(an item of `listen-ports` must be an object, as in `{"HTTP": 80}`)");
    for (const auto& [key, port] : item.entries()) {
      check_protocol(key, port);
      check_port(key, port);
    }
  }

  void check_protocol(yaml::Node key, yaml::Node port) {
    const std::string_view word = key.str();
    if (word == "HTTP" || word == "HTTPS") return;
    const auto meant = aws::meant_among("HTTP|HTTPS", word);
    Finding finding = tell(key.span(), format("protocol `{}` of `listen-ports` must be `HTTP` or `HTTPS`", shorten(word)));
    if (!meant) return;
    const Safety safety = lower(*meant) == lower(word) ? Safety::safe : Safety::unsafe;
    if (auto edit = rename_key(port, *meant)) finding.fix(format("write `{}`", *meant), {*edit}, safety);
  }

  void check_port(yaml::Node key, yaml::Node port) {
    if (port.is_null()) return;
    const auto number = aws::json_integer(port);
    if (!number) {
      const bool quoted = aws::is_json_string(port) && aws::parse_int(port.str()).has_value();
      tell(port.span(),
           format("the {} port of `listen-ports` must be a number{}", shorten(key.str(), 10), quoted ? " without quotes" : ""));
    } else if (*number < 1 || *number > 65535) {
      tell(port.span(), format("port {} of `listen-ports` is not between 1 and 65535", *number));
    }
  }

  const AlbAnnotated& annotated_;
  yaml::Node value_;
  Report& report_;
};

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const AlbAnnotation* ports = annotated.is_ingress() ? annotated.find("listen-ports") : nullptr;
    if (ports != nullptr && ports->text().is_known()) Check(annotated, ports->value, report).run();
  }
}

}  // namespace

extern constinit const Rule alb_listen_ports_invalid = {
    .info = {.id = "alb-listen-ports-invalid",
             .summary = "`listen-ports` of an ALB Ingress is not a JSON list of protocols and ports",
             .docs =
                 "The value is strict JSON: a list of objects whose keys are `HTTP` or `HTTPS`, in capitals, and whose values are numbers "
                 "from 1 to 65535 without quotes: `[{\"HTTP\": 80}, {\"HTTPS\": 443}]`.\n\nValues with placeholders are left alone.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#listen-ports",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
