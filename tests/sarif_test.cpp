// SARIF: held to the standard's schema and to what readers of it need, over every rule's fixtures.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/select.h"
#include "report/line_hash.h"
#include "report/render.h"
#include "report/uri.h"
#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/check_sarif.h"
#include "support/json_schema.h"
#include "support/process.h"
#include "support/require_none.h"
#include "text/format.h"

namespace hop {
namespace {

using Value = nlohmann::json;
namespace fs = std::filesystem;

const fs::path project = HOPLINT_SOURCE_DIR;

const Value& schema() {
  static const Value loaded = Value::parse(read_bytes(project / "tests/golden/sarif-2.1.0.json"));
  return loaded;
}

Settings all_rules_complete() {
  Settings settings;
  settings.selection.select = {"ALL"};
  settings.world.complete = true;
  settings.today = "2026-01-01";
  return settings;
}

Value sarif_of(const LintRun& run) { return Value::parse(render_sarif({run, run.findings, 0})); }

/// The same without the rules, which are the same each time and the most of it: those of a clean run are looked at.
Value without_rules(const LintRun& run) {
  std::string text = render_sarif({run, run.findings, 0});
  const std::size_t begin = text.find("\"rules\": ["), end = text.find("\"automationDetails\"");
  if (begin >= end) return {};
  return Value::parse(text.replace(begin, end - begin, "\"rules\": []}},"));
}

Value sarif_of(const FileTexts& files) { return sarif_of(lint_texts(files, all_rules_complete())); }

const Value& results(const Value& log) { return log["runs"][0]["results"]; }

const Value* result_of(const Value& log, std::string_view rule) {
  const auto found = std::find_if(results(log).begin(), results(log).end(), [&](const Value& result) { return result["ruleId"] == rule; });
  return found == results(log).end() ? nullptr : &*found;
}

Complaints check(const Value& log, const FileTexts& files) {
  Complaints complaints = check_schema(schema(), log);
  append(complaints, check_sarif(log, files));
  return complaints;
}

TEST_CASE("every rule's findings hold to the schema, lie where they say and link to what is there") {
  const auto entries = all_rules();
  require_none(gather(entries.size(), [&](std::size_t number) {
    const std::string path = fixture_path(entries[number].path_id);
    Complaints complaints;
    for (const Case& fixture : load_fixtures(project / "fixtures" / path, path).cases) {
      if (fixture.type != CaseType::bad) continue;
      const Trial trial = try_case(fixture, &entries[number].rule->info, lint_texts);
      append(complaints, located(fixture.place, check(without_rules(trial.run), fixture.files)));
    }
    return complaints;
  }));
}

TEST_CASE("a clean run is one run with no results") {
  const Value log = sarif_of(FileTexts{});
  CHECK(check(log, {}).empty());
  CHECK(log["runs"][0]["tool"]["driver"]["rules"].size() >= all_rules().size());
  CHECK(results(log).is_array());
  CHECK(results(log).empty());
}

// --- The checks can fail

constexpr auto half = "kind: Service\nmetadata: {name: cart}\n";

TEST_CASE("the schema check sees what is wrong") {
  const Value log = sarif_of(FileTexts{{"case/a.yaml", half}});
  REQUIRE(check_schema(schema(), log).empty());
  const auto changed = [&](const char* pointer, const Value& value) {
    Value copy = log;
    copy[Value::json_pointer(pointer)] = value;
    return check_schema(schema(), copy).size();
  };
  CHECK(changed("/version", "2.0.0") == 1);
  CHECK(changed("/runs/0/results/0/level", "fatal") == 1);
  CHECK(changed("/runs/0/results/0/locations/0/physicalLocation/region/startLine", 0) > 0);
  CHECK(changed("/runs/0/results/0/locations/0/physicalLocation/region/startLine", "1") > 0);
  CHECK(changed("/runs/0/results/0/colour", "red") == 1);
  CHECK(changed("/runs/0/tool/driver/informationUri", "no uri") == 1);
  CHECK(changed("/runs/0/results/0/ruleIndex", -2) == 1);
}

TEST_CASE("the check of what the schema does not see, does see it") {
  const FileTexts files{{"case/a.yaml", half}};
  const Value log = sarif_of(files);
  REQUIRE(check_sarif(log, files).empty());
  const auto count = [&](const std::function<void(Value&)>& spoil) {
    Value copy = log;
    spoil(copy["runs"][0]["results"]);
    return check_sarif(copy, files).size();
  };
  CHECK(count([](Value& all) { all.push_back(Value(all[0])); }) == 1);
  CHECK(count([](Value& all) { all[0]["message"]["text"] = "see [here](1)"; }) == 1);
  CHECK(count([](Value& all) { all[0]["message"]["text"] = "see [here](https://example.org)"; }) == 1);
  CHECK(count([](Value& all) { all[0]["message"]["text"] = "see [here\\](1)"; }) == 0);
  CHECK(count([](Value& all) { all[0]["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] = ""; }) == 2);
  CHECK(count([](Value& all) { all[0]["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] = "x"; }) == 1);
  CHECK(count([](Value& all) { all[0]["locations"][0]["physicalLocation"]["region"]["endLine"] = 9; }) == 1);
}

// --- What it says

constexpr auto ingress = R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: edge
  namespace: shop
  annotations:
    example.com/weight: 10
spec: {}
)";

TEST_CASE("a finding has its rule's text, its object, its fix and two fingerprints") {
  const FileTexts files{{"case/a b/ü.yaml", ingress}};
  const Value log = sarif_of(files);
  REQUIRE(check(log, files).empty());
  const Value* const result = result_of(log, "metadata-annotation-not-string");
  REQUIRE(result != nullptr);
  const Value& rule = log["runs"][0]["tool"]["driver"]["rules"][(*result)["ruleIndex"].get<std::size_t>()];
  CHECK(rule["id"] == "metadata-annotation-not-string");
  CHECK(rule["name"] == "MetadataAnnotationNotString");
  CHECK(rule["help"]["markdown"].get<std::string>().starts_with("# metadata-annotation-not-string\n"));
  CHECK_FALSE(rule["properties"].contains("security-severity"));
  CHECK((*result)["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "case/a%20b/%C3%BC.yaml");
  CHECK((*result)["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] == "SRCROOT");
  CHECK((*result)["locations"][0]["physicalLocation"]["region"] ==
        Value::parse(R"({"startLine": 7, "startColumn": 25, "endLine": 7, "endColumn": 27, "snippet": {"text": "10"}})"));
  CHECK((*result)["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].get<std::string>().starts_with(
      "networking.k8s.io/Ingress/shop/edge/"));
  CHECK((*result)["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(ingress)[6]);
  CHECK((*result)["partialFingerprints"]["hoplint/v1"].get<std::string>().size() == 16);
  CHECK((*result)["fixes"][0]["artifactChanges"][0]["replacements"].size() > 0);
  CHECK((*result)["suppressions"] == Value::array());
}

TEST_CASE("only rules of the security group make security alerts") {
  const Value log = sarif_of(FileTexts{});
  for (const Value& rule : log["runs"][0]["tool"]["driver"]["rules"]) {
    const auto all = every_rule();
    const auto own = std::ranges::find(all, rule["id"].get<std::string>(), &RuleInfo::id);
    REQUIRE(own != all.end());
    const bool is_security = (*own)->group == Group::security;
    CHECK(rule["properties"].contains("security-severity") == is_security);
    CHECK(rule["shortDescription"]["text"].get<std::string>().size() <= 1024);
    CHECK(rule["fullDescription"]["text"].get<std::string>().size() <= 1024);
    CHECK(rule["properties"]["tags"].size() <= 20);
  }
}

TEST_CASE("a chain is a code flow: steps that are written in no file are told with the next one") {
  LintRun run = lint_texts({{"case/a.yaml", half}}, all_rules_complete());
  Diagnostic& finding = run.findings.at(0);
  Step balancer, service;
  balancer.label = "ALB :443";
  service.label = "Service shop/cart:80";
  service.where = finding.where;
  service.encryption = "plaintext";
  service.verdict = "broken";
  service.reason = "expects TLS";
  finding.chain = {balancer, service};
  const Value log = sarif_of(run);
  CHECK(check(log, {{"case/a.yaml", half}}).empty());
  const Value& steps = results(log)[0]["codeFlows"][0]["threadFlows"][0]["locations"];
  REQUIRE(steps.size() == 1);
  CHECK(steps[0]["location"]["message"]["text"] == "ALB :443 \u2192 Service shop/cart:80 (plaintext): expects TLS");
  CHECK(steps[0]["importance"] == "essential");
}

TEST_CASE("suppressed findings are there with the reason, and a baseline with its state") {
  std::string text = ingress;
  text.insert(text.find("    example"), "    # hoplint: allow metadata-annotation-not-string -- until the chart is out\n");
  const Value log = sarif_of(FileTexts{{"case/a.yaml", text}});
  const Value* const result = result_of(log, "metadata-annotation-not-string");
  REQUIRE(result != nullptr);
  CHECK((*result)["suppressions"] ==
        Value::parse(R"([{"kind": "inSource", "status": "accepted", "justification": "until the chart is out"}])"));
  LintRun run = lint_texts({{"case/a.yaml", half}}, all_rules_complete());
  for (Diagnostic& finding : run.findings) finding.baseline = BaselineState::unchanged;
  CHECK(results(sarif_of(run))[0]["baselineState"] == "unchanged");
}

TEST_CASE("what GitHub does not take is left out, the severe findings last, and the log says so") {
  LintRun run;
  run.input = std::make_unique<Input>();
  const FileId file = run.input->sources.add(File::from_bytes("a.yaml", "x\n"));
  Diagnostic finding;
  finding.rule = &all_rules().front().rule->info;
  finding.where = {file, 0, 1};
  finding.severity = Severity::info;
  run.findings.assign(25003, finding);
  run.findings.back().severity = Severity::error;
  const std::string text = render_sarif({run, run.findings, 0});
  std::size_t count = 0;
  for (std::size_t at = text.find("\"ruleId\""); at != std::string::npos; at = text.find("\"ruleId\"", at + 1)) ++count;
  CHECK(count == 25000);
  CHECK(text.rfind("\"level\": \"error\"") > text.rfind("\"level\": \"note\""));
  CHECK(text.find("\"3 findings are not in this file: ") != std::string::npos);
  run.findings.resize(1);
  run.findings[0].notes.assign(1200, {{file, 0, 1}, "here"});
  const Value log = sarif_of(run);
  CHECK(results(log)[0]["relatedLocations"].size() == 1000);
  CHECK(log["runs"][0]["invocations"][0]["toolExecutionNotifications"][1]["message"]["text"].get<std::string>().starts_with(
      "200 related places are not in this file"));
}

TEST_CASE("a place of many lines is shown as its first") {
  const FileTexts files{{"case/a.yaml", "apiVersion: v1\nkind: [\n\n\n"}};
  const auto log = sarif_of(files);
  for (const Value& result : results(log)) {
    const Value& region = result["locations"][0]["physicalLocation"]["region"];
    CHECK(region["startLine"] == region["endLine"]);
  }
}

// --- Small pieces

TEST_CASE("line hashes are those of GitHub's upload action") {
  using Hashes = std::vector<std::string>;
  CHECK(line_hashes("") == Hashes{"c129715d7a2bc9a3:1"});
  CHECK(line_hashes(" a\nb\n  \t\tc\n d") == Hashes{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"});
  CHECK(line_hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n") ==
        Hashes{"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1",
               "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"});
  std::string repeated;
  for (int i = 0; i < 10; ++i) repeated += "Lorem ipsum dolor sit amet.\n";
  const Hashes hashes = line_hashes(repeated);
  REQUIRE(hashes.size() == 11);
  CHECK(hashes[5] == "a7f2ff13bc495cf2:6");
  CHECK(hashes[6] == "a7f2ff1481e87703:1");
  CHECK(hashes[10] == "c129715d7a2bc9a3:1");
}

TEST_CASE("paths become URIs that decode to them") {
  CHECK(uri_of_path("a/b-c_d.e~f.yaml") == "a/b-c_d.e~f.yaml");
  CHECK(uri_of_path("a b#?%:.yaml") == "a%20b%23%3F%25%3A.yaml");
  CHECK(uri_of_path("ü") == "%C3%BC");
  CHECK(uri_of_path("\xff") == "%EF%BF%BD");
  CHECK(uri_of_path("/tmp/a b") == "file:///tmp/a%20b");
}

TEST_CASE("paths are those in the repository, wherever one stands, and through links") {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "");
  folder.write("deploy/shop/a.yaml", half);
  fs::create_symlink("deploy", folder / "link");
  const auto uri = [&](const std::string& directory, const std::string& path) {
    ProcessOptions options;
    options.directory = folder / directory;
    const Value log = Value::parse(run_hoplint({"--format", "sarif", path}, options).out);
    return results(log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].get<std::string>();
  };
  CHECK(uri(".", "deploy") == "deploy/shop/a.yaml");
  CHECK(uri("deploy", "shop") == "deploy/shop/a.yaml");
  CHECK(uri("deploy/shop", ".") == "deploy/shop/a.yaml");
  CHECK(uri("deploy/shop", folder / "deploy") == "deploy/shop/a.yaml");
  CHECK(uri(".", "link") == "deploy/shop/a.yaml");
}

TEST_CASE("nothing is written when the run fails") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  ProcessOptions options;
  options.directory = folder.path();
  CHECK(run_hoplint({"--format", "sarif:out.sarif", "a.yaml", "nowhere.yaml"}, options).exit_code == 2);
  CHECK(folder.list() == std::vector<std::string>{"a.yaml"});
  CHECK(run_hoplint({"--format", "sarif:out.sarif", "--category", "edge", "a.yaml"}, options).exit_code == 1);
  CHECK(Value::parse(folder.read("out.sarif"))["runs"][0]["automationDetails"]["id"] == "edge/");
  // A run over a part must not close the alerts of the rest.
  const std::string part = run_hoplint({"--format", "sarif", "--only-affected-by", "a.yaml", "."}, options).out;
  CHECK(Value::parse(part)["runs"][0]["automationDetails"]["id"] == "hoplint-affected/");
}

}  // namespace
}  // namespace hop
