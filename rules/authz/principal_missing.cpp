// A principal in an AuthorizationPolicy that no workload can have.
#include <algorithm>

#include "graph/namespaces.h"
#include "graph/peer_name.h"
#include "graph/service_accounts.h"
#include "model/istio/policy_views.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr std::string_view scheme = "spiffe://";

struct Principal {
  std::string_view domain, ns, account;
};

std::optional<Principal> parse(std::string_view text) {
  const std::size_t ns = text.find("/ns/");
  const std::size_t account = text.find("/sa/");
  if (ns == std::string_view::npos || account == std::string_view::npos || account < ns + 4) return std::nullopt;
  return Principal{text.substr(0, ns), text.substr(ns + 4, account - ns - 4), text.substr(account + 4)};
}

bool wildcard_fits(const Resource& from, const ServiceAccounts& accounts, const std::vector<std::string_view>& domains,
                   std::string_view pattern) {
  return accounts.any(from, [&](std::string_view identity) {
    return std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) {
      const std::string whole = format("{}/{}", domain, identity);
      if (pattern.ends_with('*')) return whole.starts_with(pattern.substr(0, pattern.size() - 1));
      return whole.ends_with(pattern.substr(1));
    });
  });
}

class Checker {
 public:
  Checker(const Graph& graph, Report& report)
      : graph_(graph),
        report_(report),
        accounts_(graph, ServiceAccounts::Users::machines),
        namespaces_(graph),
        domains_(trust_domains(graph)) {}

  void check(const AuthorizationPolicy& policy, yaml::Node place) {
    const auto text = text_of(place);
    if (!text.is_known() || *text == "*") return;
    if ((*text).starts_with(scheme)) {
      Finding finding = report_.at(policy, place, "principals are written without `spiffe://`");
      const std::string_view bare = (*text).substr(scheme.size());
      finding.alias("KIA0106").fix(format("write `{}`", bare), place, bare, Safety::unsafe);
      return;
    }
    if ((*text).find('*') != std::string_view::npos) return check_wildcard(policy, place, *text);
    const auto principal = parse(*text);
    if (!principal) {
      report_.at(policy, place, format("`{}` is no principal: `<trust domain>/ns/<namespace>/sa/<account>`", *text)).alias("KIA0106");
      return;
    }
    check_exact(policy, place, *principal);
  }

 private:
  void check_wildcard(const AuthorizationPolicy& policy, yaml::Node place, std::string_view text) {
    if (!graph_.world().complete || wildcard_fits(*policy, accounts_, domains_, text)) return;
    Finding finding = report_.at(policy, place, format("no service account matches `{}`", text));
    // Istio takes only one of the two for a wildcard; the peer takes both.
    if (!(text.starts_with('*') && text.ends_with('*'))) finding.alias("KIA0106");
  }

  void check_exact(const AuthorizationPolicy& policy, yaml::Node place, const Principal& principal) {
    if (!domains_.empty() && std::find(domains_.begin(), domains_.end(), principal.domain) == domains_.end()) {
      report_.at(policy, place, format("`{}` is no trust domain of this mesh", principal.domain))
          .alias("KIA0108")
          .severity(Severity::warning);
      return;
    }
    const Lookup account = accounts_.find(*policy, principal.ns, principal.account);
    if (account.unknown()) check_namespace(policy, place, principal);
    if (!account.missing()) return;
    if (accounts_.is_elsewhere(*policy, principal.ns, principal.account)) {
      report_.at(policy, place, format("the service account `{}` is in another cluster only", principal.account))
          .alias("KIA0107")
          .severity(Severity::info)
          .effect("the entry matches clients of the other cluster only, if the two trust each other");
      return;
    }
    Finding finding =
        report_.at(policy, place, format("the service account `{}` does not exist in namespace `{}`", principal.account, principal.ns));
    finding.alias("KIA0106").missing(account).target(format("ServiceAccount {}/{}", principal.ns, principal.account));
  }

  void check_namespace(const AuthorizationPolicy& policy, yaml::Node place, const Principal& principal) {
    const auto meant = namespaces_.meant_by(*policy, principal.ns);
    if (!meant) return;
    Finding finding = report_.at(policy, place, format("nothing is in namespace `{}`, which resembles `{}`", principal.ns, meant->name));
    const std::string whole = format("{}/ns/{}/sa/{}", principal.domain, meant->name, principal.account);
    finding.alias("KIA0106").severity(Severity::warning).fix(format("change it to `{}`", whole), place, whole, Safety::unsafe);
  }

  const Graph& graph_;
  Report& report_;
  ServiceAccounts accounts_;
  NamespaceNames namespaces_;
  std::vector<std::string_view> domains_;
};

void check(const Graph& graph, Report& report) {
  if (graph.of(Kind::authorization_policy).empty()) return;
  Checker checker(graph, report);
  for (const AuthorizationPolicy& policy : graph.linted<AuthorizationPolicy>()) {
    for (yaml::Node source : policy.sources()) {
      for (yaml::Node place : source["principals"].items()) checker.check(policy, place);
    }
  }
}

}  // namespace

extern constinit const Rule authz_principal_missing = {
    .info = {.id = "authz-principal-missing",
             .summary = "a policy names a principal that no workload has",
             .docs =
                 "A principal is `<trust domain>/ns/<namespace>/sa/<service account>`, without `spiffe://`. The account counts as existing "
                 "if a "
                 "ServiceAccount or a workload that runs as it, a WorkloadEntry or WorkloadGroup too, is among the manifests. Wildcards "
                 "are looked at with `complete` only.\n\n"
                 "A trust domain that is none of the mesh's is a warning: it may belong to a federated mesh. An account that only another "
                 "cluster has is info.",
             .effect = "the entry matches no client: an ALLOW rule lets nobody in by it, a DENY rule keeps nobody out",
             .source = "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
             .severity = Severity::error,
             .group = Group::security,
             .aliases = {"KIA0106", "KIA0107", "KIA0108"},
             .fixes = FixPolicy::sometimes},
    .reads = {Kind::authorization_policy, Kind::service_account, Kind::workload_entry, Kind::workload_group, Facet::files, Facet::workloads,
              Facet::mesh},
    .check = check,
};

}  // namespace hop::rules
