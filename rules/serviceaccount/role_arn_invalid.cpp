// An IAM role that a ServiceAccount cannot assume, because it is none.
#include "model/aws/identifiers.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  const yaml::Node place = resource.annotation("eks.amazonaws.com/role-arn");
  const auto arn = text_of(place);
  if (!arn.is_known()) return;
  const std::string why = (*arn).empty() ? "is empty" : aws::problem(aws::Identifier::role, *arn);
  if (why.empty()) return;
  report.at(resource, place, (*arn).empty() ? "the ARN of the IAM role is empty" : format("`{}` {}", shorten(*arn, 60), why));
}

}  // namespace

extern constinit const Rule serviceaccount_role_arn_invalid = {
    .info = {.id = "serviceaccount-role-arn-invalid",
             .summary = "a ServiceAccount is annotated with an IAM role whose ARN is none",
             .docs = "`eks.amazonaws.com/role-arn` names a role: `arn:aws:iam::<12 digits>:role/<name>`, not a policy, a user, or the "
                     "`assumed-role` that STS answers with.\n\nPlaceholders and the accounts of documentation are left alone.",
             .effect = "the pods get no AWS credentials: every call answers AccessDenied or falls back to the node's role",
             .source = "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
             .severity = Severity::error},
    .reads = {Kind::service_account},
    .check_one = check_one,
};

}  // namespace hop::rules
