// The controller's pods run as an account that cannot call AWS.
#include "model/aws/controller.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_account(const Graph& graph, const Resource& deployment, yaml::Node account, Report& report) {
  const auto name = text_of(account);
  if (name.is_unknown()) return;
  if (name.value_or("default") == "default") {
    report.at(deployment, account, "the controller runs as the namespace's `default` account").severity(Severity::warning);
    return;
  }
  const Lookup found = graph.find(deployment, Kind::service_account, deployment.ns, *name);
  // One that is missing is workload-service-account-missing.
  if (found.found() && !found.target->opaque && !found.target->annotation("eks.amazonaws.com/role-arn")) {
    report.at(deployment, account, format("the ServiceAccount `{}` names no IAM role", shorten(*name)))
        .severity(Severity::info)
        .effect("without an EKS Pod Identity association the controller has the node's role")
        .note(found.target->name_node(), "no `eks.amazonaws.com/role-arn`");
  }
}

void check_each(const Graph& graph, const Resource& resource, Report& report) {
  if (!aws::controller_container(resource)) return;
  check_account(graph, resource, resource.spec()["template"]["spec"]["serviceAccountName"], report);
}

}  // namespace

extern constinit const Rule controller_service_account_mismatch = {
    .info =
        {.id = "controller-service-account-mismatch",
         .summary = "the AWS Load Balancer Controller runs as a ServiceAccount without AWS credentials",
         .docs =
             "The role's trust policy names one ServiceAccount in one namespace; the pods must run as that one. With EKS Pod Identity no "
             "annotation is needed, so its absence is info.",
         .effect = "every call to AWS answers AccessDenied, and no load balancer is made",
         .source = "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
         .severity = Severity::warning},
    .reads = {Kind::deployment, Kind::service_account},
    .each = Kind::deployment,
    .check_each = check_each,
};

}  // namespace hop::rules
