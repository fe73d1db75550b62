#pragma once
// Reads one configuration file's tree into settings, by the table of config_keys.h. For engine/config.cpp and that table alone.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config_keys.h"
#include "engine/settings.h"
#include "rule/report.h"
#include "text/file_system.h"
#include "yaml/document.h"

namespace hop {

/// The folders that paths and globs of a configuration are read from. All canonical but `own`.
struct ConfigPlace {
  std::string own;   ///< folder of the file that is read: paths in it are relative to this
  std::string base;  ///< folder of the configuration itself, whichever file it extends: globs are relative to this
  std::string here;  ///< the working directory, which the globs will meet paths from
};

class ConfigReader {
 public:
  /// Mistakes go to `report`, hints on what still works to `settings.hints`. `extend` reads a file that this one extends.
  using Extend = std::function<void(yaml::Node item, std::string_view path)>;
  ConfigReader(Report& report, Report& hints, Settings& settings, ConfigPlace place, Extend extend);

  void read(yaml::Node root);

  // What takes a key's value; see config_keys.cpp.
  void extends(yaml::Node node);
  void select(yaml::Node node);
  void ignore(yaml::Node node);
  void severity(yaml::Node node);
  void preview(yaml::Node node);
  void ruleset(yaml::Node node);
  void exclude(yaml::Node node);
  void known(yaml::Node node);
  void complete(yaml::Node node);
  void clusters(yaml::Node node);
  void environment(yaml::Node node);
  void overrides(yaml::Node node);
  void allow(yaml::Node node);
  void require_reason(yaml::Node node);

  void policy(yaml::Node node);
  void policy_hosts(yaml::Node node);
  void policy_namespaces(yaml::Node node);
  void policy_encrypted(yaml::Node node);
  void policy_reachable(yaml::Node node);
  void policy_unreachable_from(yaml::Node node);

  void allow_rules(yaml::Node node);
  void allow_reason(yaml::Node node);
  void allow_until(yaml::Node node);

  void scope_paths(yaml::Node node);
  void scope_kind(yaml::Node node);
  void scope_namespace(yaml::Node node);
  void scope_name(yaml::Node node);
  void scope_labels(yaml::Node node);

  void override_select(yaml::Node node);
  void override_ignore(yaml::Node node);
  void override_severity(yaml::Node node);

  void kubernetes(yaml::Node node);
  void istio(yaml::Node node);
  void controller(yaml::Node node);
  void root_namespace(yaml::Node node);
  void trust_domain(yaml::Node node);
  void cluster_domain(yaml::Node node);
  void controller_flags(yaml::Node node);

 private:
  void read_keys(yaml::Node mapping, ConfigPart part);
  void unknown_key(yaml::Node node, std::span<const ConfigKey> keys);
  void wrong(yaml::Node node, std::string_view expected);
  void wrong_text(yaml::Node node, std::string message);
  std::string_view text(yaml::Node node, std::string_view expected);
  bool boolean(yaml::Node node);
  Version version(yaml::Node node);
  template <class Use>
  void each_text(yaml::Node node, std::string_view expected, const Use& use);
  std::vector<std::string> texts(yaml::Node node, std::string_view expected);
  void check_rule(yaml::Node node, std::string_view word);
  std::vector<std::string> rule_words(yaml::Node node);
  std::vector<SeverityOverride> severities(yaml::Node node);
  std::vector<std::string> globs_from_here(yaml::Node node);
  void add_flag(yaml::Node node, std::string_view name, std::string_view value);

  Report& report_;
  Report& hints_;
  Settings& settings_;
  ConfigPlace place_;
  Extend extend_;
  Allowance allowance_;
  Override override_;
  ChainPolicy policy_;
  FindingScope* scope_ = nullptr;  ///< of the entry that is read
};

}  // namespace hop
