#include "engine/config.h"

#include <memory>
#include <span>
#include <utility>

#include "engine/date.h"
#include "engine/paths.h"
#include "engine/select.h"
#include "rule/report.h"
#include "text/format.h"
#include "text/words.h"
#include "yaml/parse.h"

namespace hop {

constinit const RuleInfo config_invalid{
    .id = "config-invalid",
    .summary = "the configuration file cannot be used",
    .docs =
        "`.hoplint.yaml` has a key, a value or a rule that hoplint does not know, or is no YAML. Nothing is checked then: a run with half "
        "of its configuration would report what was meant to be left out.",
    .effect = "nothing is checked",
    .source = "hoplint's own convention",
    .severity = Severity::error,
    .group = Group::correctness};

namespace {

constexpr std::uint64_t config_limit = 16U << 20U;

class ConfigReader {
 public:
  ConfigReader(const FileSystem& files, Report& report, Settings& settings)
      : report_(report), settings_(settings), base_(files.canonical(settings.base)), here_(files.canonical(".")) {}

  void read(yaml::Node root) {
    static constexpr Key keys[] = {
        {"select", &ConfigReader::select},     {"ignore", &ConfigReader::ignore},     {"severity", &ConfigReader::severity},
        {"known", &ConfigReader::known},       {"complete", &ConfigReader::complete}, {"exclude", &ConfigReader::exclude},
        {"clusters", &ConfigReader::clusters}, {"allow", &ConfigReader::allow},       {"require-reason", &ConfigReader::reason}};
    read_keys(root, keys, "a mapping of settings");
  }

 private:
  struct Key {
    std::string_view name;
    void (ConfigReader::*take)(yaml::Node);
  };

  void read_keys(yaml::Node mapping, std::span<const Key> keys, std::string_view expected) {
    if (!mapping.is_mapping()) return wrong(mapping, expected);
    for (const yaml::Entry& entry : mapping.entries()) {
      const Key* known = nullptr;
      for (const Key& key : keys) {
        if (entry.key.str() == key.name) known = &key;
      }
      if (known == nullptr) unknown_key(entry.key, keys);
      if (known != nullptr && !entry.value.is_null()) (this->*known->take)(entry.value);  // a key without a value says nothing
    }
  }

  void unknown_key(yaml::Node node, std::span<const Key> keys) {
    std::vector<std::string_view> names;
    for (const Key& key : keys) names.push_back(key.name);
    const auto near = nearest(node.str(), names);
    const std::string hint = near ? format("did you mean `{}`?", *near) : format("there are {}", list_words(names, names.size()));
    wrong_text(node, format("unknown key `{}`; {}", node.str(), hint));
  }

  void wrong(yaml::Node node, std::string_view expected) { wrong_text(node, format("expected {} here", expected)); }
  void wrong_text(yaml::Node node, std::string message) { report_.at(node.span(), std::move(message)); }

  /// Text of a scalar that is not empty; says what was expected otherwise.
  std::string_view text(yaml::Node node, std::string_view expected) {
    if (!node.is_scalar() || node.str().empty()) wrong(node, expected);
    return node.str();
  }

  bool boolean(yaml::Node node) {
    const auto value = node.boolean();
    if (!value) wrong(node, "`true` or `false`");
    return value.value_or(false);
  }

  /// A list of texts, or a single one in its place.
  template <class Use>
  void each_text(yaml::Node node, std::string_view expected, Use use) {
    if (node.is_scalar()) return use(node, text(node, expected));
    if (!node.is_sequence()) return wrong(node, expected);
    for (yaml::Node item : node.items()) use(item, text(item, expected));
  }

  std::vector<std::string> rule_words(yaml::Node node) {
    std::vector<std::string> words;
    each_text(node, "a list of rules", [&](yaml::Node item, std::string_view word) {
      if (auto complaint = unknown_rule_word(word); complaint && !word.empty()) wrong_text(item, std::move(*complaint));
      words.emplace_back(word);
    });
    return words;
  }

  std::vector<std::string> globs(yaml::Node node) {
    std::vector<std::string> list;
    each_text(node, "a list of path globs", [&](yaml::Node, std::string_view glob) { list.emplace_back(glob); });
    return list;
  }

  /// Globs that will meet paths as they are shown: relative to the working directory.
  std::vector<std::string> globs_from_here(yaml::Node node) {
    const std::vector<std::string> written = globs(node);
    std::vector<std::string> list;
    for (const std::string& glob : written) {
      if (auto rebased = rebase_glob(glob, base_, here_)) list.push_back(std::move(*rebased));
    }
    // Where none can match, an empty list would match everything; this one matches nothing.
    if (list.empty() && !written.empty()) list.emplace_back("!*");
    return list;
  }

  void select(yaml::Node node) { settings_.selection.select = rule_words(node); }
  void ignore(yaml::Node node) { settings_.selection.ignore = rule_words(node); }
  void exclude(yaml::Node node) { settings_.excludes = globs(node); }
  void reason(yaml::Node node) { settings_.require_reason = boolean(node); }

  void severity(yaml::Node node) {
    if (!node.is_mapping()) return wrong(node, "a mapping of rules to `error`, `warning`, `info` or `off`");
    for (const yaml::Entry& entry : node.entries()) {
      if (auto complaint = unknown_rule_word(entry.key.str())) wrong_text(entry.key, std::move(*complaint));
      const std::string_view word = entry.value.str();
      const auto severity = parse_severity(word);
      if (!severity && word != "off") wrong(entry.value, "`error`, `warning`, `info` or `off`");
      settings_.severities.push_back({std::string(entry.key.str()), word == "off", severity.value_or(Severity::warning)});
    }
  }

  void known(yaml::Node node) {
    each_text(node, "a list of `Kind namespace/name` and paths", [&](yaml::Node item, std::string_view word) {
      if (auto name = parse_known_name(word)) {
        if (auto complaint = mistaken_kind(*name)) wrong_text(item, std::move(*complaint));
        settings_.world.known.push_back(std::move(*name));
      } else if (word.ends_with('/') || word.ends_with(".yaml") || word.ends_with(".yml") || word.ends_with(".json")) {
        settings_.known_paths.push_back(word.starts_with('/') ? std::string(word) : child_path(settings_.base, word));
      } else {
        wrong(item, "`Kind namespace/name`, or a path that ends in `/`, `.yaml`, `.yml` or `.json`,");
      }
    });
  }

  void complete(yaml::Node node) {
    if (node.is_scalar()) {
      settings_.world.complete = boolean(node);
      return;
    }
    each_text(node, "`true`, `false` or a list of namespaces",
              [&](yaml::Node, std::string_view ns) { settings_.world.complete_namespaces.emplace_back(ns); });
  }

  void clusters(yaml::Node node) {
    if (!node.is_mapping()) return wrong(node, "a mapping of cluster names to path globs");
    for (const yaml::Entry& entry : node.entries()) {
      settings_.world.clusters.push_back({std::string(text(entry.key, "a cluster's name")), globs_from_here(entry.value)});
    }
  }

  void allow(yaml::Node node) {
    static constexpr Key keys[] = {{"rules", &ConfigReader::allow_rules}, {"paths", &ConfigReader::allow_paths},
                                   {"kind", &ConfigReader::allow_kind},   {"namespace", &ConfigReader::allow_namespace},
                                   {"name", &ConfigReader::allow_name},   {"reason", &ConfigReader::allow_reason},
                                   {"until", &ConfigReader::allow_until}};
    if (!node.is_sequence()) return wrong(node, "a list of mappings with `rules`, `paths`, `kind`, `namespace`, `name`, `reason`, `until`");
    for (yaml::Node item : node.items()) {
      allowance_ = Allowance{};
      allowance_.where = (item["rules"] ? item["rules"] : item).span();
      read_keys(item, keys, "a mapping with `rules`");
      if (item.is_mapping() && !item["rules"]) wrong_text(item, "this entry lacks `rules`; `ALL` stands for every rule");
      settings_.allowances.push_back(allowance_);
    }
  }
  void allow_rules(yaml::Node node) { allowance_.rules = rule_words(node); }
  void allow_paths(yaml::Node node) { allowance_.paths = globs_from_here(node); }
  void allow_kind(yaml::Node node) { allowance_.kind = text(node, "a kind"); }
  void allow_namespace(yaml::Node node) { allowance_.ns = text(node, "a namespace"); }
  void allow_name(yaml::Node node) { allowance_.name = text(node, "a name"); }
  void allow_reason(yaml::Node node) { allowance_.reason = text(node, "a reason"); }
  void allow_until(yaml::Node node) {
    allowance_.until = text(node, "a date");
    if (!is_date(allowance_.until)) wrong(node, "a date such as 2027-01-31");
  }

  Report& report_;
  Settings& settings_;
  std::string base_, here_;
  Allowance allowance_;
};

/// What keeps a text from being one YAML document; reports it and answers nothing then. Duplicate keys are mistakes here.
std::optional<yaml::Document> parse_config(const std::shared_ptr<const File>& file, FileId id, Report& report) {
  std::optional<yaml::Document> found;
  for (const yaml::Chunk& chunk : yaml::split(file->text())) {
    yaml::Document document(yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file), id, chunk.begin);
    for (const yaml::Problem& problem : document.tree().problems) {
      report.at(document.span(problem.begin, problem.end), problem.message);
      return std::nullopt;
    }
    for (const yaml::DuplicateKey& duplicate : document.tree().duplicates) {
      const yaml::Item& key = document.tree().items[duplicate.key];
      report.at(document.span(key.begin, key.end), "this key is written twice");
    }
    if (!document.root() || document.root().is_null()) continue;
    if (found) report.at(document.root().span(), "a second document; the configuration is one");
    if (!found) found.emplace(std::move(document));
  }
  return found;
}

}  // namespace

std::vector<Diagnostic> read_config(const FileSystem& files, const std::string& path, Sources& sources, Settings& settings) {
  Report report(config_invalid);
  auto content = files.read(path, config_limit);
  if (!content) {
    report.at(Span{}, format("cannot read `{}`: {}", path, content.reason()));
    return report.take();
  }
  Settings draft = settings;
  draft.config = File::from_bytes(path, std::move(*content));
  draft.base = parent_path(path);
  const FileId id = sources.add(draft.config);
  const auto document = parse_config(draft.config, id, report);
  if (document) ConfigReader(files, report, draft).read(document->root());
  auto mistakes = report.take();
  if (mistakes.empty()) settings = std::move(draft);
  return mistakes;
}

}  // namespace hop
