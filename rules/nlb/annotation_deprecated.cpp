// Annotations of a Service that others took the place of.
#include "model/aws/nlb.h"
#include "model/aws/values.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// `aws-load-balancer-internal: "true"` as `aws-load-balancer-scheme: internal`.
void offer_scheme(const Resource& resource, yaml::Node value, Finding& finding) {
  const auto internal = aws::parse_bool(value.str());
  const bool has_scheme = !nlb::annotation(resource, "scheme").is_absent();
  if (!internal || has_scheme) return;
  const std::string_view word = *internal ? "internal" : "internet-facing";
  const auto key = rename_key(value, "service.beta.kubernetes.io/aws-load-balancer-scheme");
  const auto text = replace_text(value, word);
  if (key && text) finding.fix(format("write `aws-load-balancer-scheme: {}`", word), {*key, *text});
}

void check_one(const Resource& resource, Report& report) {
  const nlb::Maker maker = nlb::maker_of(Service(resource));
  if (maker != nlb::Maker::controller && maker != nlb::Maker::auto_mode) return;
  for (const nlb::ServiceAnnotation& annotation : nlb::annotations_of(resource)) {
    if (annotation.suffix == "aws-load-balancer-type" && annotation.value.str() == "nlb-ip")
      report.at(resource, annotation.value, "`nlb-ip` is the old way to write `external` with target type `ip`");
    if (annotation.row == nullptr || annotation.row->instead.empty()) continue;
    Finding finding =
        report.at_key(resource, annotation.value, format("`{}` is deprecated: use `{}`", annotation.suffix, annotation.row->instead));
    if (annotation.suffix == "aws-load-balancer-internal") offer_scheme(resource, annotation.value, finding);
  }
}

}  // namespace

extern constinit const Rule nlb_annotation_deprecated = {
    .info = {.id = "nlb-annotation-deprecated",
             .summary = "a Service uses a deprecated annotation of the AWS Load Balancer Controller",
             .docs =
                 "`internal` became `scheme`; the access logs and cross-zone balancing became keys of `attributes`; `type: nlb-ip` became "
                 "`type: external` with `nlb-target-type: ip`. Where the cloud provider inside Kubernetes makes the load balancer the old "
                 "ones are the only ones, and nothing is said.",
             .effect = "works until the controller drops it; where both are set it is easy to change the one that does not count",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
             .severity = Severity::info,
             .group = Group::deprecation,
             .fixes = FixPolicy::sometimes,
             .applies = {Component::controller, {2, 3}}},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
