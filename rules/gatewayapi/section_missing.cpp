// Routes attached to a listener that does not exist.
#include "graph/attachments.h"
#include "model/gatewayapi/listeners.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_attachment(const Attachment& attachment, Report& report) {
  const auto& [route, parent, found] = attachment;
  if (!parent.node.has("sectionName") && !parent.node.has("port")) return;
  const auto may_mean = [&ref = parent](const Resource& gateway) {
    const MeantListeners meant = meant_listeners(gateway, ref);
    return meant.unknown || !meant.listeners.empty();
  };
  if (found.any(may_mean)) return;
  const bool named = parent.node.has("sectionName");
  const yaml::Node place = parent.node[named ? "sectionName" : "port"];
  std::vector<std::string_view> names;
  for (yaml::Node listener : K8sGateway(*found.target).listeners()) names.push_back(listener["name"].str());
  Finding finding =
      report.at(route, place, format("the Gateway `{}` has no listener with this {}", found.target->name, named ? "name" : "port"));
  finding.note(found.target->spec()["listeners"].key_span(), names.empty() ? "it has none" : format("it has {}", list_words(names)));
  if (const auto meant = nearest(place.str(), names); named && meant) {
    finding.fix(format("change it to `{}`", *meant), place, *meant, Safety::unsafe);
  }
}

void check(const Graph& graph, Report& report) {
  for (const Attachment& attachment : attachments(graph)) check_attachment(attachment, report);
}

}  // namespace

extern constinit const Rule gatewayapi_section_missing = {
    .info = {.id = "gatewayapi-section-missing",
             .summary = "a route is attached to a listener that its Gateway does not have",
             .docs = "`sectionName` names a listener of the Gateway, `port` the port of some. With both, one listener has to "
                     "have both.",
             .effect = "the route is not accepted; requests for its hosts get 404",
             .source = "https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.ParentReference",
             .severity = Severity::error,
             .fixes = FixPolicy::sometimes},
    .reads = attachment_kinds,
    .check = check,
};

}  // namespace hop::rules
