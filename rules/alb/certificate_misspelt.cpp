// A certificate that is surely a slip for the one that other Ingresses have.
#include <map>

#include "model/aws/annotations.h"
#include "rule/rule.h"
#include "text/typing_slip.h"

namespace hop::rules {
namespace {

struct Use {
  const Resource* resource;
  yaml::Node value;
  aws::Piece item;
};

void check(const Graph& graph, Report& report) {
  std::map<std::string_view, std::vector<Use>> uses;
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    const auto list = annotated.text("certificate-arn");
    if (!list.is_known()) continue;
    for (const aws::Piece& item : aws::string_list(*list)) uses[item.text].push_back({annotated.resource, list.node(), item});
  }
  NearNames names;
  std::vector<std::string_view> shared;
  for (const auto& [arn, all] : uses) {
    if (all.size() < 2) continue;
    names.add(arn, static_cast<std::uint32_t>(shared.size()));
    shared.push_back(arn);
  }
  for (const auto& [arn, all] : uses) {
    const auto near = all.size() == 1 ? names.find(arn) : std::nullopt;
    if (!near || !is_typing_slip(arn, shared[*near])) continue;
    const Use& use = all.front();
    const Use& other = uses.at(shared[*near]).front();
    Finding finding = report.at(*use.resource, use.value, use.value.part_span(use.item.begin, use.item.end),
                                "the certificate differs by a slip from the one that others have");
    finding.note(other.value.part_span(other.item.begin, other.item.end), "the certificate that others have");
    if (use.value.str() == arn) finding.fix("take the certificate that others have", use.value, other.item.text, Safety::unsafe);
  }
}

}  // namespace

extern constinit const Rule alb_certificate_misspelt = {
    .info = {.id = "alb-certificate-misspelt",
             .summary = "an Ingress's certificate differs from the one that other Ingresses have by two swapped letters",
             .docs = "The ids of certificates are random: two that differ by one slip of the keyboard are one. Told where the other is "
                     "used more than once and this one is not.",
             .effect = "AWS finds no such certificate: the controller stops with FailedDeployModel, for every Ingress of the group",
             .source = "https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
