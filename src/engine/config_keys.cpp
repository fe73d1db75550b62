#include "engine/config_keys.h"

#include "engine/config_reader.h"

namespace hop {
namespace {

using Reader = ConfigReader;

constexpr ConfigKey file_keys[] = {
    {"extends", Shape::texts,
     "Configuration files that this one builds on, relative to it, read first and in order. `select`, `ignore`, `complete`, `ruleset`, "
     "`preview`, `require-reason` and the keys of `environment` replace what they say; `severity`, `exclude`, `known`, `clusters`, "
     "`overrides`, `policy` and `allow` add to it. Their globs are read from the folder of the file that extends them.",
     &Reader::extends},
    {"select", Shape::rules, "Rules to run in place of the default set.", &Reader::select},
    {"ignore", Shape::rules, "Rules to leave out. The most specific word of `select` and `ignore` wins.", &Reader::ignore},
    {"severity", Shape::severities, "Severity of a rule's findings, or `off`. It replaces the rule's highest; lower ones stay lower.",
     &Reader::severity},
    {"ruleset", Shape::release, "The release of hoplint whose rules are wanted: rules that came later are off unless selected by id.",
     &Reader::ruleset},
    {"preview", Shape::boolean, "Whether rules on trial run too. Without, each can be selected by its id.", &Reader::preview},
    {"exclude", Shape::globs, "Files and folders that are not read, relative to this file's folder.", &Reader::exclude},
    {"known", Shape::texts, "What exists elsewhere: `Kind[.group] [namespace/]name`, or a path to manifests, relative to this file.",
     &Reader::known},
    {"complete", Shape::complete, "Whether everything there is lies among the manifests: of all namespaces or of those listed.",
     &Reader::complete},
    {"clusters", Shape::clusters, "Which files make up which cluster. What matches none belongs to an unnamed one.", &Reader::clusters},
    {"environment", Shape::environment,
     "What the manifests are installed into. It outweighs what the manifests say; rules about other versions stay quiet.",
     &Reader::environment},
    {"overrides", Shape::list_of_overrides,
     "Rules and severities for some files or objects. Of several that match and speak of a rule the last counts, before the keys above.",
     &Reader::overrides},
    {"allow", Shape::list_of_allows, "Findings that are known and stay: they are not shown and do not count.", &Reader::allow},
    {"policy", Shape::list_of_policies,
     "What must hold for requests: findings say where it does not, or cannot be proved. `hoplint trace` shows the requests.",
     &Reader::policy},
    {"require-reason", Shape::boolean, "Whether a suppression without a reason is a warning rather than an info.", &Reader::require_reason},
};

constexpr ConfigKey paths{"paths", Shape::globs, "Globs in .gitignore syntax; any file if left out.", &Reader::scope_paths};
constexpr ConfigKey kind{"kind", Shape::texts, "Globs of the object's kind, as `Deployment`.", &Reader::scope_kind};
constexpr ConfigKey ns{"namespace", Shape::texts, "Globs of the object's namespace.", &Reader::scope_namespace};
constexpr ConfigKey name{"name", Shape::texts, "Globs of the object's name.", &Reader::scope_name};
constexpr ConfigKey labels{"labels", Shape::words, "Labels that the object carries, all of them; the values are globs.",
                           &Reader::scope_labels};

constexpr ConfigKey allow_keys[] = {
    {"rules", Shape::rules, "What is allowed; `ALL` stands for every rule.", &Reader::allow_rules, true},
    paths,
    kind,
    ns,
    name,
    labels,
    {"reason", Shape::text, "Why.", &Reader::allow_reason},
    {"until", Shape::date, "The last day on which it holds.", &Reader::allow_until},
};

constexpr ConfigKey override_keys[] = {
    paths,
    kind,
    ns,
    name,
    labels,
    {"select", Shape::rules, "Rules to run here on top of those that run anyway.", &Reader::override_select},
    {"ignore", Shape::rules, "Rules to leave out here.", &Reader::override_ignore},
    {"severity", Shape::severities, "Severities here.", &Reader::override_severity},
};

constexpr ConfigKey environment_keys[] = {
    {"kubernetes", Shape::version, "Version of Kubernetes, as `1.29`.", &Reader::kubernetes},
    {"istio", Shape::version, "Version of Istio, as `1.24`.", &Reader::istio},
    {"controller", Shape::version, "Version of the AWS Load Balancer Controller, as `2.7`.", &Reader::controller},
    {"root-namespace", Shape::text, "Istio's root namespace, whose policies hold for the whole mesh.", &Reader::root_namespace},
    {"trust-domain", Shape::text, "The mesh's trust domain, which begins the identities of its workloads.", &Reader::trust_domain},
    {"cluster-domain", Shape::text, "The domain of the cluster's Services, `cluster.local` as a rule.", &Reader::cluster_domain},
    {"controller-flags", Shape::flags, "Flags that the AWS Load Balancer Controller is started with, as `--default-target-type=ip`.",
     &Reader::controller_flags},
};

constexpr ConfigKey policy_keys[] = {
    {"hosts", Shape::texts, "Hosts of the requests, as listeners have them: `*.example.com` too. Any host if left out.",
     &Reader::policy_hosts},
    {"namespaces", Shape::texts, "Globs of the namespace that a request ends in. Any if left out.", &Reader::policy_namespaces},
    {"encrypted", Shape::encryption, "`every-hop`: no wire is plain text. `mtls`: and wires into pods are mutual TLS.",
     &Reader::policy_encrypted},
    {"reachable", Shape::boolean, "Whether every request must arrive, or be answered on the way.", &Reader::policy_reachable},
    {"unreachable-from", Shape::source, "`internet`: no load balancer that faces the internet may lead there.",
     &Reader::policy_unreachable_from},
};

}  // namespace

std::span<const ConfigKey> config_keys(ConfigPart part) {
  switch (part) {
    case ConfigPart::allow:
      return allow_keys;
    case ConfigPart::override_:
      return override_keys;
    case ConfigPart::environment:
      return environment_keys;
    case ConfigPart::policy:
      return policy_keys;
    case ConfigPart::file:
      break;
  }
  return file_keys;
}

}  // namespace hop
