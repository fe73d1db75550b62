// HTTP/2 and gRPC targets on a listener without TLS.
#include <set>

#include "graph/entry_path.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  std::set<std::pair<Span, std::int64_t>> told;
  for (const EntryPath& path : entry_paths(graph)) {
    const Setting& version = path.target->protocol_version;
    if (path.listener->https || !(version.is("HTTP2") || version.is("GRPC")) || version.set_by == nullptr) continue;
    if (!told.emplace(version.node.span(), path.listener->port).second) continue;
    report
        .at(*version.set_by, version.node,
            format("targets of {} cannot be on the HTTP listener on port {}", version.value, path.listener->port))
        .note(path.listener->sources.front().node, "this listener")
        .note(path.target->backend.path.service(), "the target group");
  }
}

}  // namespace

extern constinit const Rule alb_protocol_version_on_http_listener = {
    .info = {.id = "alb-protocol-version-on-http-listener",
             .summary = "a target group of HTTP/2 or gRPC is used by a plain HTTP listener",
             .docs = "An ALB speaks HTTP/2 with clients only inside TLS; target groups of `backend-protocol-version` HTTP2 or GRPC are for "
                     "HTTPS listeners.\n\nTake the HTTP port out of `listen-ports`, or set `ssl-redirect`.",
             .effect = "AWS refuses the rule, and no Ingress of the group is updated any more",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
                       "load-balancer-target-groups.html#target-group-protocol-version",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
