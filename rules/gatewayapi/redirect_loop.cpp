// A redirect that leads to the very listener it stands behind.
#include <algorithm>

#include "graph/attachments.h"
#include "model/gatewayapi/listeners.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

bool is_tls(yaml::Node listener) { return listener["protocol"].str() == "HTTPS"; }

/// Whether what is redirected comes back as it was: same scheme, port, host and path.
bool changes_nothing(yaml::Node redirect, yaml::Node listener) {
  if (redirect["hostname"] || redirect["path"]) return false;
  const auto scheme = text_of(redirect["scheme"]);
  const auto port = integer_of(redirect["port"]);
  const auto own = integer_of(listener["port"]);
  if (scheme.is_unknown() || port.is_unknown() || !own.is_known() || text_of(listener["protocol"]).is_unknown()) return false;
  const std::string_view word = scheme.value_or(is_tls(listener) ? "https" : "http");
  if ((word == "https") != is_tls(listener)) return false;
  // Without a port it is the scheme's usual one, or the listener's where there is no scheme either.
  const std::int64_t to = port.is_known() ? *port : scheme.is_absent() ? *own : word == "https" ? 443 : 80;
  return to == *own;
}

void check(const Graph& graph, Report& report) {
  for (const Attachment& attachment : attachments(graph)) {
    const MeantListeners meant = meant_listeners(*attachment.gateway.target, attachment.parent);
    for (yaml::Node rule : attachment.route.spec()["rules"].items()) {
      for (yaml::Node filter : rule["filters"].items()) {
        if (filter["type"].str() != "RequestRedirect") continue;
        const yaml::Node redirect = filter["requestRedirect"];
        const auto loops = std::ranges::find_if(meant.listeners, [&](yaml::Node listener) {
          return takes_kind(listener, attachment.route->kind_name) == Truth::yes && changes_nothing(redirect, listener);
        });
        if (loops == meant.listeners.end()) continue;
        const bool named = attachment.parent.node.has("sectionName");
        report.at_key(*attachment.route, redirect, format("the redirect leads back to listener `{}`", (*loops)["name"].str()))
            .note(named ? attachment.parent.node["sectionName"] : attachment.parent.name(), "the route is attached to it here")
            .note((*loops)["port"], "the listener");
      }
    }
  }
}

}  // namespace

extern constinit const Rule gatewayapi_redirect_loop = {
    .info = {.id = "gatewayapi-redirect-loop",
             .summary = "a redirect of a route leads to the listener that the route is attached to",
             .docs =
                 "A RequestRedirect without `hostname` and `path` that keeps scheme and port sends the client where it is. A redirect to "
                 "HTTPS belongs to the HTTP listener alone: name it by `sectionName`, for a route without one is attached to all of them.",
             .effect = "clients are redirected for ever: ERR_TOO_MANY_REDIRECTS; an ALB refuses the rule",
             .source = "https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/",
             .severity = Severity::error},
    .reads = attachment_kinds,
    .check = check,
};

}  // namespace hop::rules
