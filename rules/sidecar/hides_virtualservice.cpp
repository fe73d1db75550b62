// A VirtualService for a host that its namespace's Sidecar leaves out.
#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::sidecar).empty()) return;
  const SidecarScopes scopes(graph);
  for (const VirtualService& vs : graph.linted<VirtualService>()) {
    const Visibility seen = visibility(graph, *vs);
    const bool only_here = !seen.unknown && !seen.everywhere && seen.namespaces.size() == 1 && seen.namespaces.front() == vs->ns;
    const Resource* sidecar = scopes.of_namespace(*vs);
    if (!only_here || sidecar == nullptr || !vs.applies_to_mesh() || vs.hosts().empty()) continue;
    const auto hidden = [&](yaml::Node host) {
      return text_of(host).is_known() && imports(graph, *sidecar, vs->ns, *vs, graph.full_host(*vs, host.str())) == Truth::no;
    };
    bool all = true;
    for (yaml::Node host : vs.hosts()) all = all && hidden(host);
    if (!all) continue;
    report.at_key(*vs, vs.spec()["hosts"], "no sidecar uses these routes: the Sidecar of the namespace imports none of the hosts")
        .note(sidecar->spec()["egress"].key_span(), "what it imports");
  }
}

}  // namespace

extern constinit const Rule sidecar_hides_virtualservice = {
    .info = {.id = "sidecar-hides-virtualservice",
             .summary = "a VirtualService is for hosts that the Sidecar of its namespace leaves out",
             .docs = "A Sidecar without a selector says what the workloads of its namespace see (in the root namespace: those "
                     "of every namespace without one). A VirtualService that is exported to its own namespace only and whose "
                     "hosts are not among the Sidecar's `egress` hosts is used by nobody.\n\nDestinations of routes need no "
                     "import of their own: what an imported VirtualService leads to comes with it.",
             .effect = "the routes are not applied to any request",
             .source = "https://istio.io/latest/docs/reference/config/networking/sidecar/",
             .severity = Severity::warning},
    .reads = {Kind::virtual_service, Kind::sidecar, Kind::namespace_, Facet::workloads, Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
