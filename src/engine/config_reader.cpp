#include "engine/config_reader.h"

#include <algorithm>
#include <utility>

#include "engine/config.h"
#include "engine/date.h"
#include "engine/paths.h"
#include "engine/select.h"
#include "graph/controller.h"
#include "rule/life.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

ConfigReader::ConfigReader(Report& report, Report& hints, Settings& settings, ConfigPlace place, Extend extend)
    : report_(report), hints_(hints), settings_(settings), place_(std::move(place)), extend_(std::move(extend)) {}

void ConfigReader::read(yaml::Node root) {
  if (!root.is_mapping()) return wrong(root, "a mapping of settings");
  // What a file builds on is read before it, wherever in the file it says so.
  if (const yaml::Node bases = root["extends"]; bases && !bases.is_null()) extends(bases);
  read_keys(root, ConfigPart::file);
}

void ConfigReader::read_keys(yaml::Node mapping, ConfigPart part) {
  const auto keys = config_keys(part);
  for (const yaml::Entry& entry : mapping.entries()) {
    const auto known = std::ranges::find(keys, entry.key.str(), &ConfigKey::name);
    if (known == keys.end()) {
      unknown_key(entry.key, keys);
      continue;
    }
    if (part == ConfigPart::file) settings_.said.push_back({known->name, entry.key.span()});
    const bool was_read = known->take == &ConfigReader::extends;
    if (!entry.value.is_null() && !was_read) (this->*known->take)(entry.value);  // a key without a value says nothing
  }
}

void ConfigReader::unknown_key(yaml::Node node, std::span<const ConfigKey> keys) {
  std::vector<std::string_view> names;
  for (const ConfigKey& key : keys) names.push_back(key.name);
  const auto near = nearest(node.str(), names);
  const std::string hint = near ? format("did you mean `{}`?", *near) : format("there are {}", list_words(names, names.size()));
  wrong_text(node, format("unknown key `{}`; {}", node.str(), hint));
}

void ConfigReader::wrong(yaml::Node node, std::string_view expected) { wrong_text(node, format("expected {} here", expected)); }
void ConfigReader::wrong_text(yaml::Node node, std::string message) { report_.at(node.span(), std::move(message)); }

// --- values

/// Text of a scalar that is not empty; says what was expected otherwise.
std::string_view ConfigReader::text(yaml::Node node, std::string_view expected) {
  if (!node.is_scalar() || node.str().empty()) wrong(node, expected);
  return node.str();
}

bool ConfigReader::boolean(yaml::Node node) {
  const auto value = node.boolean();
  if (!value) wrong(node, "`true` or `false`");
  return value.value_or(false);
}

Version ConfigReader::version(yaml::Node node) {
  const auto version = node.is_scalar() ? parse_version(node.str()) : std::nullopt;
  if (!version) wrong(node, "a version such as 1.29");
  return version.value_or(Version{});
}

/// A list of texts, or a single one in its place.
template <class Use>
void ConfigReader::each_text(yaml::Node node, std::string_view expected, const Use& use) {
  if (node.is_scalar()) return use(node, text(node, expected));
  if (!node.is_sequence()) return wrong(node, expected);
  for (yaml::Node item : node.items()) use(item, text(item, expected));
}

std::vector<std::string> ConfigReader::texts(yaml::Node node, std::string_view expected) {
  std::vector<std::string> list;
  each_text(node, expected, [&](yaml::Node, std::string_view text) { list.emplace_back(text); });
  return list;
}

void ConfigReader::check_rule(yaml::Node node, std::string_view word) {
  if (word.empty()) return;
  if (auto complaint = unknown_rule_word(word)) wrong_text(node, std::move(*complaint));
  if (auto hint = outdated_rule_word(word)) hints_.at(node.span(), std::move(*hint));
}

std::vector<std::string> ConfigReader::rule_words(yaml::Node node) {
  std::vector<std::string> words;
  each_text(node, "a list of rules", [&](yaml::Node item, std::string_view word) {
    check_rule(item, word);
    words.emplace_back(word);
  });
  return words;
}

std::vector<SeverityOverride> ConfigReader::severities(yaml::Node node) {
  std::vector<SeverityOverride> list;
  if (!node.is_mapping()) wrong(node, "a mapping of rules to `error`, `warning`, `info` or `off`");
  for (const yaml::Entry& entry : node.entries()) {
    check_rule(entry.key, entry.key.str());
    const std::string_view word = entry.value.str();
    const auto severity = parse_severity(word);
    if (!severity && word != "off") wrong(entry.value, "`error`, `warning`, `info` or `off`");
    list.push_back({std::string(entry.key.str()), word == "off", severity.value_or(Severity::warning)});
  }
  return list;
}

/// Globs that will meet paths as they are shown: relative to the working directory.
std::vector<std::string> ConfigReader::globs_from_here(yaml::Node node) {
  const std::vector<std::string> written = texts(node, "a list of path globs");
  std::vector<std::string> list;
  for (const std::string& glob : written) {
    if (auto rebased = rebase_glob(glob, place_.base, place_.here)) list.push_back(std::move(*rebased));
  }
  // Where none can match, an empty list would match everything; this one matches nothing.
  if (list.empty() && !written.empty()) list.emplace_back("!*");
  return list;
}

// --- keys of the file

void ConfigReader::extends(yaml::Node node) { each_text(node, "a list of configuration files", extend_); }

void ConfigReader::select(yaml::Node node) { settings_.selection.select = rule_words(node); }
void ConfigReader::ignore(yaml::Node node) { settings_.selection.ignore = rule_words(node); }
void ConfigReader::preview(yaml::Node node) { settings_.selection.preview = boolean(node); }
void ConfigReader::require_reason(yaml::Node node) { settings_.require_reason = boolean(node); }

void ConfigReader::severity(yaml::Node node) { std::ranges::move(severities(node), std::back_inserter(settings_.severities)); }

void ConfigReader::ruleset(yaml::Node node) {
  const auto release = node.is_scalar() ? parse_release(node.str()) : std::nullopt;
  if (!release) return wrong(node, "a release of hoplint such as 0.1.0");
  if (*release > this_release()) return wrong_text(node, format("this is hoplint {}, older than `{}`", this_release_text(), node.str()));
  settings_.selection.ruleset = release;
}

void ConfigReader::exclude(yaml::Node node) {
  std::ranges::move(texts(node, "a list of path globs"), std::back_inserter(settings_.excludes));
}

void ConfigReader::known(yaml::Node node) {
  each_text(node, "a list of `Kind namespace/name` and paths", [&](yaml::Node item, std::string_view word) {
    if (auto name = parse_known_name(word)) {
      if (auto complaint = mistaken_kind(*name)) wrong_text(item, std::move(*complaint));
      settings_.world.known.push_back(std::move(*name));
    } else if (is_known_path(word)) {
      settings_.known_paths.push_back(word.starts_with('/') ? std::string(word) : child_path(place_.own, word));
    } else {
      wrong(item, format("{},", known_forms));
    }
  });
}

void ConfigReader::complete(yaml::Node node) {
  settings_.world.complete = false;
  settings_.world.complete_namespaces.clear();
  if (node.is_scalar()) {
    settings_.world.complete = boolean(node);
    return;
  }
  settings_.world.complete_namespaces = texts(node, "`true`, `false` or a list of namespaces");
}

void ConfigReader::clusters(yaml::Node node) {
  if (!node.is_mapping()) return wrong(node, "a mapping of cluster names to path globs");
  for (const yaml::Entry& entry : node.entries()) {
    settings_.world.clusters.push_back({std::string(text(entry.key, "a cluster's name")), globs_from_here(entry.value)});
  }
}

// --- where something holds

void ConfigReader::scope_paths(yaml::Node node) { scope_->paths = globs_from_here(node); }
void ConfigReader::scope_kind(yaml::Node node) { scope_->kinds = texts(node, "a kind"); }
void ConfigReader::scope_namespace(yaml::Node node) { scope_->namespaces = texts(node, "a namespace"); }
void ConfigReader::scope_name(yaml::Node node) { scope_->names = texts(node, "a name"); }

void ConfigReader::scope_labels(yaml::Node node) {
  if (!node.is_mapping()) return wrong(node, "a mapping of labels to values");
  for (const yaml::Entry& entry : node.entries()) {
    if (!entry.value.is_scalar()) wrong(entry.value, "a label's value");
    scope_->labels.emplace_back(text(entry.key, "a label"), entry.value.str());
  }
}

// --- overrides and allow

void ConfigReader::overrides(yaml::Node node) {
  if (!node.is_sequence()) return wrong(node, "a list of mappings with `paths`, `kind`, `select`, `ignore`, `severity` and the like");
  for (yaml::Node item : node.items()) {
    override_ = Override{};
    scope_ = &override_.scope;
    if (!item.is_mapping()) {
      wrong(item, "a mapping with `select`, `ignore` or `severity`");
      continue;
    }
    read_keys(item, ConfigPart::override_);
    if (!item["select"] && !item["ignore"] && !item["severity"])
      wrong_text(item, "this entry changes nothing; it lacks `select`, `ignore` or `severity`");
    settings_.overrides.push_back(override_);
  }
}

void ConfigReader::override_select(yaml::Node node) { override_.select = rule_words(node); }
void ConfigReader::override_ignore(yaml::Node node) { override_.ignore = rule_words(node); }
void ConfigReader::override_severity(yaml::Node node) { override_.severities = severities(node); }

void ConfigReader::allow(yaml::Node node) {
  if (!node.is_sequence()) return wrong(node, "a list of mappings with `rules`, `paths`, `kind`, `namespace`, `name`, `reason`, `until`");
  for (yaml::Node item : node.items()) {
    allowance_ = Allowance{};
    scope_ = &allowance_.scope;
    allowance_.where = (item["rules"] ? item["rules"] : item).span();
    if (!item.is_mapping()) {
      wrong(item, "a mapping with `rules`");
      continue;
    }
    read_keys(item, ConfigPart::allow);
    if (!item["rules"]) wrong_text(item, "this entry lacks `rules`; `ALL` stands for every rule");
    settings_.allowances.push_back(allowance_);
  }
}

void ConfigReader::allow_rules(yaml::Node node) { allowance_.rules = rule_words(node); }
void ConfigReader::allow_reason(yaml::Node node) { allowance_.reason = text(node, "a reason"); }
void ConfigReader::allow_until(yaml::Node node) {
  allowance_.until = text(node, "a date");
  if (!is_date(allowance_.until)) wrong(node, "a date such as 2027-01-31");
}

// --- policy

void ConfigReader::policy(yaml::Node node) {
  if (!node.is_sequence()) return wrong(node, "a list of mappings with `hosts`, `namespaces`, `encrypted` and the like");
  for (yaml::Node item : node.items()) {
    policy_ = ChainPolicy{};
    policy_.where = item.span();
    if (!item.is_mapping()) {
      wrong(item, "a mapping with `encrypted`, `reachable` or `unreachable-from`");
      continue;
    }
    read_keys(item, ConfigPart::policy);
    if (!item["encrypted"] && !item["reachable"] && !item["unreachable-from"]) {
      wrong_text(item, "this entry asks for nothing; it lacks `encrypted`, `reachable` or `unreachable-from`");
    }
    settings_.policies.push_back(policy_);
  }
}

void ConfigReader::policy_hosts(yaml::Node node) {
  for (const std::string& host : texts(node, "a list of hosts")) policy_.hosts.push_back(lower(host));
}
void ConfigReader::policy_namespaces(yaml::Node node) { policy_.namespaces = texts(node, "a list of namespaces"); }
void ConfigReader::policy_reachable(yaml::Node node) { policy_.reachable = boolean(node); }

void ConfigReader::policy_encrypted(yaml::Node node) {
  const std::string_view word = text(node, "`every-hop` or `mtls`");
  if (word == "every-hop") policy_.encrypted = Requirement::encrypted;
  if (word == "mtls") policy_.encrypted = Requirement::mtls;
  if (!policy_.encrypted) wrong(node, "`every-hop` or `mtls`");
}

void ConfigReader::policy_unreachable_from(yaml::Node node) {
  policy_.unreachable_from_internet = text(node, "`internet`") == "internet";
  if (!policy_.unreachable_from_internet) wrong(node, "`internet`");
}

// --- environment

void ConfigReader::environment(yaml::Node node) {
  if (!node.is_mapping()) return wrong(node, "a mapping with `kubernetes`, `istio`, `controller` and the like");
  read_keys(node, ConfigPart::environment);
}

void ConfigReader::kubernetes(yaml::Node node) { settings_.world.environment.kubernetes = version(node); }
void ConfigReader::istio(yaml::Node node) { settings_.world.environment.istio = version(node); }
void ConfigReader::controller(yaml::Node node) { settings_.world.environment.controller = version(node); }
void ConfigReader::root_namespace(yaml::Node node) { settings_.world.environment.root_namespace = text(node, "a namespace"); }
void ConfigReader::trust_domain(yaml::Node node) { settings_.world.environment.trust_domain = text(node, "a domain"); }
void ConfigReader::cluster_domain(yaml::Node node) { settings_.world.environment.cluster_domain = text(node, "a domain"); }

void ConfigReader::controller_flags(yaml::Node node) {
  settings_.world.environment.controller_flags.clear();
  if (node.is_mapping()) {
    for (const yaml::Entry& entry : node.entries()) add_flag(entry.key, entry.key.str(), entry.value.str());
    return;
  }
  each_text(node, "a list of flags", [&](yaml::Node item, std::string_view flag) {
    const std::size_t sign = std::min(flag.find('='), flag.size());
    add_flag(item, flag.substr(0, sign), sign < flag.size() ? flag.substr(sign + 1) : "true");
  });
}

/// Flags of the controller that no rule asks for are fine; slips for those that matter are not.
void ConfigReader::add_flag(yaml::Node node, std::string_view name, std::string_view value) {
  const std::string whole = format("{}{}", name.starts_with("--") ? "" : "--", name);
  const auto known = controller_flags_that_matter();
  if (std::ranges::find(known, whole) == known.end()) {
    if (const auto near = nearest(whole, known)) wrong_text(node, format("unknown flag `{}`; did you mean `{}`?", whole, *near));
  }
  settings_.world.environment.controller_flags.push_back({whole, std::string(value)});
}

}  // namespace hop
