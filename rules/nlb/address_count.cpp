// Addresses for a load balancer that do not fit its subnets or its scheme.
#include "model/aws/nlb.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// A list of addresses, one for each subnet, and what it asks of the load balancer.
struct AddressList {
  std::string_view name, setting, wanted, fallback;
};
constexpr AddressList lists[] = {{"eip-allocations", "scheme", "internet-facing", "internal"},
                                 {"private-ipv4-addresses", "scheme", "internal", "internal"},
                                 {"ipv6-addresses", "ip-address-type", "dualstack", "ipv4"}};

bool holds_placeholder(const std::vector<aws::Piece>& items) {
  for (const aws::Piece& item : items) {
    if (yaml::is_placeholder(item.text)) return true;
  }
  return false;
}

void check_list(const Resource& service, const AddressList& list, Report& report) {
  const auto addresses = nlb::annotation(service, list.name);
  if (!addresses.is_known()) return;
  const auto setting = nlb::annotation(service, list.setting);
  const bool old_scheme = list.setting == "scheme" && setting.is_absent() && !nlb::annotation(service, "internal").is_absent();
  if (!setting.is_unknown() && !old_scheme && setting.value_or(list.fallback) != list.wanted) {
    Finding finding = report.at(service, addresses.node(), format("`{}` needs `{}: {}`", list.name, list.setting, list.wanted));
    if (setting.is_known()) finding.note(setting.node(), format("it is `{}`", shorten(*setting)));
  }
  const auto subnets = nlb::annotation(service, "subnets");
  if (!subnets.is_known()) return;
  const auto places = aws::string_list(*subnets);
  const auto items = aws::string_list(*addresses);
  if (holds_placeholder(places) || holds_placeholder(items) || places.size() == items.size()) return;
  report.at(service, addresses.node(), format("`{}` has {} addresses for {} subnets", list.name, items.size(), places.size()))
      .note(subnets.node(), "the subnets");
}

void check_one(const Resource& resource, Report& report) {
  const nlb::Maker maker = nlb::maker_of(Service(resource));
  if (maker != nlb::Maker::controller && maker != nlb::Maker::auto_mode) return;
  for (const AddressList& list : lists) check_list(resource, list, report);
}

}  // namespace

extern constinit const Rule nlb_address_count = {
    .info =
        {.id = "nlb-address-count",
         .summary = "addresses given to a Service's load balancer do not fit its subnets or scheme",
         .docs =
             "`eip-allocations`, `private-ipv4-addresses` and `ipv6-addresses` give one address for each subnet. Elastic addresses need "
             "`scheme: internet-facing`, private ones `internal`, IPv6 ones `ip-address-type: dualstack`.",
         .effect = "the controller stops with FailedBuildModel and the load balancer is not made",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#eip-allocations",
         .severity = Severity::error},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
