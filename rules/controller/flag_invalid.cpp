// Flags with which the controller does not start.
#include "model/aws/annotations.h"
#include "model/aws/controller.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Choice {
  std::string_view flag, words;
};
constexpr Choice choices[] = {{"--default-target-type", "instance|ip"}, {"--default-load-balancer-scheme", "internal|internet-facing"}};

void check_one(const Resource& resource, Report& report) {
  const yaml::Node container = aws::controller_container(resource);
  if (!container) return;
  for (const Choice& choice : choices) {
    const auto flag = aws::flag(container, choice.flag);
    if (!flag || yaml::is_placeholder(flag->value) || aws::is_among(choice.words, flag->value)) continue;
    report.at(resource, flag->node, format("`{}` is `{}`, not {}", choice.flag, shorten(flag->value, 24), aws::spell_choice(choice.words)));
  }
  const auto group = aws::flag(container, "--backend-security-group");
  if (group && !group->value.empty() && !group->value.starts_with("sg-") && !aws::is_example(group->value))
    report.at(resource, group->node, format("the backend security group `{}` does not begin with `sg-`", shorten(group->value)));
  const auto manages = aws::flag(container, "--enable-manage-backend-security-group-rules");
  const auto enabled = aws::flag(container, "--enable-backend-security-group");
  if (manages && enabled && (manages->value.empty() || aws::parse_bool(manages->value) == true) && aws::parse_bool(enabled->value) == false)
    report.at(resource, manages->node, "rules of the backend security group cannot be managed without that group")
        .note(enabled->node, "switched off here");
}

}  // namespace

extern constinit const Rule controller_flag_invalid = {
    .info =
        {.id = "controller-flag-invalid",
         .summary = "the AWS Load Balancer Controller is started with flags that it refuses",
         .docs =
             "`--default-target-type` is `instance` or `ip`, `--default-load-balancer-scheme` `internal` or `internet-facing`, "
             "`--backend-security-group` an id; `--enable-manage-backend-security-group-rules` needs `--enable-backend-security-group`.",
         .effect = "the controller exits at once and no load balancer is made or changed",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/",
         .severity = Severity::error},
    .reads = {Kind::deployment},
    .check_one = check_one,
};

}  // namespace hop::rules
