// IngressClassParams that the controller's webhook refuses.
#include <set>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

class Check {
 public:
  Check(const Resource& params, Report& report) : params_(params), report_(report) {}

  void run() {
    const yaml::Node spec = params_.spec();
    check_word("scheme", "scheme");
    check_word("ipAddressType", "ip-address-type");
    check_word("targetType", "target-type");
    check_subnets(spec["subnets"]);
    for (yaml::Node cidr : spec["inboundCIDRs"].items()) check_cidr(cidr);
    if (spec["prefixListsIDs"] && spec["PrefixListsIDs"])
      report_.at_key(params_, spec["PrefixListsIDs"], "`prefixListsIDs` and `PrefixListsIDs` exclude each other");
    const auto port = text_of(spec["sslRedirectPort"]);
    if (port.is_known() && !aws::parse_int(*port))
      report_.at(params_, port.node(), format("`sslRedirectPort` is `{}`, not a number", shorten(*port)))
          .severity(Severity::warning)
          .effect("the controller redirects nothing, without a word");
    if (const auto name = text_of(spec["loadBalancerName"]); name.is_known() && (*name).size() > 32)
      report_.at(params_, name.node(), format("`loadBalancerName` has {} characters, at most 32", (*name).size()));
    for (yaml::Node arn : spec["certificateArn"].items()) check_identifier(aws::Identifier::certificate, arn, "certificateArn");
  }

 private:
  /// A field with the choices of an annotation.
  void check_word(std::string_view field, std::string_view suffix) {
    const auto text = text_of(params_.spec()[field]);
    const std::string_view words = alb::find(suffix)->values;
    if (!text.is_known() || aws::is_among(words, *text)) return;
    Finding finding = report_.at(params_, text.node(), format("`{}` is `{}`, not {}", field, shorten(*text, 24), aws::spell_choice(words)));
    if (const auto meant = aws::meant_among(words, *text))
      finding.fix(format("write `{}`", *meant), text.node(), *meant, lower(*meant) == lower(*text) ? Safety::safe : Safety::unsafe);
  }

  void check_subnets(yaml::Node subnets) {
    if (!subnets || subnets.is_null()) return;
    const yaml::Node tags = subnets["tags"] ? subnets["tags"] : subnets["matchTags"];
    if (!subnets["ids"] == !tags) report_.at_key(params_, subnets, "`subnets` takes either `ids` or `tags`");
    std::set<std::string_view> seen;
    for (yaml::Node id : subnets["ids"].items()) {
      if (text_of(id).is_known() && !id.str().starts_with("subnet-") && !aws::is_example(id.str()))
        report_.at(params_, id, format("`{}` of `subnets.ids` does not begin with `subnet-`", shorten(id.str())));
      if (!seen.insert(id.str()).second) report_.at(params_, id, format("subnet `{}` is named twice", shorten(id.str())));
      check_identifier(aws::Identifier::subnet, id, "subnets.ids");
    }
  }

  void check_identifier(aws::Identifier kind, yaml::Node node, std::string_view field) {
    if (!text_of(node).is_known()) return;
    const std::string why = aws::problem(kind, node.str());
    if (!why.empty()) report_.at(params_, node, format("`{}` of `{}` {}", shorten(node.str(), 32), field, why));
  }

  void check_cidr(yaml::Node node) {
    const auto text = text_of(node);
    if (!text.is_known()) return;
    const auto cidr = aws::parse_cidr(*text);
    if (cidr && !cidr->exact) {
      report_.at(params_, node, format("`{}` of `inboundCIDRs` has bits set behind its prefix", shorten(*text)));
    } else if (!cidr) {
      check_identifier(aws::Identifier::cidr, node, "inboundCIDRs");
    }
  }

  const Resource& params_;
  Report& report_;
};

void check_one(const Resource& resource, Report& report) { Check(resource, report).run(); }

}  // namespace

extern constinit const Rule ingressclassparams_field_invalid = {
    .info = {.id = "ingressclassparams-field-invalid",
             .summary = "a field of IngressClassParams holds what the controller's webhook refuses",
             .docs =
                 "`subnets` are either ids or tags, each once; ranges are exact CIDRs; `scheme`, `ipAddressType` and `targetType` take the "
                 "words of the annotations; `sslRedirectPort` is a number in quotes.\n\nPlaceholders and example ids are left alone.",
             .effect = "the API server refuses the object, and the class's settings stay as they were",
             .source =
                 "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/#ingressclassparams",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::ingress_class_params},
    .check_one = check_one,
};

}  // namespace hop::rules
