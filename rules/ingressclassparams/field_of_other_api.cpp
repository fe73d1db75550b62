// A field with the name it has in the other API group.
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// The same setting in the two APIs.
struct Field {
  std::string_view controller, auto_mode;
};
constexpr Field fields[] = {{"certificateArn", "certificateARNs"}};
constexpr Field subnet_fields[] = {{"tags", "matchTags"}};

template <std::size_t size>
void check_fields(const Resource& params, yaml::Node parent, const Field (&table)[size], Report& report) {
  const bool auto_mode = group_of(params.api_version) == "eks.amazonaws.com";
  for (const Field& field : table) {
    const std::string_view wrong = auto_mode ? field.controller : field.auto_mode;
    const std::string_view right = auto_mode ? field.auto_mode : field.controller;
    const yaml::Node value = parent[wrong];
    if (!value || parent.has(right)) continue;
    Finding finding = report.at_key(params, value, format("`{}` is called `{}` in `{}`", wrong, right, group_of(params.api_version)));
    if (auto edit = rename_key(value, right)) finding.fix(format("call it `{}`", right), {*edit});
  }
}

void check_one(const Resource& resource, Report& report) {
  check_fields(resource, resource.spec(), fields, report);
  check_fields(resource, resource.spec()["subnets"], subnet_fields, report);
}

}  // namespace

extern constinit const Rule ingressclassparams_field_of_other_api = {
    .info =
        {.id = "ingressclassparams-field-of-other-api",
         .summary = "parameters of an IngressClass use a field name of the other API group",
         .docs =
             "The AWS Load Balancer Controller (`elbv2.k8s.aws`) and EKS Auto Mode (`eks.amazonaws.com`) have a kind of this name each. "
             "`certificateArn` and `subnets.tags` of the first are `certificateARNs` and `subnets.matchTags` in the second.",
         .effect = "the API server refuses the object or drops the field, and the setting does not hold",
         .source = "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html",
         .severity = Severity::error,
         .fixes = FixPolicy::always},
    .reads = {Kind::ingress_class_params},
    .check_one = check_one,
};

}  // namespace hop::rules
