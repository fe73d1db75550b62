// Parameters of a class that its controller does not know.
#include "model/aws/annotations.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_parameters(const Graph& graph, const IngressClass& ingress_class, std::string_view group, Report& report) {
  const yaml::Node parameters = ingress_class.spec()["parameters"];
  const auto api_group = text_of(parameters["apiGroup"]);
  const auto kind = text_of(parameters["kind"]);
  if (!api_group.is_unknown() && api_group.value_or("") != group) {
    Finding finding = report.at(ingress_class, api_group.node(),
                                format("the API group of the parameters is `{}`, not `{}`", shorten(api_group.value_or("")), group));
    if (api_group.is_known()) finding.fix(format("change it to `{}`", group), api_group.node(), group, Safety::unsafe);
  } else if (!kind.is_unknown() && kind.value_or("") != "IngressClassParams") {
    report.at(ingress_class, kind.node(), format("the parameters are of kind `{}`, not `IngressClassParams`", shorten(kind.value_or(""))));
  } else if (const auto name = text_of(parameters["name"]); name.is_known()) {
    const Lookup found = graph.find(*ingress_class, Kind::ingress_class_params, "", *name);
    if (!found.missing()) return;
    Finding finding = report.at(ingress_class, name.node(), format("the IngressClassParams `{}` do not exist", shorten(*name)));
    finding.missing(found).target(format("IngressClassParams {}", *name));
    if (found.near != nullptr) finding.fix(format("change it to `{}`", found.near->name), name.node(), found.near->name, Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  for (const IngressClass& ingress_class : graph.linted<IngressClass>()) {
    if (ingress_class.spec()["parameters"].size() == 0) continue;
    const auto controller = ingress_class.controller();
    if (controller.equals(alb::controller) == Truth::yes) check_parameters(graph, ingress_class, "elbv2.k8s.aws", report);
    if (controller.equals(alb::auto_mode_controller) == Truth::yes) check_parameters(graph, ingress_class, "eks.amazonaws.com", report);
  }
}

}  // namespace

extern constinit const Rule ingressclass_parameters_invalid = {
    .info = {.id = "ingressclass-parameters-invalid",
             .summary = "an IngressClass of an ALB refers to parameters that its controller does not know",
             .docs =
                 "The AWS Load Balancer Controller takes `IngressClassParams` of `elbv2.k8s.aws`, EKS Auto Mode those of "
                 "`eks.amazonaws.com`. They are cluster-scoped and must exist; whether they do is known with `complete` or by a near miss.",
             .effect = "every Ingress of the class is refused with \"references unknown parameters\"",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::ingress_class, Kind::ingress_class_params},
    .check = check,
};

}  // namespace hop::rules
