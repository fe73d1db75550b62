// A TargetGroupBinding that the controller's webhook refuses.
#include "model/aws/annotations.h"
#include "model/aws/identifiers.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

class Check {
 public:
  Check(const Resource& binding, Report& report) : binding_(binding), spec_(binding.spec()), report_(report) {}

  void run() {
    check_target_group();
    word("targetType", "instance|ip");
    word("targetGroupProtocol", "HTTP|HTTPS|TCP|TLS|UDP|TCP_UDP|QUIC|TCP_QUIC");
    word("ipAddressType", "ipv4|ipv6");
    identifier(aws::Identifier::vpc, spec_["vpcID"], "vpcID");
    check_type();
    for (yaml::Node rule : spec_["networking"]["ingress"].items()) {
      for (yaml::Node peer : rule["from"].items()) check_peer(peer);
    }
  }

 private:
  void check_target_group() {
    const yaml::Node arn = spec_["targetGroupARN"];
    if (!arn && !spec_["targetGroupName"]) report_.at_key(binding_, spec_, "neither `targetGroupARN` nor `targetGroupName` is set");
    identifier(aws::Identifier::target_group, arn, "targetGroupARN");
  }

  /// What does not go with a target type.
  void check_type() {
    const auto type = text_of(spec_["targetType"]);
    if (type.equals("ip") == Truth::yes && spec_["nodeSelector"])
      report_.at_key(binding_, spec_["nodeSelector"], "`nodeSelector` does not go with target type `ip`").note(type.node(), "the type");
    if (type.equals("instance") == Truth::yes && spec_["iamRoleArnToAssume"])
      report_.at_key(binding_, spec_["iamRoleArnToAssume"], "`iamRoleArnToAssume` does not go with target type `instance`")
          .note(type.node(), "the type");
    identifier(aws::Identifier::role, spec_["iamRoleArnToAssume"], "iamRoleArnToAssume");
  }

  void check_peer(yaml::Node peer) {
    const yaml::Node block = peer["ipBlock"];
    const yaml::Node group = peer["securityGroup"];
    if ((block && block.is_null()) || (group && group.is_null())) {
      const bool slipped = peer.has("cidr") || peer.has("groupID");
      Finding finding = report_.at_key(binding_, block && block.is_null() ? block : group, "the peer is empty");
      if (slipped) finding.label("what belongs below stands beside it");
    } else if (!block == !group) {
      report_.at(binding_, peer, "a peer is either an `ipBlock` or a `securityGroup`");
    }
    identifier(aws::Identifier::cidr, block["cidr"], "cidr");
    const yaml::Node id = group["groupID"];
    if (text_of(id).is_known() && !id.str().starts_with("sg-") && !aws::is_example(id.str()))
      report_.at(binding_, id, format("`{}` of `groupID` does not begin with `sg-`", shorten(id.str())));
    identifier(aws::Identifier::security_group, id, "groupID");
  }

  void word(std::string_view field, std::string_view words) {
    const auto text = text_of(spec_[field]);
    if (!text.is_known() || aws::is_among(words, *text)) return;
    Finding finding = report_.at(binding_, text.node(), format("`{}` is `{}`, which it cannot be", field, shorten(*text, 24)));
    if (const auto meant = aws::meant_among(words, *text))
      finding.fix(format("write `{}`", *meant), text.node(), *meant, lower(*meant) == lower(*text) ? Safety::safe : Safety::unsafe);
  }

  void identifier(aws::Identifier kind, yaml::Node node, std::string_view field) {
    if (!text_of(node).is_known()) return;
    const std::string why = aws::problem(kind, node.str());
    if (!why.empty()) report_.at(binding_, node, format("`{}` of `{}` {}", shorten(node.str(), 32), field, why));
  }

  const Resource& binding_;
  yaml::Node spec_;
  Report& report_;
};

void check_one(const Resource& resource, Report& report) { Check(resource, report).run(); }

}  // namespace

extern constinit const Rule targetgroupbinding_field_invalid = {
    .info =
        {.id = "targetgroupbinding-field-invalid",
         .summary = "a TargetGroupBinding holds what the controller's webhook refuses",
         .docs =
             "It names a target group by ARN or name; a peer of `networking` is one `ipBlock` or one `securityGroup`; `nodeSelector` does "
             "not go with ip targets, `iamRoleArnToAssume` not with instance targets.\n\nPlaceholders and example ids are left alone.",
         .effect = "the API server refuses the object and no targets are registered",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/",
         .severity = Severity::error,
         .fixes = FixPolicy::sometimes},
    .reads = {Kind::target_group_binding},
    .check_one = check_one,
};

}  // namespace hop::rules
