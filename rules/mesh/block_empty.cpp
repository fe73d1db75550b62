// Blocks that say nothing.
#include "model/mistakes.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  for (const istio::EmptyBlock& block : mistakes(resource).sets.empty_blocks) {
    if (may_get(resource, block.node, block.needs)) continue;
    const bool one = block.needs.size() == 1;
    const std::string needs = format("needs {}{}", one ? "" : "one of ", list_words(block.needs, 4));
    const bool is_there = block.node.is_mapping();
    Finding finding = report.at_key(resource, block.node, is_there ? "this " + needs : "there is no `spec`, which " + needs);
    finding.alias(block.refused ? "IST0106" : "IST0133");
    if (!block.refused) finding.severity(Severity::warning).effect("it does nothing");
  }
}

}  // namespace

extern constinit const Rule mesh_block_empty = {
    .info = {.id = "mesh-block-empty",
             .summary = "a block has none of the fields that would make it mean something",
             .docs = "A VirtualService without routes, a redirect that changes nothing, a traffic policy or a connection pool "
                     "without settings, a Sidecar without listeners, a policy's `source` or `operation` that asks for nothing, "
                     "a condition without values: Istio refuses them rather than guess. A Gateway, VirtualService, DestinationRule or "
                     "Sidecar without `spec` is judged as one with an empty one.\n\nAn object without `spec` that has labels or "
                     "annotations may be a patch, and is left alone.\n\nA fault's `abort` without a status "
                     "is a warning: it is accepted and does nothing.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/",
             .severity = Severity::error,
             .aliases = {"IST0106", "IST0133"},
             .ineffective = true},
    .reads = istio::field_set_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
