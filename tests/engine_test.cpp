// Configuration, choice of rules, suppressions, reading and fingerprints, all on files in memory.

#include <algorithm>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include "engine/allow_text.h"
#include "engine/classify.h"
#include "engine/config.h"
#include "engine/cover.h"
#include "engine/date.h"
#include "engine/lint.h"
#include "engine/paths.h"
#include "engine/prune.h"
#include "engine/read.h"
#include "engine/select.h"
#include "engine/suppress.h"
#include "engine/yaml_writer.h"
#include "support/catch.h"
#include "text/format.h"
#include "yaml/parse.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;
using Texts = std::map<std::string, std::string>;

constexpr std::string_view service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n";

// --- paths and globs

TEST_CASE("paths are shown without what says nothing") {
  CHECK(shown_path("./a//b/") == "a/b");
  CHECK(shown_path(".") == ".");
  CHECK(shown_path("../x/./y") == "../x/y");
  CHECK(shown_path("a/../b") == "a/../b");
  CHECK(shown_path("/a//b") == "/a/b");
  CHECK(shown_path(" a /b") == " a /b");
}

TEST_CASE("a path below a folder") {
  CHECK(path_below("a", "a/b/c") == "b/c");
  CHECK(path_below(".", "a/b") == "a/b");
  CHECK(path_below("/", "/a") == "a");
  CHECK_FALSE(path_below("a", "ab/c"));
  CHECK_FALSE(path_below("a", "a"));
  CHECK_FALSE(path_below(".", "/a"));
}

TEST_CASE("globs of the configuration are read from the working directory") {
  CHECK(rebase_glob("prod/**", "/repo", "/repo") == "prod/**");
  CHECK(rebase_glob("prod/**", "/repo/infra", "/repo") == "/infra/prod/**");
  CHECK(rebase_glob("!/prod", "/repo/infra", "/repo") == "!/infra/prod");
  CHECK(rebase_glob("infra/prod/*.yaml", "/repo", "/repo/infra") == "/prod/*.yaml");
  CHECK(rebase_glob("**/prod/x", "/repo", "/repo/infra") == "/**/prod/x");
  CHECK(rebase_glob("*.yaml", "/repo", "/repo/infra") == "*.yaml");
  CHECK(rebase_glob("/infra/", "/repo", "/repo/infra/a") == "/**");
  CHECK_FALSE(rebase_glob("other/x", "/repo", "/repo/infra"));
  CHECK_FALSE(rebase_glob("a/b", "/elsewhere", "/repo"));
}

// --- walking

Strings walked(const MemoryFiles& files, const Strings& inputs, Settings settings = {}) {
  std::vector<InputPath> paths;
  for (const std::string& input : inputs) paths.push_back({input, std::nullopt});
  Strings found;
  for (const FoundFile& file : walk(files, paths, settings).files) found.push_back(file.path + (file.known ? " (known)" : ""));
  return found;
}

TEST_CASE("folders are walked for .yaml, .yml and .json, in path order") {
  const MemoryFiles files(
      Texts{{"b.yml", ""}, {"a/x.yaml", ""}, {"a/y.json", ""}, {"a/readme.md", ""}, {"a/Z.YAML", ""}, {"a-b.yaml", ""}});
  CHECK(walked(files, {"."}) == Strings{"a-b.yaml", "a/Z.YAML", "a/x.yaml", "a/y.json", "b.yml"});
  CHECK(walked(files, {"./a/"}) == Strings{"a/Z.YAML", "a/x.yaml", "a/y.json"});
}

TEST_CASE("hidden entries and dependencies are left out, unless named") {
  const MemoryFiles files(Texts{{".github/x.yaml", ""},
                                {".a.yaml", ""},
                                {"node_modules/x.json", ""},
                                {"vendor/x.yaml", ""},
                                {"app/Chart.yaml", ""},
                                {"app/charts/redis/x.yaml", ""},
                                {"charts/x.yaml", ""}});
  CHECK(walked(files, {"."}) == Strings{"app/Chart.yaml", "charts/x.yaml"});
  CHECK(walked(files, {"vendor", ".github", ".a.yaml"}) == Strings{".a.yaml", ".github/x.yaml", "vendor/x.yaml"});
}

TEST_CASE("what .gitignore excludes is left out") {
  MemoryFiles files(Texts{{".gitignore", "build/\n*.json\n/top.yaml\n"},
                          {"build/x.yaml", ""},
                          {"a/build/x.yaml", ""},
                          {"a/x.json", ""},
                          {"a/keep.json", ""},
                          {"a/top.yaml", ""},
                          {"top.yaml", ""},
                          {"a/.gitignore", "!keep.json\nlocal.yaml\n"},
                          {"a/local.yaml", ""}});
  CHECK(walked(files, {"."}) == Strings{"a/keep.json", "a/top.yaml"});
  SECTION("from above as well, up to the folder that holds .git") {
    files.put("a/b/x.json", "");
    files.put("a/b/x.yaml", "");
    CHECK(walked(files, {"a/b"}) == Strings{"a/b/x.json", "a/b/x.yaml"});
    files.put(".git/HEAD", "");
    CHECK(walked(files, {"a/b"}) == Strings{"a/b/x.yaml"});
  }
  SECTION("but not what is named") { CHECK(walked(files, {"build", "a/x.json"}) == Strings{"a/x.json", "build/x.yaml"}); }
  SECTION("nor when it is not to count") {
    Settings settings;
    settings.use_gitignore = false;
    CHECK(walked(files, {"build", "a"}, settings).size() == 6);
  }
}

TEST_CASE("excludes are relative to the configuration's folder") {
  const MemoryFiles files(Texts{{"infra/gen/x.yaml", ""}, {"infra/a/gen/x.yaml", ""}, {"infra/a/y.yaml", ""}, {"gen/x.yaml", ""}});
  Settings settings;
  settings.base = "infra";
  settings.excludes = {"/gen/", "y.yaml"};
  CHECK(walked(files, {"."}, settings) == Strings{"gen/x.yaml", "infra/a/gen/x.yaml"});
  CHECK(walked(files, {"infra/a"}, settings) == Strings{"infra/a/gen/x.yaml"});
}

TEST_CASE("what would have been found lies below a walked folder, and nothing leaves it out") {
  const MemoryFiles files(Texts{{"w/.gitignore", "made/\n*.enc.yaml\n"},
                                {"w/app/Chart.yaml", ""},
                                {"w/team/.hoplint.yaml", ""},
                                {"w/a/.gitignore", "local.yaml\n"},
                                {"w/a/x.yaml", ""}});
  Settings settings;
  settings.excludes = {"/w/later/"};
  const auto found = [&](std::string_view path) { return would_find(files, {"w"}, settings, path); };
  CHECK(found("w/y.yaml"));
  CHECK(found("w/a/b/y.txt"));
  for (const char* path : {"y.yaml", "../w/y.yaml", "w/made/y.yaml", "w/a/y.enc.yaml", "w/a/local.yaml", "w/later", "w/later/y.yaml",
                           "w/.hidden/y.yaml", "w/vendor/y.yaml", "w/app/charts/y.yaml", "w/team/y.yaml"}) {
    INFO(path);
    CHECK_FALSE(found(path));
  }
  settings.isolated = true;
  settings.use_gitignore = false;
  CHECK(found("w/team/y.yaml"));
  CHECK(found("w/made/y.yaml"));
  CHECK_FALSE(would_find(files, {"."}, settings, "../y.yaml"));
  CHECK(would_find(files, {"."}, settings, "y.yaml"));
}

TEST_CASE("a folder with a configuration of its own is left out and told") {
  const MemoryFiles files(Texts{{"a/.hoplint.yaml", ""}, {"a/x.yaml", ""}, {"b/x.yaml", ""}, {".hoplint.yaml", ""}});
  const Walk found = walk(files, {{".", std::nullopt}}, Settings{});
  CHECK(found.other_roots == Strings{"a"});
  CHECK(found.files.size() == 1);
  Settings isolated;
  isolated.isolated = true;
  CHECK(walked(files, {"."}, isolated) == Strings{"a/x.yaml", "b/x.yaml"});
  CHECK(walked(files, {"a"}) == Strings{"a/x.yaml"});
}

TEST_CASE("each file is read once, and known paths stay known inside an input") {
  const MemoryFiles files(Texts{{"a/x.yaml", ""}, {"stubs/y.yaml", ""}});
  Settings settings;
  settings.known_paths = {"stubs"};
  CHECK(walked(files, {".", "a", "a/x.yaml", "./a"}, settings) == Strings{"a/x.yaml", "stubs/y.yaml (known)"});
}

TEST_CASE("named paths must exist and be readable, found ones need not") {
  MemoryFiles files(Texts{{"a/x.yaml", "kind: X"}, {"b/y.yaml", ""}});
  files.fail("a/x.yaml", "permission denied");
  files.fail("b", "permission denied");
  Input input;
  const auto failures = read_inputs(files, {{"nowhere", {}}, {"a/x.yaml", {}}, {".", {}}}, Settings{}, input);
  CHECK(failures.failures == Strings{"`nowhere` does not exist", "cannot read `a/x.yaml`: permission denied"});
  REQUIRE(input.files.size() == 2);
  CHECK(input.files[1].path == "b");
  CHECK(input.files[1].unreadable.view() == "permission denied");
  CHECK(input.sources[input.files[1].file].text().empty());
}

TEST_CASE("what is in a chart's templates is known wherever the walk begins") {
  const MemoryFiles files(Texts{{"c/Chart.yaml", ""}, {"c/templates/sub/x.yaml", ""}, {"c/crds/x.yaml", ""}, {"templates/x.yaml", ""}});
  const auto flags = [&](const std::string& path) {
    std::map<std::string, bool> found;
    for (const FoundFile& file : walk(files, {{path, {}}}, Settings{}).files) found[file.path] = file.in_templates;
    return found;
  };
  const auto all = flags(".");
  CHECK(all.at("c/templates/sub/x.yaml"));
  CHECK_FALSE(all.at("c/crds/x.yaml"));
  CHECK_FALSE(all.at("templates/x.yaml"));
  CHECK(flags("c/templates/sub/x.yaml").at("c/templates/sub/x.yaml"));
  CHECK(flags("c/templates/sub").at("c/templates/sub/x.yaml"));
}

// --- classes of documents

std::vector<DocumentClass> classes(const std::string& text, bool named = false, const std::string& path = "m/x.yaml") {
  const MemoryFiles files(Texts{{path, text}});
  Input input;
  read_inputs(files, {{named ? path : ".", std::nullopt}}, Settings{}, input);
  std::vector<DocumentClass> result;
  for (const ReadDocument& document : input.files.at(0).documents) result.push_back(document.is);
  return result;
}

DocumentClass class_of(const std::string& text, bool named = false, const std::string& path = "m/x.yaml") {
  const auto all = classes(text, named, path);
  REQUIRE(all.size() == 1);
  return all[0];
}

TEST_CASE("documents are told apart") {
  CHECK(class_of("apiVersion: v1\nkind: Pod\n") == DocumentClass::resource);
  CHECK(class_of("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}", false, "x.json") == DocumentClass::resource);
  CHECK(class_of("kind: Pod\nmetadata: {name: x}\n") == DocumentClass::half);
  CHECK(class_of("apiVersion: apps/v1\nspec: {}\n") == DocumentClass::half);
  CHECK(class_of("kind: DaemonSet\nreplicas: 2\n") == DocumentClass::not_manifest);
  CHECK(class_of("apiVersion: 1\ndatasources: []\n") == DocumentClass::not_manifest);
  CHECK(class_of("apiVersion: v2\nname: x\nmetadata: {}\n", false, "Chart.yaml") == DocumentClass::not_manifest);
  CHECK(class_of("replicas: 2\n") == DocumentClass::not_manifest);
  CHECK(class_of("- apiVersion: v1\n  kind: Pod\n") == DocumentClass::not_manifest);
  CHECK(class_of("just text\n") == DocumentClass::not_manifest);
  CHECK(class_of("# nothing\n\n  # here\n") == DocumentClass::empty);
  CHECK(class_of("kind: null\napiVersion:\nmetadata: {}\n") == DocumentClass::not_manifest);
}

TEST_CASE("what does not parse is broken only where it may be a manifest") {
  CHECK(class_of("apiVersion: v1\nkind: [\n") == DocumentClass::broken);
  CHECK(class_of("a: [\nb: kind: x\n") == DocumentClass::foreign);
  CHECK(class_of("a: [\nkind of\n") == DocumentClass::not_manifest);
  CHECK(class_of("a: [\n", true) == DocumentClass::broken);
  CHECK(class_of("{\"apiVersion\": \"v1\", \"kind\": ", false, "x.json") == DocumentClass::broken);
}

TEST_CASE("templates are told from manifests that hold templates") {
  CHECK(class_of("apiVersion: v1\nkind: Pod\nname: {{ .x }}\n") == DocumentClass::template_);
  CHECK(class_of("apiVersion: v1\n{{- if .x }}\nkind: Pod\n{{- end }}\n") == DocumentClass::template_);
  CHECK(class_of("apiVersion: v1\nkind: Pod\nname: [x{{ \n") == DocumentClass::template_);
  CHECK(class_of("replicas: {{ .x }}\n") == DocumentClass::template_);
  CHECK(class_of("apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    {{ range }}\n    b\n") == DocumentClass::resource);
  CHECK(class_of("apiVersion: v1\nkind: Pod\nname: '{{ x }}'\n") == DocumentClass::resource);
}

TEST_CASE("one broken document hides no other") {
  const auto all = classes(std::string(service) + "---\nkind: [\n---\n# nothing\n---\n" + std::string(service));
  CHECK(all == std::vector{DocumentClass::resource, DocumentClass::broken, DocumentClass::empty, DocumentClass::resource});
}

TEST_CASE("texts that hold nothing of ours are not kept, the others are") {
  const MemoryFiles files(
      Texts{{"values.yaml", "replicas: 2\n"}, {"kustomization.yaml", "resources: [a]\n"}, {"s.yaml", std::string(service)}});
  Input input;
  read_inputs(files, {{".", std::nullopt}}, Settings{}, input);
  REQUIRE(input.files.size() == 3);
  CHECK(input.files[0].documents.at(0).document->root().has("resources"));
  CHECK(input.sources[input.files[1].file].text() == service);
  CHECK(input.sources[input.files[2].file].text().empty());
}

TEST_CASE("reading with many threads gives what one gives") {
  Texts texts;
  for (int i = 0; i < 200; ++i) texts[format("d{}/f{}.yaml", i % 7, i)] = std::string(service);
  const MemoryFiles files(texts);
  const auto paths = [&](unsigned jobs) {
    Settings settings;
    settings.jobs = jobs;
    Input input;
    read_inputs(files, {{".", std::nullopt}}, settings, input);
    Strings all;
    for (const ReadFile& file : input.files) {
      CHECK(input.sources[file.file].path() == file.path);
      CHECK(file.documents.at(0).document->file() == file.file);
      all.emplace_back(file.path);
    }
    return all;
  };
  CHECK(paths(1) == paths(8));
}

TEST_CASE("of a CustomResourceDefinition only the identity is kept") {
  const std::string text =
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: \"a\\x62\"\n  annotations: {x: y}\n"
      "spec: {a: [1, 2]}\nstatus: {}\n";
  const auto whole = yaml::parse(text, nullptr);
  const auto pruned = without_schemas(whole);
  CHECK(pruned->items.size() == 13);
  const yaml::Document document(pruned, FileId{0}, 0);
  CHECK(document.root().size() == 3);
  CHECK(document.root()["metadata"]["name"].str() == "ab");
  CHECK(document.root()["metadata"]["annotations"]["x"].str() == "y");
  CHECK(document.root()["kind"].span() == yaml::Document(whole, FileId{0}, 0).root()["kind"].span());
  CHECK_FALSE(document.root().has("spec"));
  const auto other = yaml::parse(service, nullptr);
  CHECK(without_schemas(other) == other);
}

// --- configuration

struct Configured {
  Settings settings;
  Sources sources;
  std::vector<Diagnostic> mistakes;
  /// "line:column message" of each mistake.
  Strings lines() const {
    Strings all;
    for (const Diagnostic& mistake : mistakes) {
      const Position at = sources[mistake.where.file].position(mistake.where.begin);
      all.push_back(format("{}:{} {}", at.line, at.column, mistake.message));
    }
    return all;
  }
};

Configured configured(const std::string& text, const std::string& path = ".hoplint.yaml") {
  Configured result;
  result.mistakes = read_config(MemoryFiles(Texts{{path, text}}), path, result.sources, result.settings);
  return result;
}

TEST_CASE("every key of the configuration") {
  const auto [settings, sources, mistakes] = configured(
      "select: [ALL]\nignore: suppression-unused\nseverity: {config-invalid: warning, suppression: off}\n"
      "known:\n  - Secret istio-system/wildcard\n  - Gateway.gateway.networking.k8s.io edge\n  - stubs/\n  - more.yaml\n"
      "complete: [shop, pay]\nexclude: [gen/]\nclusters: {prod: [prod/**, /x], dev: dev/}\nrequire-reason: true\n"
      "allow:\n  - rules: [ALL]\n    paths: [a/**]\n    kind: Pod\n    namespace: shop\n    name: c*\n    reason: old\n    until: "
      "2027-01-31\n",
      "infra/.hoplint.yaml");
  CHECK(mistakes.empty());
  CHECK(settings.base == "infra");
  CHECK(settings.selection.select == Strings{"ALL"});
  CHECK(settings.selection.ignore == Strings{"suppression-unused"});
  REQUIRE(settings.severities.size() == 2);
  CHECK(settings.severities[1].off);
  REQUIRE(settings.world.known.size() == 2);
  CHECK(settings.world.known[0].ns == "istio-system");
  CHECK(settings.world.known[1].kind == "Gateway.gateway.networking.k8s.io");
  CHECK(settings.known_paths == Strings{"infra/stubs/", "infra/more.yaml"});
  CHECK(settings.world.complete_namespaces == Strings{"shop", "pay"});
  CHECK(settings.excludes == Strings{"gen/"});
  REQUIRE(settings.world.clusters.size() == 2);
  CHECK(settings.world.clusters[0].paths == Strings{"/infra/prod/**", "/infra/x"});
  CHECK(settings.world.clusters[1].paths == Strings{"dev/"});
  CHECK(settings.require_reason);
  REQUIRE(settings.allowances.size() == 1);
  CHECK(settings.allowances[0].scope.kinds == Strings{"Pod"});
  CHECK(settings.allowances[0].until == "2027-01-31");
  CHECK(settings.allowances[0].where.file == FileId{0});
}

TEST_CASE("mistakes in the configuration have a place and a suggestion") {
  CHECK(configured("selct: []\n").lines() == Strings{"1:1 unknown key `selct`; did you mean `select`?"});
  CHECK(configured("ignore: [ALL, supression-unused]\n").lines() ==
        Strings{"1:15 `supression-unused` names no rule; did you mean `suppression-unused`?"});
  CHECK(configured("severity:\n  ALL: fatal\n").lines() == Strings{"2:8 expected `error`, `warning`, `info` or `off` here"});
  CHECK(configured("complete: maybe\n").lines() == Strings{"1:11 expected `true` or `false` here"});
  CHECK(configured("known: [Secrt a/b]\n").lines() == Strings{"1:9 `Secrt` is no kind; did you mean `Secret`?"});
  CHECK(configured("known: [nonsense]\n").lines().size() == 1);
  CHECK(configured("allow:\n- {paths: [x], untill: 2027-01-01}\n").lines().size() == 2);
  CHECK(configured("allow: [{rules: ALL, until: soon}]\n").lines() == Strings{"1:29 expected a date such as 2027-01-31 here"});
  CHECK(configured("- a\n").lines() == Strings{"1:1 expected a mapping of settings here"});
  CHECK(configured("exclude: {a: b}\n").lines().size() == 1);
  CHECK(configured("exclude: []\nexclude: []\n").lines() == Strings{"2:1 this key is written twice"});
  CHECK(configured("exclude: [\n").mistakes.size() == 1);
  CHECK(configured("exclude: []\n---\nexclude: []\n").mistakes.size() == 1);
}

TEST_CASE("nothing of a mistaken configuration is applied, and an empty one is fine") {
  const auto wrong = configured("require-reason: true\nnope: 1\n");
  CHECK(wrong.mistakes.size() == 1);
  CHECK_FALSE(wrong.settings.require_reason);
  CHECK(configured("").mistakes.empty());
  CHECK(configured("# nothing\nknown:\nallow:\n").mistakes.empty());
}

TEST_CASE("the nearest configuration upwards counts, up to the repository") {
  MemoryFiles files(
      {{"a/b/c/x.yaml", ""}, {"a/.hoplint.yaml", ""}, {".hoplint.yaml", ""}, {"d/x.yaml", ""}, {"e/.git/HEAD", ""}, {"e/f/x.yaml", ""}});
  CHECK(find_config(files, "a/b/c/x.yaml") == "a/.hoplint.yaml");
  CHECK(find_config(files, "./a/b") == "a/.hoplint.yaml");
  CHECK(find_config(files, "d") == ".hoplint.yaml");
  CHECK_FALSE(find_config(files, "e/f"));
}

TEST_CASE("known names") {
  CHECK(parse_known_name("Secret a/b")->name == "b");
  CHECK(parse_known_name("IngressClass alb")->ns.empty());
  for (const char* text :
       {"secret a/b", "Secret", "stubs/x.yaml", "Secret a/b/c", "Secret /b", "Secret a/", "Se-cret x", "Secret. x", ""}) {
    CHECK_FALSE(parse_known_name(text));
  }
}

TEST_CASE("known names written as YAML are read back the same") {
  const std::vector<KnownName> names{{"Secret", "istio-system", "wildcard"}, {"IngressClass", "", "alb"}, {"Service", "a", "0x10"}};
  const auto back = configured(known_yaml(names));
  REQUIRE(back.mistakes.empty());
  REQUIRE(back.settings.world.known.size() == 3);
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(back.settings.world.known[i].kind == names[i].kind);
    CHECK(back.settings.world.known[i].ns == names[i].ns);
    CHECK(back.settings.world.known[i].name == names[i].name);
  }
  CHECK(configured(known_yaml({})).mistakes.empty());
}

// --- choice of rules

constinit const RuleInfo toy{.id = "toy-rule",
                             .summary = "",
                             .docs = "",
                             .effect = "",
                             .source = "",
                             .severity = Severity::error,
                             .group = Group::security,
                             .aliases = {"TOY1", "TOY2"}};
constinit const RuleInfo stern{.id = "stern-rule", .summary = "", .docs = "", .effect = "", .source = "", .group = Group::policy};

Diagnostic finding_of(const RuleInfo& rule, Strings aliases = {}) {
  Diagnostic finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.aliases = std::move(aliases);
  return finding;
}

bool wants(const Strings& select, const Strings& ignore, const RuleInfo& rule) {
  Settings settings;
  settings.selection = {select, ignore};
  return Chosen(settings).wants(rule);
}

TEST_CASE("the most specific word wins, and a tie leaves out") {
  CHECK(wants({}, {}, toy));
  CHECK_FALSE(wants({}, {}, stern));
  CHECK(wants({"policy"}, {}, stern));
  CHECK(wants({"ALL"}, {}, stern));
  CHECK_FALSE(wants({"policy"}, {}, toy));
  CHECK_FALSE(wants({}, {"ALL"}, toy));
  CHECK(wants({"toy"}, {"ALL"}, toy));
  CHECK(wants({"toy-rule"}, {"toy"}, toy));
  CHECK_FALSE(wants({"toy"}, {"toy"}, toy));
  CHECK_FALSE(wants({"security"}, {"toy"}, toy));
  CHECK(wants({"TOY1"}, {"security"}, toy));
}

TEST_CASE("an alias stands only for findings that carry it") {
  Settings settings;
  settings.selection.ignore = {"TOY1"};
  CHECK(Chosen(settings).wants(toy));
  CHECK(Chosen(settings).wants(finding_of(toy, {"TOY2"})));
  CHECK_FALSE(Chosen(settings).wants(finding_of(toy, {"TOY1", "TOY2"})));
  settings.selection = {{"TOY1"}, {}};
  CHECK(Chosen(settings).wants(toy));
  CHECK(Chosen(settings).wants(finding_of(toy, {"TOY1"})));
  CHECK_FALSE(Chosen(settings).wants(finding_of(toy)));
}

TEST_CASE("a severity replaces the highest and caps the others") {
  Settings settings;
  settings.severities = {{"security", false, Severity::info}, {"toy", false, Severity::warning}};
  const Chosen chosen(settings);
  CHECK(chosen.severity(finding_of(toy)) == Severity::warning);
  Diagnostic low = finding_of(toy);
  low.severity = Severity::info;
  CHECK(chosen.severity(low) == Severity::info);
  settings.severities = {{"stern-rule", false, Severity::error}};
  CHECK(chosen.severity(finding_of(stern)) == Severity::error);
  settings.severities = {{"toy", true, {}}, {"TOY1", false, Severity::info}};
  CHECK(chosen.wants(toy));
  CHECK(chosen.wants(finding_of(toy, {"TOY1"})));
  CHECK_FALSE(chosen.wants(finding_of(toy)));
  settings.severities = {{"toy-rule", true, {}}};
  CHECK_FALSE(chosen.wants(toy));
}

TEST_CASE("words that name no rule are refused with a suggestion") {
  for (const char* word : {"ALL", "security", "suppression-unused"}) CHECK_FALSE(unknown_rule_word(word));
  CHECK(unknown_rule_word("all") == "`all` names no rule; did you mean `ALL`?");
  CHECK(unknown_rule_word("zzzzzz") == "`zzzzzz` names no rule");
}

TEST_CASE("every rule is listed once, in order") {
  const auto rules = every_rule();
  CHECK(std::is_sorted(rules.begin(), rules.end(), [](const RuleInfo* a, const RuleInfo* b) { return a->id < b->id; }));
  CHECK(std::adjacent_find(rules.begin(), rules.end(), [](const RuleInfo* a, const RuleInfo* b) { return a->id == b->id; }) == rules.end());
  for (const RuleInfo* rule : rules) {
    CAPTURE(rule->id);
    CHECK((!rule->summary.empty() && !rule->docs.empty() && !rule->effect.empty() && !rule->source.empty()));
  }
}

// --- suppressions

TEST_CASE("the words of a suppression") {
  const AllowText full = parse_allow("a-b, IST0101 -- made by hand until the move until 2027-01-31");
  REQUIRE(full.rules.size() == 2);
  CHECK(full.rules[1].text == "IST0101");
  CHECK(full.rules[1].begin == 5);
  CHECK(full.reason == "made by hand until the move");
  CHECK(full.until == "2027-01-31");
  CHECK(full.problem.empty());
  CHECK(parse_allow("a -- done until next year").until.empty());
  CHECK(parse_allow("a until 2027-01-31").until == "2027-01-31");
  CHECK(parse_allow("a--b").rules.at(0).text == "a--b");
  CHECK(parse_allow("a --").reason.empty());
  CHECK_FALSE(parse_allow("a -- x until 2027-02-30").problem.empty());
  CHECK_FALSE(parse_allow(" -- reason").problem.empty());
  CHECK_FALSE(parse_allow("").problem.empty());
}

TEST_CASE("comments that speak to hoplint") {
  CHECK_FALSE(parse_allow_comment("# see hoplint: allow x"));
  CHECK_FALSE(parse_allow_comment("#"));
  CHECK(parse_allow_comment("#hoplint: allow x")->allow.problem.empty());
  CHECK(parse_allow_comment("## hoplint:allow-file x -- y")->whole_file);
  CHECK(parse_allow_comment("# hoplint: allow x")->allow.rules.at(0).begin == 17);
  CHECK_FALSE(parse_allow_comment("# hoplint: ignore x")->allow.problem.empty());
  CHECK_FALSE(parse_allow_comment("# hoplint:")->allow.problem.empty());
}

TEST_CASE("dates") {
  CHECK(is_date("2024-02-29"));
  for (const char* text : {"2023-02-29", "2023-13-01", "2023-1-01", "20230101", "2023-01-0x", ""}) CHECK_FALSE(is_date(text));
}

/// Text of the block that the comment line `#` speaks of.
std::string block_below(const std::string& text) {
  const auto tree = yaml::parse(text, nullptr);
  const auto content = next_content(text, static_cast<std::uint32_t>(text.find('#')));
  if (!content) return "nothing";
  const Range range = block_range(*tree, *content);
  return text.substr(range.begin, range.end - range.begin);
}

TEST_CASE("a comment of its own line speaks of the block below") {
  CHECK(block_below("a: 1\n# x\nb:\n  c: 1\n  d: 2\ne: 3\n") == "b:\n  c: 1\n  d: 2");
  CHECK(block_below("a:\n  # x\n  b: 1\n  c: 2\n") == "b: 1");
  CHECK(block_below("a:\n  # x\n\n  # y\n  - b: 1\n    c: 2\n  - d: 3\n") == "b: 1\n    c: 2");
  CHECK(block_below("a:\n# x\n- b\n- c\n") == "b");
  CHECK(block_below("a:\n- b: 1\n  # x\n  c: {d: 2,\n    e: 3}\n") == "c: {d: 2,\n    e: 3}");
  CHECK(block_below("a:\n  - - b\n    # x\n    - c\n") == "c");
  CHECK(block_below("a: 0\n# x\nb:\nc: 1\n") == "b:");
  CHECK(block_below("# x\na: 1\nb: 2\n") == "# x\na: 1\nb: 2\n");
  CHECK(block_below("a: 1\r\n# x\r\nb: 2\r\n") == "b: 2");
  CHECK(block_below("a: 1\n# x\n") == "nothing");
  CHECK(block_below("a: [\n# x\nb: 2\n") == "b: 2");
}

/// A graph of one file, with findings of `toy` put where the text says `!`, and what is left of them once suppressions are applied.
struct Suppressed {
  std::vector<Diagnostic> findings;
  std::size_t toys = 0;
  Strings told;  ///< "line rule message"
};

Suppressed suppressed(const std::string& text, Settings settings = {}, bool whole_root = true) {
  static constexpr std::string_view mark = "HERE";
  const MemoryFiles files(Texts{{"m/x.yaml", text}});
  settings.today = "2026-06-01";
  LintRun run = read_graph(files, {{"m", std::nullopt}}, settings);
  const FileId file = run.input->files.at(0).file;
  Suppressed result;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    Diagnostic finding = finding_of(suppression_unused);
    finding.where = {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + mark.size())};
    finding.object = ObjectId{"v1", "Pod", "shop", "x"};
    result.findings.push_back(finding);
  }
  const std::size_t planted = result.findings.size();
  apply_suppressions(*run.graph, settings, whole_root, result.findings);
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    const Diagnostic& finding = result.findings[i];
    if (i < planted) result.toys += finding.suppressed ? 1 : 0;
    if (i < planted) continue;
    const Position at = run.input->sources[finding.where.file].position(finding.where.begin);
    result.told.push_back(format("{} {} {}", at.line, finding.rule->id, to_string(finding.severity)));
  }
  return result;
}

// The planted findings are of a rule the engine owns, since toy rules are in no table.
constexpr std::string_view allow = "hoplint: allow suppression-unused -- because";

std::string pod(const std::string& spec) { return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n" + spec; }

TEST_CASE("a comment behind something covers its line") {
  const auto result = suppressed(pod(format("spec:\n  a: HERE # {}\n  b: HERE\n", allow)));
  CHECK(result.toys == 1);
  CHECK(result.told.empty());
}

TEST_CASE("a comment above covers the subtree, at the top the document, with allow-file the file") {
  CHECK(suppressed(pod(format("# {}\nspec:\n  a: HERE\n  b: [HERE]\nc: HERE\n", allow))).toys == 2);
  CHECK(suppressed(format("# {}\n", allow) + pod("spec: HERE\n") + "---\n" + pod("spec: HERE\n")).toys == 1);
  CHECK(suppressed(format("# {}\n---\n", allow) + pod("spec: HERE\n") + "---\n" + pod("spec: HERE\n")).toys == 1);
  CHECK(suppressed(pod("spec: HERE\n") + "---\n# hoplint: allow-file suppression-unused -- x\n" + pod("spec: HERE\n")).toys == 2);
}

TEST_CASE("an annotation covers the resource") {
  const std::string annotated =
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  annotations:\n    hoplint.dev/allow: \"suppression-unused -- why\"\nspec: HERE\n";
  const auto result = suppressed(annotated + "---\n" + pod("spec: HERE\n"));
  CHECK(result.toys == 1);
  CHECK(result.told.empty());
}

/// Findings that are shown for a VirtualService which another one is to match, with an annotation.
std::size_t shown_with(const std::string& annotation) {
  const std::string text = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x, namespace: y, annotations: {" +
                           annotation +
                           "}}\nspec: {hosts: [a.example.com], gateways: [gateway.y], http: [{timeout: 0s, redirect: {uri: /}}]}\n";
  const MemoryFiles files({{"w/a.yaml", text}});
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  settings.selection.select = {"mesh-duration-invalid", "virtualservice-gateway-dotted"};
  const LintRun run = lint(files, {{"w", std::nullopt}}, settings);
  return static_cast<std::size_t>(
      std::count_if(run.findings.begin(), run.findings.end(), [](const Diagnostic& d) { return !d.suppressed; }));
}

TEST_CASE("annotations that silence a peer silence findings with its codes, and are not judged") {
  CHECK(shown_with("") == 2);
  CHECK(shown_with("galley.istio.io/analyze-suppress: \"IST0106, IST9999\"") == 1);
  CHECK(shown_with("galley.istio.io/analyze-suppress: \"*\"") == 0);
  CHECK(shown_with("galley.istio.io/analyze-suppress: \"\"") == 2);
  CHECK(shown_with("kiali.io/ignore-validations: \"KIA1108\"") == 1);
  CHECK(shown_with("kiali.io/ignore-validations: \"\"") == 1);
}

/// Processor time of the quickest of a few runs, in milliseconds.
double least_time_of(const auto& work) {
  double least = 1e9;
  for (int run = 0; run < 3; ++run) {
    const std::clock_t begin = std::clock();
    work();
    least = std::min(least, 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return least;
}

TEST_CASE("an entry of the configuration holds for the objects it names, letter by letter or by a glob") {
  const auto toys = [](const Strings& names) {
    Settings settings;
    settings.allowances.emplace_back();
    settings.allowances.back().rules = {"suppression-unused"};
    settings.allowances.back().scope.names = names;
    settings.allowances.back().where = {FileId{0}, 0, 1};
    return suppressed(pod("spec: HERE\n"), settings).toys;
  };
  CHECK(toys({}) == 1);
  CHECK(toys({"x"}) == 1);
  CHECK(toys({"y", "x"}) == 1);
  CHECK(toys({"y", "?"}) == 1);
  CHECK(toys({"y"}) == 0);
}

TEST_CASE("the time that suppressions take grows as their number, not as its square") {
  const auto time_of = [](std::size_t lines) {
    std::string text = pod("spec:\n");
    for (std::size_t i = 0; i < lines; ++i) text += format("  a{0}: HERE # {1}\n  b{0}: 1 # {1}\n", i, allow);
    return least_time_of([&] {
      const auto result = suppressed(text);
      REQUIRE(result.toys == lines);
      REQUIRE(result.told.size() == lines);  // those that suppress nothing
    });
  };
  const double few = time_of(600);
  CHECK(time_of(16 * 600) < 3 * 16 * few + 20);  // were each finding held against each suppression: 256 times
}

TEST_CASE("suppressions are reported where they do nothing or say too little") {
  CHECK(suppressed(pod(format("spec: 1 # {}\n", allow))).told == Strings{"5 suppression-unused warning"});
  CHECK(suppressed(pod("spec: HERE # hoplint: allow suppression-unused\n")).told == Strings{"5 suppression-without-reason info"});
  CHECK(suppressed(pod("spec: HERE # hoplint: allow suppression-unsed -- x\n")).told == Strings{"5 suppression-malformed warning"});
  CHECK(suppressed(pod("spec: HERE # hoplint: allow correctness -- x\n")).told == Strings{"5 suppression-malformed warning"});
  CHECK(suppressed(pod("spec: HERE # hoplint: permit x\n")).told == Strings{"5 suppression-malformed warning"});
  const auto expired = suppressed(pod(format("spec: HERE # {} until 2026-05-31\n", allow)));
  CHECK(expired.toys == 0);
  CHECK(expired.told == Strings{"5 suppression-expired warning"});
  CHECK(suppressed(pod(format("spec: HERE # {} until 2026-06-01\n", allow))).toys == 1);
  Settings strict;
  strict.require_reason = true;
  CHECK(suppressed(pod("spec: HERE # hoplint: allow suppression-unused\n"), strict).told ==
        Strings{"5 suppression-without-reason warning"});
}

TEST_CASE("a suppression of a rule that did not run is not called unused") {
  Settings settings;
  settings.selection.select = {"suppression-malformed"};
  CHECK(suppressed(pod(format("spec: 1 # {}\n", allow)), settings).told.empty());
}

TEST_CASE("files without manifests are not searched for suppressions") {
  CHECK(suppressed("# hoplint: nonsense\nreplicas: 2\n").told.empty());
}

Settings allowing(const std::string& entry) {
  Configured config = configured("allow: [" + entry + "]\n");
  REQUIRE(config.mistakes.empty());
  return config.settings;
}

TEST_CASE("the configuration allows by rule, path and object") {
  const std::string text = pod("spec: HERE\n");
  CHECK(suppressed(text, allowing("{rules: ALL, reason: x}")).toys == 1);
  CHECK(suppressed(text, allowing("{rules: suppression, paths: [m/], kind: P*, namespace: shop, name: '?', reason: x}")).toys == 1);
  CHECK(suppressed(text, allowing("{rules: [ALL], paths: [n/], reason: x}")).toys == 0);
  CHECK(suppressed(text, allowing("{rules: [ALL], kind: Service, reason: x}")).toys == 0);
  CHECK(suppressed(text, allowing("{rules: [ALL], until: 2026-01-01, reason: x}")).told == Strings{"1 suppression-expired warning"});
  CHECK(suppressed(text, allowing("{rules: [ALL], name: other, reason: x}")).told == Strings{"1 suppression-unused warning"});
  CHECK(suppressed(text, allowing("{rules: [ALL], name: other, reason: x}"), false).told.empty());
}

// --- the run

TEST_CASE("fingerprints hold what a finding is about, not where it stands") {
  Diagnostic finding = finding_of(toy);
  finding.object = ObjectId{"networking.istio.io/v1", "Gateway", "a", "b"};
  finding.where = {FileId{0}, 0, 1};
  const std::string print = fingerprint(finding, "a.yaml");
  CHECK(print.size() == 16);
  Diagnostic moved = finding;
  moved.where = {FileId{1}, 2, 3};
  moved.message = "other words";
  moved.object->api_version = "networking.istio.io/v1beta1";
  CHECK(fingerprint(moved, "b.yaml") == print);
  for (const auto change :
       {+[](Diagnostic& d) { d.target = "x"; }, +[](Diagnostic& d) { d.stable_field = "x"; }, +[](Diagnostic& d) { d.cluster = "x"; },
        +[](Diagnostic& d) { d.object->name = "c"; }, +[](Diagnostic& d) { d.rule = &stern; }}) {
    Diagnostic changed = finding;
    change(changed);
    CHECK(fingerprint(changed, "a.yaml") != print);
  }
  finding.object.reset();
  moved.object.reset();
  CHECK(fingerprint(finding, "a.yaml") != fingerprint(moved, "b.yaml"));
}

Texts shop_files() {
  Texts texts;
  for (int i = 0; i < 40; ++i) {
    texts[format("s{}.yaml", i)] =
        format("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {{name: i{}, namespace: shop}}\nspec: {{}}\n", i);
  }
  texts["values.yaml"] = "a: 1\n";
  texts["t.yaml"] = "kind: {{ .x }}\n";
  texts["broken.yaml"] = "kind: [\n";
  return texts;
}

TEST_CASE("a run counts what was read and is the same with any number of jobs") {
  const MemoryFiles files(shop_files());
  Settings settings;
  settings.jobs = 1;
  const LintRun one = lint(files, {{".", {}}}, settings);
  settings.jobs = 8;
  const LintRun many = lint(files, {{".", {}}}, settings);
  CHECK(one.summary.files == 43);
  CHECK(one.summary.documents == 43);
  CHECK(one.summary.resources == 40);
  CHECK(one.summary.templates == 1);
  CHECK(one.summary.not_manifests == 1);
  CHECK(one.summary.errors + one.summary.warnings + one.summary.infos == one.findings.size());
  REQUIRE(one.findings.size() == many.findings.size());
  CHECK(one.findings.size() >= 41);
  for (std::size_t i = 0; i < one.findings.size(); ++i) {
    CHECK(one.findings[i].message == many.findings[i].message);
    CHECK(one.findings[i].where == many.findings[i].where);
    CHECK(one.findings[i].fingerprint == many.findings[i].fingerprint);
  }
  Strings prints;
  for (const Diagnostic& finding : one.findings) prints.push_back(finding.fingerprint);
  std::sort(prints.begin(), prints.end());
  CHECK(std::adjacent_find(prints.begin(), prints.end()) == prints.end());
}

TEST_CASE("only what was selected is reported") {
  const MemoryFiles files(shop_files());
  Settings settings;
  settings.selection.select = {"yaml-syntax"};
  const LintRun run = lint(files, {{".", {}}}, settings);
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].rule->id == "yaml-syntax");
  settings.severities = {{"yaml", false, Severity::info}};
  CHECK(lint(files, {{".", {}}}, settings).summary.infos == 1);
}

}  // namespace
}  // namespace hop
