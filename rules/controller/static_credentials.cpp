// Long-lived keys of AWS in the controller's environment.
#include "model/aws/controller.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node variable : aws::controller_container(resource)["env"].items()) {
    if (variable["name"].str() == "AWS_ACCESS_KEY_ID" || variable["name"].str() == "AWS_SECRET_ACCESS_KEY")
      report.at(resource, variable["name"], format("the controller has a long-lived key in `{}`", variable["name"].str()));
  }
}

}  // namespace

extern constinit const Rule controller_static_credentials = {
    .info = {.id = "controller-static-credentials",
             .summary = "the AWS Load Balancer Controller has long-lived keys in its environment",
             .docs = "Roles for service accounts and EKS Pod Identity give the controller keys that last an hour. Keys of an IAM user win "
                     "over both "
                     "and never expire.",
             .effect = "whoever reads the pod's environment can change load balancers and security groups until the key is revoked",
             .source = "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
             .severity = Severity::warning,
             .group = Group::security},
    .reads = {Kind::deployment},
    .check_one = check_one,
};

}  // namespace hop::rules
