// Sources allowed to reach an ALB that are no ranges.
#include <algorithm>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

class Check {
 public:
  Check(const AlbAnnotated& annotated, const AlbAnnotation& annotation, bool lacks_ipv6, Report& report)
      : annotated_(annotated), annotation_(annotation), lacks_ipv6_(lacks_ipv6), report_(report) {}

  void run() {
    for (const aws::Piece& item : aws::string_list(*annotation_.text())) {
      if (yaml::is_placeholder(item.text)) continue;
      const auto cidr = aws::parse_cidr(item.text);
      if (!cidr) {
        check_address(item);
      } else if (!cidr->exact) {
        tell(item, "has bits set behind its prefix")
            .severity(Severity::warning)
            .effect("AWS stores the network address instead, and the controller changes it back with every run");
      } else if (cidr->v6 && lacks_ipv6_) {
        tell(item, "is dropped: the load balancer has IPv4 addresses only")
            .severity(Severity::warning)
            .effect("the range is left out without a word; `ip-address-type: dualstack` would open it");
      }
    }
  }

 private:
  Finding tell(const aws::Piece& item, std::string_view why) {
    return report_
        .at(*annotated_.resource, annotation_.value, annotation_.value.part_span(item.begin, item.end),
            format("`{}` of `inbound-cidrs` {}", shorten(item.text), why))
        .target(std::string(item.text));
  }

  void check_address(const aws::Piece& item) {
    const std::string why = aws::problem(aws::Identifier::cidr, item.text);
    if (why.empty()) return;  // stands for one
    Finding finding = tell(item, why);
    const Span place = annotation_.value.part_span(item.begin, item.end);
    const bool verbatim = place.size() == item.text.size();
    if (verbatim && (aws::is_ipv4(item.text) || aws::is_ipv6(item.text))) {
      const std::string_view length = aws::is_ipv4(item.text) ? "/32" : "/128";
      finding.fix(format("write `{}{}`", item.text, length), std::vector<Edit>{{{place.file, place.end, place.end}, std::string(length)}});
    }
  }

  const AlbAnnotated& annotated_;
  const AlbAnnotation& annotation_;
  bool lacks_ipv6_;
  Report& report_;
};

/// Whether the group's load balancer surely has no IPv6 address.
bool lacks_ipv6(const Graph& graph, const IngressGroup& group) {
  return group.known && group.whole && std::all_of(group.members.begin(), group.members.end(), [&](const GroupMember& member) {
           const Setting type = effective(graph.controller(*member.ingress), member, "ip-address-type");
           return type.known && !type.value.starts_with("dualstack");
         });
}

void check(const Graph& graph, Report& report) {
  for (const IngressGroup& group : graph.ingress_groups()) {
    std::optional<bool> no_ipv6;  // asks every member: once for a group
    for (const GroupMember& member : group.members) {
      const AlbAnnotated* annotated = graph.alb_annotated_of(*member.ingress);
      const AlbAnnotation* cidrs = annotated != nullptr ? annotated->find("inbound-cidrs") : nullptr;
      if (cidrs == nullptr || !cidrs->text().is_known()) continue;
      if (!no_ipv6) no_ipv6 = lacks_ipv6(graph, group);
      Check(*annotated, *cidrs, *no_ipv6, report).run();
    }
  }
}

}  // namespace

extern constinit const Rule alb_inbound_cidr_invalid = {
    .info = {.id = "alb-inbound-cidr-invalid",
             .summary = "`inbound-cidrs` of an ALB Ingress holds something that is no CIDR range",
             .docs = "Each item is an address and a prefix length: a single address is `203.0.113.7/32`. Bits behind the prefix "
                     "(`10.0.0.5/24`) and IPv6 for a load balancer without dual stack are a warning.\n\nPlaceholders are left alone.",
             .effect = "the controller stops with FailedBuildModel, and no Ingress of the group is updated any more",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#inbound-cidrs",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
