#include "engine/config_text.h"

#include <algorithm>
#include <vector>

#include "engine/config_keys.h"
#include "engine/yaml_writer.h"
#include "text/format.h"

namespace hop {
namespace {

std::string version_text(const std::optional<Version>& version) {
  return version ? format("{}.{}", version->major, version->minor) : std::string();
}

std::string known_text(const KnownName& known) {
  return known.ns.empty() ? format("{} {}", known.kind, known.name) : format("{} {}/{}", known.kind, known.ns, known.name);
}

/// Writes the value of one key; a key that nobody said has none.
class InForce {
 public:
  InForce(const Settings& settings, const std::function<std::string(Span)>& place) : settings_(settings), place_(place) {}

  std::string text() {
    std::string all;
    for (const ConfigKey& key : config_keys(ConfigPart::file)) {
      if (key.name == "extends") continue;  // what it brought stands below
      all += (all.empty() ? "" : "\n") + section(key);
    }
    return all;
  }

 private:
  std::string section(const ConfigKey& key) {
    std::string places;
    for (const SaidKey& said : settings_.said) {
      if (said.key == key.name) places += (places.empty() ? "" : ", ") + place_(said.where);
    }
    YamlText out;
    out.comment(places.empty() ? "by default" : places);
    out.begin_map().key(key.name);
    value(key.name, out);
    return out.end_map().finish();
  }

  void value(std::string_view key, YamlText& out) const {
    if (key == "select") return words(settings_.selection.select, out);
    if (key == "ignore") return words(settings_.selection.ignore, out);
    if (key == "severity") return severities(settings_.severities, out);
    if (key == "preview") return boolean(settings_.selection.preview, out);
    if (key == "require-reason") return boolean(settings_.require_reason, out);
    if (key == "ruleset") return ruleset(out);
    if (key == "exclude") return words(settings_.excludes, out);
    if (key == "known") return known(out);
    if (key == "complete") return complete(out);
    if (key == "clusters") return clusters(out);
    if (key == "environment") return environment(out);
    if (key == "overrides") return overrides(out);
    if (key == "allow") return allowances(out);
    if (key == "policy") return policies(out);
    out.null();  // a key that this does not write yet still shows where it was said
  }

  static void boolean(bool value, YamlText& out) { out.plain(value ? "true" : "false"); }
  static void words(const std::vector<std::string>& list, YamlText& out) {
    if (list.empty()) return static_cast<void>(out.empty_list());
    out.begin_list();
    for (const std::string& word : list) out.plain(word);
    out.end_list();
  }

  static void severities(const std::vector<SeverityOverride>& list, YamlText& out) {
    if (list.empty()) return static_cast<void>(out.empty_map());
    out.begin_map();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto later = std::find_if(list.begin() + static_cast<std::ptrdiff_t>(i) + 1, list.end(),
                                      [&](const SeverityOverride& other) { return other.what == list[i].what; });
      if (later == list.end()) out.pair(list[i].what, list[i].off ? "off" : to_string(list[i].severity));
    }
    out.end_map();
  }

  void ruleset(YamlText& out) const {
    const auto& release = settings_.selection.ruleset;
    release ? out.plain(format("{}.{}.{}", release->major, release->minor, release->patch)) : out.null();
  }

  void known(YamlText& out) const {
    if (settings_.world.known.empty() && settings_.known_paths.empty()) return static_cast<void>(out.empty_list());
    out.begin_list();
    for (const KnownName& name : settings_.world.known) out.plain(known_text(name));
    for (const std::string& path : settings_.known_paths) out.plain(path);
    out.end_list();
  }

  void complete(YamlText& out) const {
    const World& world = settings_.world;
    world.complete_namespaces.empty() ? boolean(world.complete, out) : words(world.complete_namespaces, out);
  }

  void clusters(YamlText& out) const {
    if (settings_.world.clusters.empty()) return static_cast<void>(out.empty_map());
    out.begin_map();
    for (const World::Cluster& cluster : settings_.world.clusters) out.pair(cluster.name, std::span(cluster.paths));
    out.end_map();
  }

  void environment(YamlText& out) const {
    const Environment& said = settings_.world.environment;
    out.begin_map();
    const auto text = [&](std::string_view key, std::string_view value) {
      if (!value.empty()) out.pair(key, value);
    };
    text("kubernetes", version_text(said.kubernetes));
    text("istio", version_text(said.istio));
    text("controller", version_text(said.controller));
    text("root-namespace", said.root_namespace);
    text("trust-domain", said.trust_domain);
    text("cluster-domain", said.cluster_domain);
    if (!said.controller_flags.empty()) {
      out.key("controller-flags").begin_list();
      for (const Environment::Flag& flag : said.controller_flags) out.plain(format("{}={}", flag.name, flag.value));
      out.end_list();
    }
    out.end_map();
  }

  void policies(YamlText& out) const {
    if (settings_.policies.empty()) return static_cast<void>(out.empty_list());
    out.begin_list();
    for (const ChainPolicy& policy : settings_.policies) {
      out.begin_map();
      if (!policy.hosts.empty()) out.pair("hosts", std::span(policy.hosts));
      if (!policy.namespaces.empty()) out.pair("namespaces", std::span(policy.namespaces));
      if (policy.encrypted) out.pair("encrypted", *policy.encrypted == Requirement::mtls ? "mtls" : "every-hop");
      if (policy.reachable) out.key("reachable").plain("true");
      if (policy.unreachable_from_internet) out.pair("unreachable-from", "internet");
      out.end_map();
    }
    out.end_list();
  }

  static void scope(const FindingScope& scope, YamlText& out) {
    const std::pair<std::string_view, const std::vector<std::string>*> lists[] = {
        {"paths", &scope.paths}, {"kind", &scope.kinds}, {"namespace", &scope.namespaces}, {"name", &scope.names}};
    for (const auto& [key, list] : lists) {
      if (!list->empty()) out.pair(key, std::span(*list));
    }
    if (scope.labels.empty()) return;
    out.key("labels").begin_map();
    for (const auto& [label, glob] : scope.labels) out.key(label).string(glob);
    out.end_map();
  }

  void overrides(YamlText& out) const {
    if (settings_.overrides.empty()) return static_cast<void>(out.empty_list());
    out.begin_list();
    for (const Override& one : settings_.overrides) {
      out.begin_map();
      scope(one.scope, out);
      if (!one.select.empty()) out.pair("select", std::span(one.select));
      if (!one.ignore.empty()) out.pair("ignore", std::span(one.ignore));
      if (!one.severities.empty()) severities(one.severities, out.key("severity"));
      out.end_map();
    }
    out.end_list();
  }

  void allowances(YamlText& out) const {
    if (settings_.allowances.empty()) return static_cast<void>(out.empty_list());
    out.begin_list();
    for (const Allowance& one : settings_.allowances) {
      out.begin_map().pair("rules", std::span(one.rules));
      scope(one.scope, out);
      if (!one.reason.empty()) out.pair("reason", one.reason);
      if (!one.until.empty()) out.pair("until", one.until);
      out.end_map();
    }
    out.end_list();
  }

  const Settings& settings_;
  const std::function<std::string(Span)>& place_;
};

std::string_view environment_key(Component component) {
  if (component == Component::kubernetes) return "kubernetes";
  return component == Component::istio ? "istio" : "controller";
}

/// A piece of the file that stands by itself.
std::string piece(const std::function<void(YamlText&)>& write) {
  YamlText out;
  write(out);
  return "\n" + out.finish();
}

std::string environment_piece(const Proposal& proposal) {
  const bool any =
      !proposal.versions.empty() || !proposal.root_namespace.empty() || !proposal.trust_domain.empty() || !proposal.cluster_domain.empty();
  if (!any)
    return "\n# What the manifests are installed into; rules about other versions stay quiet. None were found among the manifests.\n"
           "# environment:\n#   kubernetes: \"1.30\"\n#   istio: \"1.24\"\n#   controller: \"2.8\"\n";
  return piece([&](YamlText& out) {
    out.comment("What the manifests are installed into; rules about other versions stay quiet.");
    out.begin_map().key("environment").begin_map();
    for (const auto& version : proposal.versions)
      out.key(environment_key(version.component)).string(version.text).comment_behind(version.reason);
    if (!proposal.root_namespace.empty()) out.pair("root-namespace", proposal.root_namespace);
    if (!proposal.trust_domain.empty()) out.pair("trust-domain", proposal.trust_domain);
    if (!proposal.cluster_domain.empty()) out.pair("cluster-domain", proposal.cluster_domain);
    out.end_map().end_map();
  });
}

}  // namespace

std::string config_in_force(const Settings& settings, const std::function<std::string(Span)>& place) {
  return InForce(settings, place).text();
}

std::string proposed_config(const Proposal& proposal) {
  std::string text =
      "# Configuration of hoplint, proposed from what lies here. Every key: `hoplint schema config`; what is in force: "
      "`hoplint config show`.\n";
  text += environment_piece(proposal);
  if (!proposal.clusters.empty()) {
    text += piece([&](YamlText& out) {
      out.comment("Each cluster is checked by itself: " + proposal.cluster_reason + ".");
      out.begin_map().key("clusters").begin_map();
      for (const auto& cluster : proposal.clusters) out.pair(cluster.name, cluster.glob);
      out.end_map().end_map();
    });
  }
  if (!proposal.known.empty()) {
    text += piece([&](YamlText& out) {
      out.comment("What the manifests refer to and do not hold. Take out what does not exist: then it is reported.");
      out.comment("`kubectl get svc,deploy,gateways,secrets -A -o json | hoplint config known - > known.yaml` writes what does.");
      out.begin_map().key("known").begin_list();
      for (const auto& known : proposal.known) out.plain(known_text(known.name)).comment_behind(known.reason);
      out.end_list().end_map();
    });
  }
  text += "\n# Once everything that exists lies here or is known, what is missing is an error:\n# complete: true\n";
  return text;
}

}  // namespace hop
