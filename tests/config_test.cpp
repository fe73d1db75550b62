// The configuration: what files extend, what holds for some places only, the installation it names, the life of rules; and that the reader,
// the schema for editors and what the program writes agree.

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/config.h"
#include "engine/config_keys.h"
#include "engine/config_text.h"
#include "engine/lint.h"
#include "engine/propose.h"
#include "engine/select.h"
#include "engine/stubs.h"
#include "report/render.h"
#include "rule/life.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/json_schema.h"
#include "support/process.h"
#include "text/format.h"
#include "text/words.h"
#include "yaml/parse.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;
using Texts = std::map<std::string, std::string>;

struct Configured {
  Settings settings;
  Sources sources;
  std::vector<Diagnostic> mistakes;

  Strings lines(const std::vector<Diagnostic>& findings) const {
    Strings all;
    for (const Diagnostic& finding : findings) {
      const File& file = sources[finding.where.file];
      const Position at = file.position(finding.where.begin);
      all.push_back(format("{}:{}:{} {}", file.path(), at.line, at.column, finding.message));
    }
    return all;
  }
  Strings lines() const { return lines(mistakes); }
};

Configured configured(const Texts& texts, const std::string& path = ".hoplint.yaml") {
  Configured result;
  result.mistakes = read_config(MemoryFiles(texts), path, result.sources, result.settings);
  return result;
}
Configured configured(const std::string& text) { return configured(Texts{{".hoplint.yaml", text}}); }

// --- extends

TEST_CASE("what a configuration extends is read before it, and adds or gives way") {
  const Configured config = configured(
      {{"app/.hoplint.yaml", "severity: {alb: warning}\nextends: [../base.yaml, more.yaml]\nignore: [alb]\nknown: [Secret a/own]\n"},
       {"base.yaml",
        "ignore: [istio-none, mtls]\nselect: [ALL]\nseverity: {alb: info}\nknown: [Secret a/base, stubs/]\nrequire-reason: true\n"
        "environment: {istio: 1.20, kubernetes: \"1.28\"}\ncomplete: [a]\n"},
       {"app/more.yaml", "environment: {istio: 1.24}\ncomplete: true\nexclude: [gen/]\n"}},
      "app/.hoplint.yaml");
  CHECK(config.lines() == Strings{"base.yaml:1:10 `istio-none` names no rule"});
  const Configured right = configured(
      {{"app/.hoplint.yaml", "severity: {alb: warning}\nextends: [../base.yaml, more.yaml]\nignore: [alb]\nknown: [Secret a/own]\n"},
       {"base.yaml",
        "ignore: [mtls]\nselect: [ALL]\nseverity: {alb: info}\nknown: [Secret a/base, stubs/]\nrequire-reason: true\n"
        "environment: {istio: 1.20, kubernetes: \"1.28\"}\ncomplete: [a]\n"},
       {"app/more.yaml", "environment: {istio: 1.24}\ncomplete: true\nexclude: [gen/]\n"}},
      "app/.hoplint.yaml");
  REQUIRE(right.mistakes.empty());
  const Settings& settings = right.settings;
  CHECK(settings.base == "app");
  CHECK(settings.selection.select == Strings{"ALL"});
  CHECK(settings.selection.ignore == Strings{"alb"});
  CHECK(settings.severities.size() == 2);
  CHECK(settings.severities.back().severity == Severity::warning);
  REQUIRE(settings.world.known.size() == 2);
  CHECK(settings.world.known[0].name == "base");
  CHECK(settings.known_paths == Strings{"stubs/"});
  CHECK(settings.world.environment.istio == Version{1, 24});
  CHECK(settings.world.environment.kubernetes == Version{1, 28});
  CHECK(settings.world.complete);
  CHECK(settings.world.complete_namespaces.empty());
  CHECK(settings.require_reason);
  REQUIRE(settings.extended.size() == 2);
  CHECK(settings.extended[0]->path() == "base.yaml");
  CHECK(settings.extended[1]->path() == "app/more.yaml");
}

TEST_CASE("circles and missing files of extends have a place; two ways to one file are none") {
  CHECK(configured(Texts{{".hoplint.yaml", "extends: [a.yaml]\n"}, {"a.yaml", "extends: b.yaml\n"}, {"b.yaml", "extends: [a.yaml]\n"}})
            .lines() == Strings{"b.yaml:1:11 `a.yaml` extends this file in its turn: a circle"});
  CHECK(configured("extends: .hoplint.yaml\n").lines() == Strings{".hoplint.yaml:1:10 `.hoplint.yaml` extends itself"});
  Texts chain{{".hoplint.yaml", "extends: c0.yaml\n"}};
  for (int i = 0; i < 20'000; ++i) chain[format("c{}.yaml", i)] = format("extends: c{}.yaml\n", i + 1);
  CHECK(configured(chain).lines() == Strings{"c98.yaml:1:10 configurations extend each other more than 100 times in a row"});
  const auto missing = configured("# words\nextends:\n- gone.yaml\n").lines();
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].starts_with(".hoplint.yaml:3:3 cannot read `gone.yaml`: "));
  CHECK(configured("extends: {a: b}\n").lines().size() == 1);
  const Configured diamond = configured(Texts{{".hoplint.yaml", "extends: [a.yaml, b.yaml]\n"},
                                              {"a.yaml", "extends: c.yaml\n"},
                                              {"b.yaml", "extends: c.yaml\n"},
                                              {"c.yaml", "known: [Secret a/once]\n"}});
  CHECK(diamond.mistakes.empty());
  CHECK(diamond.settings.world.known.size() == 1);
}

// --- overrides

std::string service(std::string_view ns, std::string_view name, std::string_view labels = "{}") {
  return format(
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: {}\n  name: {}\n  namespace: {}\n  labels: {}\nspec: {{ports: [{{port: 80}}]}}\n",
      name, name, ns, labels);
}

/// "path severity rule" of the findings about keys written twice.
Strings linted(const std::string& config, const Texts& manifests) {
  Texts all = manifests;
  all[".hoplint.yaml"] = config;
  Configured read = configured(all);
  REQUIRE(read.lines() == Strings{});
  read.settings.today = "2026-01-01";
  const LintRun run = lint(MemoryFiles(all), {{".", std::nullopt}}, read.settings);
  Strings lines;
  for (const Diagnostic& finding : run.findings) {
    if (finding.rule->id != "yaml-duplicate-key" || finding.suppressed) continue;
    lines.push_back(format("{} {}", run.input->sources[finding.where.file].path(), to_string(finding.severity)));
  }
  return lines;
}

TEST_CASE("overrides hold by path, kind, namespace, name and label, the last that matches before the others") {
  const Texts manifests{{"a/x.yaml", service("shop", "cart", "{team: web, tier: front}")},
                        {"b/y.yaml", service("pay", "till", "{team: till}")}};
  const Strings both{"a/x.yaml error", "b/y.yaml error"}, first{"a/x.yaml error"}, second{"b/y.yaml error"};
  const auto without = [&](const std::string& scope) { return linted("overrides: [{" + scope + ", ignore: [yaml]}]\n", manifests); };
  CHECK(linted("", manifests) == both);
  CHECK(without("paths: a/") == second);
  CHECK(without("paths: [b/**]") == first);
  CHECK(without("paths: [c/]") == both);
  CHECK(without("severity: {}") == Strings{});

  const auto lower = [&](const std::string& entries) { return linted("overrides: [" + entries + "]\n", manifests); };
  CHECK(lower("{paths: a/, severity: {yaml-duplicate-key: info}}") == Strings{"a/x.yaml info", "b/y.yaml error"});
  CHECK(lower("{severity: {yaml: info}}, {paths: b/, severity: {yaml: warning}}") == Strings{"a/x.yaml info", "b/y.yaml warning"});
  CHECK(lower("{paths: b/, severity: {yaml: warning}}, {severity: {yaml: info}}") == Strings{"a/x.yaml info", "b/y.yaml info"});
  CHECK(lower("{severity: {yaml: off}}, {paths: b/, severity: {yaml: error}}") == second);
  CHECK(linted("ignore: [yaml]\noverrides: [{paths: a/, select: [yaml-duplicate-key]}]\n", manifests) == first);
  CHECK(linted("severity: {yaml: off}\noverrides: [{paths: b/, severity: {yaml: info}}]\n", manifests) == Strings{"b/y.yaml info"});
}

/// Of findings about an object.
Strings objects_found(const std::string& config) {
  const std::string manifests = [&] {
    std::string all;
    for (const auto& [name, labels] : {std::pair{"cart", "{team: web, tier: front}"}, {"till", "{team: till}"}, {"logs", "{}"}}) {
      all += format(
          "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {}, namespace: ns-{}, labels: {}}}\nspec:\n  replicas: 1\n  "
          "replica: 2\n  selector: {{matchLabels: {{a: b}}}}\n  template: {{metadata: {{labels: {{a: b}}}}, spec: {{containers: []}}}}\n",
          name, name, labels);
    }
    return all;
  }();
  const Texts all{{".hoplint.yaml", config}, {"m.yaml", manifests}};
  Configured read = configured(all);
  REQUIRE(read.lines() == Strings{});
  read.settings.today = "2026-01-01";
  const LintRun run = lint(MemoryFiles(all), {{".", std::nullopt}}, read.settings);
  Strings names;
  for (const Diagnostic& finding : run.findings) {
    if (finding.rule->id == "field-unknown" && !finding.suppressed) names.push_back(finding.object->name);
  }
  return names;
}

TEST_CASE("overrides and allow go by the object too") {
  CHECK(objects_found("") == Strings{"cart", "till", "logs"});
  for (const std::string verb : {"overrides: [{ignore: [field], ", "allow: [{rules: [field], reason: x, "}) {
    CAPTURE(verb);
    const auto without = [&](const std::string& scope) { return objects_found(verb + scope + "}]\n"); };
    CHECK(without("kind: Deployment") == Strings{});
    CHECK(without("kind: [Pod, Service]") == Strings{"cart", "till", "logs"});
    CHECK(without("namespace: ns-c*") == Strings{"till", "logs"});
    CHECK(without("namespace: [ns-cart, ns-logs]") == Strings{"till"});
    CHECK(without("name: '?ill'") == Strings{"cart", "logs"});
    CHECK(without("labels: {team: web}") == Strings{"till", "logs"});
    CHECK(without("labels: {team: '*'}") == Strings{"logs"});
    CHECK(without("labels: {team: web, tier: back}") == Strings{"cart", "till", "logs"});
    CHECK(without("labels: {team: web}, name: till") == Strings{"cart", "till", "logs"});
  }
}

// --- environment

TEST_CASE("the environment is read, and slips in it are seen") {
  const Configured config = configured(
      "environment:\n  kubernetes: 1.30\n  istio: v1.24.2\n  controller: \"2.7\"\n  root-namespace: mesh\n  trust-domain: corp\n"
      "  cluster-domain: k8s.corp\n  controller-flags: [--default-target-type=ip, enable-waf]\n");
  REQUIRE(config.mistakes.empty());
  const Environment& environment = config.settings.world.environment;
  CHECK(environment.kubernetes == Version{1, 30});
  CHECK(environment.istio == Version{1, 24});
  CHECK(environment.controller == Version{2, 7});
  CHECK(environment.root_namespace == "mesh");
  CHECK(environment.trust_domain == "corp");
  CHECK(environment.cluster_domain == "k8s.corp");
  REQUIRE(environment.controller_flags.size() == 2);
  CHECK(environment.controller_flags[0].value == "ip");
  CHECK(environment.controller_flags[1].name == "--enable-waf");
  CHECK(environment.controller_flags[1].value == "true");
  CHECK(configured("environment: {controller-flags: {default-target-type: ip}}\n").settings.world.environment.controller_flags[0].name ==
        "--default-target-type");
  CHECK(configured("environment: {istio: latest}\n").lines() == Strings{".hoplint.yaml:1:22 expected a version such as 1.29 here"});
  CHECK(configured("environment: {istoi: 1.2}\n").lines() == Strings{".hoplint.yaml:1:15 unknown key `istoi`; did you mean `istio`?"});
  CHECK(configured("environment: {controller-flags: [--default-taget-type=ip]}\n").lines() ==
        Strings{".hoplint.yaml:1:34 unknown flag `--default-taget-type`; did you mean `--default-target-type`?"});
  CHECK(configured("environment: 1.30\n").lines().size() == 1);
}

TEST_CASE("versions are the first two numbers of what people write") {
  CHECK(parse_version("1.29") == Version{1, 29});
  CHECK(parse_version("v1.29.3-eks-1234") == Version{1, 29});
  CHECK(parse_version("1.30+") == Version{1, 30});
  for (const char* text : {"", "1", "v", "1.", "1.x", "1.29a", "latest", "1.99999999"}) CHECK_FALSE(parse_version(text));
  CHECK(parse_release("0.1.0") == Release{0, 1, 0});
  for (const char* text : {"0.1", "0.1.0.1", "0.1.x", "0.1.0-rc1"}) CHECK_FALSE(parse_release(text));
}

/// Ids of the findings of a run.
Strings found(const std::string& config, const std::string& manifest) {
  const Texts all{{".hoplint.yaml", config}, {"m.yaml", manifest}};
  Configured read = configured(all);
  REQUIRE(read.lines() == Strings{});
  read.settings.today = "2026-01-01";
  const LintRun run = lint(MemoryFiles(all), {{".", std::nullopt}}, read.settings);
  Strings ids;
  for (const Diagnostic& finding : run.findings) ids.emplace_back(finding.rule->id);
  return ids;
}

bool has(const Strings& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

TEST_CASE("what the configuration says of the installation is what the graph goes by") {
  const std::string ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: shop, annotations: "
      "{alb.ingress.kubernetes.io/scheme: internal}}\nspec:\n  ingressClassName: alb\n  rules:\n  - http:\n      paths:\n"
      "      - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}\n---\n"
      "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {selector: {a: b}, ports: [{port: 80}]}\n";
  CHECK(has(found("", ingress), "alb-target-type-needs-node-port"));
  CHECK_FALSE(has(found("environment: {controller-flags: [--default-target-type=ip]}\n", ingress), "alb-target-type-needs-node-port"));

  const std::string policy =
      "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default, namespace: mesh}\nspec: {mtls: {mode: "
      "STRICT}}\n---\n"
      "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: cart, namespace: shop}\n"
      "spec: {selector: {matchLabels: {a: b}}, mtls: {mode: DISABLE}}\n";
  CHECK_FALSE(has(found("", policy), "mtls-exception-weaker"));
  CHECK(has(found("environment: {root-namespace: mesh}\n", policy), "mtls-exception-weaker"));

  const std::string old =
      "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a, namespace: b}\nspec: {minAvailable: 1}\n";
  CHECK(has(found("", old), "metadata-api-version-removed"));
  CHECK(has(found("environment: {kubernetes: 1.25}\n", old), "metadata-api-version-removed"));
  CHECK_FALSE(has(found("environment: {kubernetes: 1.24}\n", old), "metadata-api-version-removed"));
}

// --- the life of rules

constexpr RuleInfo fresh{.id = "toy-fresh", .summary = "x", .docs = {}, .effect = {}, .source = {}, .since = "0.3.0"};
constexpr RuleInfo trial{.id = "toy-trial", .summary = "x", .docs = {}, .effect = {}, .source = {}, .preview = true};
constexpr RuleInfo modern{
    .id = "toy-modern", .summary = "x", .docs = {}, .effect = {}, .source = {}, .applies = {Component::istio, {1, 22}, {1, 30}}};

TEST_CASE("a ruleset leaves later rules out, and trials are off, unless named") {
  Settings settings;
  CHECK(Chosen(settings).wants(fresh));
  CHECK_FALSE(Chosen(settings).wants(trial));
  settings.selection.ruleset = Release{0, 2, 0};
  CHECK_FALSE(Chosen(settings).wants(fresh));
  settings.selection.ruleset = Release{0, 3, 0};
  CHECK(Chosen(settings).wants(fresh));
  settings.selection.ruleset = Release{0, 2, 9};
  settings.selection.preview = true;
  CHECK(Chosen(settings).wants(trial));
  settings.selection.preview = false;
  settings.selection.select = {"ALL", "toy"};
  CHECK_FALSE(Chosen(settings).wants(trial));
  CHECK_FALSE(Chosen(settings).wants(fresh));
  settings.selection.select = {"toy-trial", "toy-fresh"};
  CHECK(Chosen(settings).wants(trial));
  CHECK(Chosen(settings).wants(fresh));
}

TEST_CASE("rules of other versions stay quiet") {
  Settings settings;
  CHECK(Chosen(settings).wants(modern));
  for (const auto& [minor, wanted] : {std::pair{21, false}, {22, true}, {29, true}, {30, false}}) {
    settings.world.environment.istio = Version{1, static_cast<std::uint16_t>(minor)};
    CHECK(Chosen(settings).wants(modern) == wanted);
  }
}

/// What is wrong about a rule's `since`, when `current` is being made and `released` says which rules came with the releases before it.
Complaints check_since(const RuleInfo& rule, const std::map<std::string, std::string, std::less<>>& released, Release current) {
  const auto since = parse_release(rule.since);
  if (!since || *since > current) return {format("`{}`: `{}` is no release so far", rule.id, rule.since)};
  const auto known = released.find(rule.id);
  if (known == released.end() && *since < current) return {format("`{}` is new: say `.since` with this version", rule.id)};
  if (known != released.end() && known->second != rule.since) return {format("`{}` came with {}", rule.id, known->second)};
  return {};
}

TEST_CASE("the release that a rule came with is the one that is on record") {
  std::map<std::string, std::string, std::less<>> released;
  const std::string record = read_bytes(std::filesystem::path(HOPLINT_SOURCE_DIR) / "tests/golden/released_rules.txt");
  for (const std::string_view line : split_list(record, '\n')) {
    const auto words = split_list(line, ' ');
    if (!line.starts_with('#')) released.emplace(words.at(1), words.at(0));
  }
  const auto rules = every_rule();
  for (const RuleInfo* rule : rules) CHECK(check_since(*rule, released, this_release()) == Complaints{});
  for (const auto& [id, release] : released) {
    CAPTURE(id);
    CHECK((std::ranges::any_of(rules, [&](const RuleInfo* rule) { return rule->id == id; }) || find_former(id) != nullptr));
  }
  static constexpr RuleInfo forgotten{.id = "toy-forgotten", .summary = "x", .docs = {}, .effect = {}, .source = {}};
  CHECK(check_since(forgotten, {}, {0, 1, 0}).empty());
  CHECK(check_since(forgotten, {}, {0, 2, 0}).size() == 1);
  CHECK(check_since(forgotten, {{"toy-forgotten", "0.1.0"}}, {0, 2, 0}).empty());
  CHECK(check_since(fresh, {}, {0, 2, 0}).size() == 1);
  CHECK(check_since(fresh, {}, {0, 3, 0}).empty());
}

TEST_CASE("ids of the past lead to rules of today, or to nothing") {
  for (const FormerRule& former : former_rules()) {
    CAPTURE(former.id);
    const auto names = [&](const RuleInfo* rule) { return names_rule(former.id, *rule) == Naming::id; };
    const auto rules = every_rule();
    CHECK(std::ranges::count_if(rules, names) == (former.now.empty() ? 0 : 1));
    CHECK(std::ranges::none_of(rules, [&](const RuleInfo* rule) { return rule->id == former.id; }));
    CHECK(former.now.empty() != former.why.empty());
    CHECK(parse_release(former.since));
    CHECK_FALSE(unknown_rule_word(former.id));
  }
  CHECK(std::ranges::is_sorted(former_rules(), {}, &FormerRule::id));
  static constexpr FormerRule gone[] = {{"alb-old", "", "0.2.0", "the controller no longer cares"}};
  CHECK(outdated_rule_word("alb-old", gone) == "`alb-old` is gone since hoplint 0.2.0: the controller no longer cares");
  CHECK_FALSE(outdated_rule_word("alb-new", gone));
}

TEST_CASE("old ids work in the configuration, with a hint, and in comments, with a fix") {
  const Configured config = configured("ignore: [alb-health-check-value-invalid]\n");
  CHECK(config.mistakes.empty());
  CHECK(config.lines(config.settings.hints) ==
        Strings{".hoplint.yaml:1:10 `alb-health-check-value-invalid` is called `alb-healthcheck-value-invalid` "
                "since hoplint 0.1.0"});
  const auto ingress = [](const std::string& comment) {
    return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  namespace: shop\n  annotations:\n"
           "    alb.ingress.kubernetes.io/scheme: internal\n    alb.ingress.kubernetes.io/healthcheck-path: healthz" +
           comment +
           "\nspec:\n  ingressClassName: alb\n  rules:\n  - http:\n      paths:\n"
           "      - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}\n";
  };
  CHECK(has(found("", ingress("")), "alb-healthcheck-value-invalid"));
  CHECK_FALSE(has(found("ignore: [alb-health-check-value-invalid]\n", ingress("")), "alb-healthcheck-value-invalid"));
  const TemporaryFolder folder;
  folder.write("m.yaml", ingress("  # hoplint: allow alb-health-check-value-invalid -- tests"));
  ProcessOptions here;
  here.directory = folder.path();
  const ProcessResult before = run_hoplint({"check", "--isolated", "--format", "concise", "."}, here);
  CHECK(before.out.find("info[suppression-outdated]") != std::string::npos);
  CHECK(before.out.find("alb-healthcheck-value-invalid]") == std::string::npos);
  CHECK(run_hoplint({"check", "--isolated", "--fix", "."}, here).exit_code == before.exit_code);
  CHECK(folder.read("m.yaml") == ingress("  # hoplint: allow alb-healthcheck-value-invalid -- tests"));
  const ProcessResult explained = run_hoplint({"explain", "nlb-health-check-with-local-policy"}, here);
  CHECK(explained.exit_code == 0);
  CHECK(explained.out.starts_with("nlb-healthcheck-with-local-policy"));
  CHECK(explained.err.find("is called") != std::string::npos);
}

TEST_CASE("a ruleset of the future is refused") {
  CHECK(configured("ruleset: 0.1.0\n").mistakes.empty());
  CHECK(configured("ruleset: 99.0.0\n").lines().size() == 1);
  CHECK(configured("ruleset: soon\n").lines() == Strings{".hoplint.yaml:1:10 expected a release of hoplint such as 0.1.0 here"});
}

// --- schema

nlohmann::json json_of(yaml::Node node) {
  if (node.is_mapping()) {
    nlohmann::json object = nlohmann::json::object();
    for (const yaml::Entry& entry : node.entries()) object[std::string(entry.key.str())] = json_of(entry.value);
    return object;
  }
  if (node.is_sequence()) {
    nlohmann::json list = nlohmann::json::array();
    for (yaml::Node item : node.items()) list.push_back(json_of(item));
    return list;
  }
  if (node.is_string()) return std::string(node.str());
  if (node.str() == "true" || node.str() == "false") return node.str() == "true";  // as YAML 1.2 and so editors read it
  if (const auto number = nlohmann::json::parse(node.str(), nullptr, false); number.is_number()) return number;
  return node.is_null() ? nlohmann::json() : nlohmann::json(std::string(node.str()));
}

Complaints against_schema(const std::string& text) {
  const auto file = File::from_bytes("c.yaml", text);
  const yaml::Document document(yaml::parse(file->text(), file), FileId{0}, 0);
  return check_schema(nlohmann::json::parse(config_schema()), json_of(document.root()));
}

TEST_CASE("the schema has every key of the reader, and the reader every key of the schema") {
  const auto schema = nlohmann::json::parse(config_schema());
  const auto compare = [](ConfigPart part, const nlohmann::json& mapping) {
    Strings read, described;
    for (const ConfigKey& key : config_keys(part)) read.emplace_back(key.name);
    for (const auto& [key, value] : mapping["properties"].items()) described.push_back(key);
    std::ranges::sort(read);
    CHECK(read == described);
    CHECK(mapping["additionalProperties"] == false);
    for (const auto& [key, value] : mapping["properties"].items()) CHECK_FALSE(value["description"].get<std::string>().empty());
  };
  compare(ConfigPart::file, schema);
  compare(ConfigPart::allow, schema["definitions"]["allow"]);
  compare(ConfigPart::override_, schema["definitions"]["override"]);
  compare(ConfigPart::environment, schema["definitions"]["environment"]);
  compare(ConfigPart::policy, schema["definitions"]["policy"]);
}

TEST_CASE("schema and reader agree on what is right and what is wrong") {
  const Strings right{
      "select: [ALL]\nignore: alb\n",
      "severity: {config-invalid: warning, suppression: off}\n",
      "known: [Secret a/b, stubs/]\ncomplete: [shop]\nexclude: gen/\n",
      "complete: true\nclusters: {prod: [prod/**], dev: dev/}\nrequire-reason: true\npreview: false\nruleset: 0.1.0\n",
      "policy: [{hosts: '*.example.com', encrypted: every-hop}, {namespaces: [a, b*], unreachable-from: internet, reachable: true}]\n",
      "allow: [{rules: [ALL], paths: a/, kind: Pod, namespace: [a, b], name: c*, labels: {a: b}, reason: old, until: 2027-01-31}]\n",
      "overrides: [{paths: [a/], select: [policy], severity: {alb: info}}, {labels: {tier: 1}, ignore: IST0101}]\n",
      "environment: {kubernetes: 1.30, istio: v1.24.1, controller: \"2.7\", root-namespace: a, controller-flags: {aws-region: x}}\n",
      "environment: {controller-flags: [--default-target-type=ip]}\n",
      "ignore: [alb-health-check-value-invalid]\n",
  };
  const Strings wrong{
      "selct: []\n",
      "select: [nonsense]\n",
      "severity: {ALL: fatal}\n",
      "severity: {nonsense: info}\n",
      "complete: maybe\n",
      "allow: [{paths: [x]}]\n",
      "allow: [{rules: ALL, untill: 2027-01-01}]\n",
      "allow: [{rules: ALL, until: soon}]\n",
      "overrides: [{paths: [a/]}]\n",
      "overrides: {paths: [a/]}\n",
      "environment: {istio: latest}\n",
      "environment: {mesh: x}\n",
      "exclude: {a: b}\n",
      "require-reason: perhaps\n",
      "ruleset: 1\n",
      "clusters: [a]\n",
      "- a\n",
  };
  for (const std::string& text : right) {
    CAPTURE(text);
    CHECK(configured(text).lines() == Strings{});
    CHECK(against_schema(text) == Complaints{});
  }
  for (const std::string& text : wrong) {
    CAPTURE(text);
    CHECK_FALSE(configured(text).mistakes.empty());
    CHECK_FALSE(against_schema(text).empty());
  }
}

// --- what the program writes

TEST_CASE("config show is read back as what it shows, and says where each thing comes from") {
  const TemporaryFolder folder;
  folder.write("base.yaml",
               "severity: {alb: info}\nrequire-reason: true\nenvironment: {istio: \"1.24\", controller-flags: [--aws-region=x]}\n");
  folder.write(".hoplint.yaml",
               "extends: base.yaml\nignore: [mtls]\nknown: [Secret a/b]\ncomplete: [shop]\nclusters: {prod: prod/}\n"
               "overrides:\n- {paths: [x/], kind: Pod, labels: {a: \"1\"}, ignore: [yaml]}\nallow:\n- {rules: [alb], name: c, reason: "
               "\"it: is\"}\n");
  folder.write("below/a.yaml", "");
  ProcessOptions here;
  here.directory = folder.path();
  const ProcessResult shown = run_hoplint({"config", "show"}, here);
  REQUIRE(shown.exit_code == 0);
  CAPTURE(shown.out);
  for (const char* text : {"# read from .hoplint.yaml\n# which extends base.yaml\n", "# base.yaml:2\nrequire-reason: true\n",
                           "# .hoplint.yaml:2\nignore:\n  - mtls\n", "# by default\npreview: false\n"}) {
    CHECK(shown.out.find(text) != std::string::npos);
  }
  const Configured back = configured(shown.out);
  CHECK(back.lines() == Strings{});
  CHECK(back.settings.overrides.at(0).scope.labels.at(0).second == "1");
  CHECK(back.settings.allowances.at(0).reason == "it: is");
  CHECK(back.settings.world.environment.istio == Version{1, 24});
  CHECK(back.settings.world.complete_namespaces == Strings{"shop"});
  CHECK(run_hoplint({"config", "show", "below"}, here).out == [&] {
    std::string same = shown.out;
    return same;
  }());
  CHECK(run_hoplint({"config", "show", "absent"}, here).exit_code == 2);
  TemporaryFolder bare;
  here.directory = bare.path();
  CHECK(run_hoplint({"config", "show"}, here).out.starts_with("# no .hoplint.yaml"));
}

TEST_CASE("config check says what is wrong, with 1, and what is outdated, with 0") {
  const TemporaryFolder folder;
  ProcessOptions here;
  here.directory = folder.path();
  CHECK(run_hoplint({"config", "check"}, here).exit_code == 0);
  folder.write(".hoplint.yaml", "extends: base.yaml\n");
  folder.write("base.yaml", "ignroe: []\n");
  const ProcessResult wrong = run_hoplint({"config", "check", ".", ".hoplint.yaml"}, here);
  CHECK(wrong.exit_code == 1);
  CHECK(wrong.out == "base.yaml:1:1: error[config-invalid] unknown key `ignroe`; did you mean `ignore`?\n");
  folder.write("base.yaml", "ignore: [alb-grpc-health-check]\n");
  const ProcessResult old = run_hoplint({"config", "check"}, here);
  CHECK(old.exit_code == 0);
  CHECK(old.out.starts_with("base.yaml:1:10: info[config-outdated] `alb-grpc-health-check` is called"));
  CHECK(run_hoplint({"config", "check", "absent"}, here).exit_code == 2);
}

TEST_CASE("config init proposes clusters, what is known and versions, each with its reason") {
  const TemporaryFolder folder;
  const std::string object =
      "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {selector: {a: b}, ports: [{port: 80}]}\n---\n"
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\nspec:\n  hosts: "
      "[shop.example.com]\n"
      "  gateways: [istio-system/edge]\n  http: [{route: [{destination: {host: cart}}]}]\n";
  folder.write("live/prod/app.yaml", object);
  folder.write("live/dev/app.yaml", object);
  // Some of it is the same, most is not: no copy of the others.
  folder.write("live/shared/app.yaml", object + "---\n" + service("a", "b") + "---\n" + service("a", "c") + "---\n" + service("a", "d"));
  folder.write(
      "mesh.yaml",
      "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: mesh, namespace: istio-system}\n"
      "spec: {tag: 1.24.2, meshConfig: {trustDomain: corp, rootNamespace: mesh}}\n---\n"
      "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: prod, version: \"1.30\"}\n---\n"
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: lb, namespace: kube-system}\nspec:\n  selector: {matchLabels: {a: b}}\n"
      "  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n"
      "      - {name: c, image: \"public.ecr.aws/eks/aws-load-balancer-controller:v2.8.1\"}\n");
  ProcessOptions here;
  here.directory = folder.path();
  const ProcessResult printed = run_hoplint({"config", "init", "--print"}, here);
  REQUIRE(printed.exit_code == 0);
  CHECK_FALSE(has(folder.list(), ".hoplint.yaml"));
  const ProcessResult written = run_hoplint({"config", "init"}, here);
  REQUIRE(written.exit_code == 0);
  const std::string text = folder.read(".hoplint.yaml");
  CHECK(text == printed.out);
  CAPTURE(text);
  for (const char* comment :
       {"`spec.tag` of IstioOperator istio-system/mesh, mesh.yaml", "live/dev/app.yaml:11 and 2 more", "2 objects are defined"})
    CHECK(text.find(comment) != std::string::npos);
  const Configured back = configured(text);
  REQUIRE(back.lines() == Strings{});
  const World& world = back.settings.world;
  CHECK(world.environment.istio == Version{1, 24});
  CHECK(world.environment.kubernetes == Version{1, 30});
  CHECK(world.environment.controller == Version{2, 8});
  CHECK(world.environment.trust_domain == "corp");
  CHECK(world.environment.root_namespace == "mesh");
  REQUIRE(world.clusters.size() == 2);
  CHECK(world.clusters[0].name == "dev");
  CHECK(world.clusters[1].paths == Strings{"live/prod/"});
  REQUIRE(world.known.size() == 1);
  CHECK(world.known[0].name == "edge");
  CHECK(against_schema(text) == Complaints{});
  CHECK(run_hoplint({"check"}, here).exit_code != 2);
  const ProcessResult again = run_hoplint({"config", "init"}, here);
  CHECK(again.exit_code == 2);
  CHECK(folder.read(".hoplint.yaml") == text);
}

TEST_CASE("config known copies names, ports and labels, and nothing of what is secret") {
  const std::string cluster = R"({"apiVersion": "v1", "kind": "List", "items": [
    {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "edge", "namespace": "istio-system", "labels": {"app": "x"},
      "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{\"data\":\"aHVzaA==\"}"}},
      "type": "kubernetes.io/tls", "data": {"tls.key": "aHVzaA==", "tls.crt": "aHVzaA=="}},
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "cart", "namespace": "shop", "labels": {"v": "1"},
      "annotations": {"alb.ingress.kubernetes.io/backend-protocol": "HTTPS", "note": "hush"}},
      "spec": {"type": "NodePort", "clusterIP": "10.0.0.7", "selector": {"app": "cart"},
               "ports": [{"name": "http", "port": 80, "targetPort": "web", "nodePort": 30080, "protocol": "TCP"}]}, "status": {"x": "hush"}},
    {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "cart", "namespace": "shop"},
      "spec": {"selector": {"matchLabels": {"app": "cart"}}, "template": {"metadata": {"labels": {"app": "cart"}},
               "spec": {"containers": [{"name": "cart", "image": "hush", "env": [{"name": "PASSWORD", "value": "hush"}],
                                        "ports": [{"name": "web", "containerPort": 8080}]}]}}}},
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "cart-1", "namespace": "shop",
      "ownerReferences": [{"kind": "ReplicaSet", "name": "cart", "controller": true}]}, "spec": {"containers": []}},
    {"apiVersion": "networking.istio.io/v1", "kind": "Gateway", "metadata": {"name": "edge", "namespace": "istio-system"},
      "spec": {"servers": [{"tls": {"credentialName": "hush"}}]}}]})";
  const TemporaryFolder folder;
  ProcessOptions here;
  here.directory = folder.path();
  here.input = cluster;
  const ProcessResult stubs = run_hoplint({"config", "known", "-"}, here);
  REQUIRE(stubs.exit_code == 0);
  CAPTURE(stubs.out);
  for (const char* secret : {"hush", "aHVzaA", "10.0.0.7", "last-applied", "HTTPS", "cart-1", "image", "env"})
    CHECK(stubs.out.find(secret) == std::string::npos);
  for (const char* text : {"kind: Secret", "name: \"edge\"", "port: 80", "targetPort: \"web\"", "containerPort: 8080", "app: \"cart\"",
                           "alb.ingress.kubernetes.io/backend-protocol: \"${left-out}\""}) {
    CHECK(stubs.out.find(text) != std::string::npos);
  }

  // Declared, they are found; and what was left out is unknown rather than missing.
  folder.write("known.yaml", stubs.out);
  folder.write(".hoplint.yaml", "known: [known.yaml]\nexclude: [known.yaml]\ncomplete: true\n");
  folder.write("m.yaml",
               "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  namespace: shop\n  annotations:\n"
               "    alb.ingress.kubernetes.io/scheme: internal\nspec:\n  ingressClassName: alb\n  rules:\n  - http:\n      paths:\n"
               "      - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {name: http}}}}\n---\n"
               "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\nspec:\n"
               "  hosts: [shop.example.com]\n  gateways: [istio-system/edge]\n  http: [{route: [{destination: {host: cart}}]}]\n");
  here.input.clear();
  const ProcessResult checked = run_hoplint({"check", "--fail-on", "warning", "--format", "concise"}, here);
  CAPTURE(checked.out);
  CHECK(checked.out.find("warning") == std::string::npos);
  CHECK(checked.out.find("error") == std::string::npos);
  here.input = "nothing: here\n";
  CHECK(run_hoplint({"config", "known", "-"}, here).exit_code == 2);
}

TEST_CASE("names from manifests are inert in what is written of them") {
  const std::string name = "x\\e[31m\\n# known: [evil]\\u202e\\x9b - ? : [ ] { } \\\" ' `b` |";
  const TemporaryFolder folder;
  folder.write("m.yaml",
               format("apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: \"{0}\", namespace: \"{0}\"}}\n"
                      "spec:\n  hosts: [\"{0}\"]\n  gateways: [\"{0}/{0}\", edge]\n---\n"
                      "apiVersion: v1\nkind: Service\nmetadata: {{name: \"{0}\", labels: {{\"{0}\": \"{0}\"}}}}\n"
                      "spec: {{selector: {{\"{0}\": \"{0}\"}}, ports: [{{name: \"{0}\", port: 80}}]}}\n---\n"
                      "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {{name: \"{0}\"}}\n"
                      "spec: {{tag: 1.24.0, meshConfig: {{trustDomain: \"{0}\"}}}}\n",
                      name));
  folder.write(".hoplint.yaml",
               format("known: [\"Secret a/{0}\"]\nallow: [{{rules: [ALL], reason: \"{0}\", name: \"{0}\"}}]\n", "x\\e[31m\\u202e"));
  ProcessOptions here;
  here.directory = folder.path();
  for (const Strings& command : {Strings{"config", "init", "--print"}, {"config", "known", "m.yaml"}, {"config", "show"}}) {
    const ProcessResult result = run_hoplint(command, here);
    CAPTURE(command, result.out, result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.out.size() > 100);
    CHECK(std::ranges::all_of(result.out, [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); }));
    CHECK(result.out.find("\n# known: [evil]") == std::string::npos);
    const auto file = File::from_bytes("out.yaml", result.out);
    for (const yaml::Chunk& chunk : yaml::split(file->text()))
      CHECK(yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file)->problems.empty());
  }
}

}  // namespace
}  // namespace hop
