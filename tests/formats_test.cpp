// Every format: what manifests hold can do nothing in it, and what is secret is in none. Then what each says of its own.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/mermaid.h"
#include "report/render.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/process.h"
#include "text/format.h"
#include "text/unicode.h"
#include "text/words.h"

namespace hop {
namespace {

using Value = nlohmann::json;

Settings everything() {
  Settings settings;
  settings.selection.select = {"ALL"};
  settings.world.complete = true;
  settings.today = "2026-01-01";
  return settings;
}

std::map<std::string, std::string> in_all_formats(const LintRun& run) {
  std::map<std::string, std::string> outputs;
  for (const Format& format : formats()) {
    outputs[std::string(format.name)] = format.render({run, run.findings, 0}, {.colour = false, .unicode = true, .width = 0});
  }
  return outputs;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++times;
  return times;
}

/// The names of elements in the order they are opened; empty if the text is not well-formed.
std::vector<std::string> elements_of(std::string_view xml) {
  std::vector<std::string> names, open;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string_view::npos) return {};
    const std::string_view tag = xml.substr(at + 1, end - at - 1);
    if (tag.starts_with('?')) continue;
    if (count(tag, "\"") % 2 != 0 || holds(tag, "<")) return {};
    const std::string name(tag.substr(0, tag.find_first_of(" />", 1)));
    if (name.starts_with('/')) {
      if (open.empty() || "/" + open.back() != name) return {};
      open.pop_back();
      continue;
    }
    names.push_back(name);
    if (!tag.ends_with('/')) open.push_back(name);
  }
  return open.empty() ? names : std::vector<std::string>{};
}

// --- What manifests hold can do nothing

/// Everything that means something somewhere.
constexpr std::string_view hostile =
    "x\\e[31m\\n::error::boom\\n##[error]boom <script>alert(1)</script> | [a](http://evil) ](9) ``` `code` @team #7 \\\" ' %0A ]]> "
    "-->&lt; \\u202e \\x9b {0}";

std::string hostile_manifests() {
  return format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: \"{0}\", namespace: shop}}\n"
      "spec:\n  gateways: [\"shop/{0}\"]\n  hosts: [\"{0}\"]\n  http: [{{route: [{{destination: {{host: \"{0}\", subset: \"{0}\"}}}}]}}]\n"
      "---\nkind: Service\nmetadata: {{name: \"{0}\"}}\n"
      "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: \"{0}\"\n  annotations: {{\"{0}\": 7}}\n  \"{0}\": 1\n  \"{0}\": 2\n"
      "---\n# hoplint: allow {0} -- {0}\napiVersion: v1\nkind: [ {0}\n",
      hostile);
}

TEST_CASE("a name of escapes, Markdown, HTML and commands is inert in every format") {
  const LintRun run = lint_texts({{"case/a.yaml", hostile_manifests()}}, everything());
  REQUIRE(run.findings.size() >= 5);
  const bool named =
      std::any_of(run.findings.begin(), run.findings.end(), [](const Diagnostic& finding) { return holds(finding.message, "<script>"); });
  REQUIRE(named);
  const auto outputs = in_all_formats(run);
  for (const auto& [name, text] : outputs) {
    CAPTURE(name);
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= 0x20; });
    CHECK(printable);
    CHECK_FALSE(holds(text, "\x7f"));
    CHECK_FALSE(holds(text, "\u202e"));
    CHECK_FALSE(holds(text, "\xc2\x9b"));
    CHECK_FALSE(first_invalid_utf8(text));
  }
  for (const char* name : {"json", "sarif", "gitlab"}) CHECK(Value::accept(outputs.at(name)));
  for (const std::string_view line : split_list(outputs.at("json-lines"), '\n')) CHECK(Value::accept(line));
  CHECK(split_list(outputs.at("json-lines"), '\n').size() == run.findings.size());
}

TEST_CASE("workflow commands are ours alone, and each is one line") {
  const LintRun run = lint_texts({{"case/a.yaml", hostile_manifests()}}, everything());
  const std::string text = render_github({run, run.findings, 0}, {});
  std::size_t commands = 0;
  for (const std::string_view line : split_list(text, '\n')) {
    if (!line.starts_with("::") || line.starts_with("::: ")) continue;
    ++commands;
    const bool ours = line.starts_with("::error file=case/a.yaml,line=") || line.starts_with("::warning file=case/a.yaml,line=") ||
                      line.starts_with("::notice file=case/a.yaml,line=");
    CHECK(ours);
  }
  CHECK(commands == run.findings.size());
  CHECK_FALSE(holds(text, "##["));
}

TEST_CASE("Markdown stays one table whose cells nothing leaves") {
  const LintRun run = lint_texts({{"case/a.yaml", hostile_manifests()}}, everything());
  const std::string text = render_markdown({run, run.findings, 0});
  for (const char* part : {"<script", "](http://", "```", "@team", "#7 ", "http://"}) {
    CAPTURE(part);
    CHECK_FALSE(holds(text, part));
  }
  for (const std::string_view line : split_list(text, '\n')) {
    if (line.starts_with('|')) CHECK(count(line, "|") == 5);
  }
}

TEST_CASE("XML stays well-formed, its elements our own") {
  const LintRun run = lint_texts({{"case/a.yaml", hostile_manifests()}}, everything());
  const auto names = elements_of(render_junit({run, run.findings, 0}));
  REQUIRE(!names.empty());
  for (const std::string& name : names) {
    const bool ours = name == "testsuites" || name == "testsuite" || name == "testcase" || name == "failure" || name == "system-out";
    CHECK(ours);
  }
  CHECK(std::count(names.begin(), names.end(), "testcase") == static_cast<std::ptrdiff_t>(run.findings.size()));
  CHECK(elements_of("<a><b></a></b>").empty());
  CHECK(elements_of("<a b=\"<\"/>").empty());
}

TEST_CASE("a Mermaid label cannot end its quotes") {
  Step first, second;
  first.label = "ALB \"]; click n0 href \"javascript:alert(1)\"\n n1";
  second.label = "Gateway `x` <b>";
  second.verdict = "broken";
  second.protocol = "http\"|x|";
  second.encryption = "plaintext";
  const std::string picture = mermaid_chain({first, second});
  CHECK(picture == R"(flowchart LR
  n0["ALB #34;#93;#59; click n0 href #34;javascript#58;alert(1)#34;#92;n n1"]
  n1["Gateway #96;x#96; #60;b#62;"]
  n0 --x|"http#34;#124;x#124;, plaintext"| n1
  style n1 stroke:#d1242f,stroke-width:3px
)");
}

// --- What is secret is in none

TEST_CASE("secret data is in no format, wherever the finding lies") {
  const std::vector<std::string> manifests = {
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: shop}\nstringData:\n  password: hunter2\n  password: hunter2\n",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: b, namespace: shop}\ndata: hunter2\n",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: c, namespace: shop, labels: {hunter: 3, hunter: 4}}\nstringData: [hunter2\n",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: d, namespace: shop}\nspec:\n  containers:\n  - name: d\n    env:\n"
      "    - {name: DB_PASSWORD, value: hunter2, value: hunter2}\n",
      R"({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "e"}, "data": {"password": "hunter2", "password": "hunter2"}})"};
  FileTexts files;
  for (std::size_t i = 0; i < manifests.size(); ++i) files[format("case/{}.yaml", i)] = manifests[i];
  LintRun run = lint_texts(files, everything());
  REQUIRE(run.findings.size() >= 4);
  // A finding and a fix right on the data, as no rule makes them today.
  const FileId file = run.input->files[0].file;
  const auto at = static_cast<std::uint32_t>(run.input->sources[file].text().find("hunter2"));
  Diagnostic finding = run.findings[0];
  finding.where = {file, at, at + 7};
  finding.notes = {{finding.where, "here"}};
  finding.fixes = {{"decode it", {{finding.where, "hunter2"}}, Safety::safe}};
  run.findings.push_back(finding);
  for (const auto& [name, text] : in_all_formats(run)) {
    CAPTURE(name);
    CHECK_FALSE(holds(text, "hunter2"));
    CHECK_FALSE(text.empty());
  }
}

// --- What each says of its own

constexpr auto half = "kind: Service\nmetadata: {name: cart}\n";
constexpr auto allowed = "# hoplint: allow yaml-half-manifest -- a template\nkind: Service\nmetadata: {name: cart}\n";

LintRun many_warnings(std::size_t number) {
  LintRun run = lint_texts({{"case/a.yaml", half}}, everything());
  const Diagnostic one = run.findings.at(0);
  run.findings.assign(number, one);
  return run;
}

TEST_CASE("no more annotations than GitHub shows, and the rest is counted") {
  LintRun run = many_warnings(12);
  run.findings.back().severity = Severity::error;
  const std::string text = render_github({run, run.findings, 0}, {});
  CHECK(count(text, "\n::warning file=") == 10);
  CHECK(count(text, "\n::error file=") == 1);
  CHECK(text.find("::error file=") < text.find("::warning file="));
  CHECK(holds(text, "\n1 finding is only in the log: GitHub shows 10 annotations of a kind\n"));
}

TEST_CASE("an annotation names its place twice: for GitHub, and for those who read the log") {
  const LintRun run = many_warnings(1);
  const auto in_repository = [](const std::string& path) { return "deploy, prod/" + path; };
  const std::string text = render_github({run, run.findings, 0, in_repository}, {});
  CHECK(holds(text,
              "::warning file=deploy%2C prod/case/a.yaml,line=1,endLine=1,col=1,endColumn=5,title=yaml-half-manifest::"
              "case/a.yaml:1:1: "));
}

TEST_CASE("GitLab's report has paths of the repository and fingerprints that no line moves") {
  const LintRun run = lint_texts({{"case/a.yaml", half}}, everything());
  const LintRun moved = lint_texts({{"case/a.yaml", "\n\n" + std::string(half)}}, everything());
  const auto report = Value::parse(render_gitlab({run, run.findings, 0}));
  const auto later = Value::parse(render_gitlab({moved, moved.findings, 0}));
  REQUIRE(report.size() == 1);
  CHECK(report[0]["check_name"] == "yaml-half-manifest");
  CHECK(report[0]["severity"] == "major");
  CHECK(report[0]["location"] == Value::parse(R"({"path": "case/a.yaml", "lines": {"begin": 1, "end": 1}})"));
  CHECK(report[0]["fingerprint"] == later[0]["fingerprint"]);
  CHECK(later[0]["location"]["lines"]["begin"] == 3);
  CHECK(render_gitlab({run, {}, 0}) == "[]\n");
}

TEST_CASE("JUnit: warnings fail, informations pass, what is suppressed is skipped, and a clean run is a test that passed") {
  LintRun run = lint_texts({{"case/a.yaml", half}, {"case/b.yaml", allowed}}, everything());
  const std::string text = render_junit({run, run.findings, 0});
  CHECK(holds(text, "<testsuites name=\"hoplint\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\">"));
  CHECK(holds(text, "<testcase name=\"yaml-half-manifest 1:1\" classname=\"case/a.yaml\">"));
  CHECK(holds(text, "<skipped message=\"suppressed: a template\"/>"));
  for (Diagnostic& finding : run.findings) finding.severity = Severity::info;
  CHECK(holds(render_junit({run, run.findings, 0}), "failures=\"0\""));
  CHECK(elements_of(render_junit({run, {}, 0})) == std::vector<std::string>{"testsuites", "testsuite", "testcase"});
}

TEST_CASE("Markdown shows the severe findings first, draws broken chains, and says what there was no room for") {
  LintRun run = many_warnings(600);
  run.findings.back().severity = Severity::error;
  Step step;
  step.label = "Gateway edge";
  step.verdict = "broken";
  run.findings.back().chain = {step};
  const std::string text = render_markdown({run, run.findings, 0});
  CHECK(text.find("| error |") < text.find("| warning |"));
  CHECK(holds(text, "\n```mermaid\nflowchart LR\n  n0[\"Gateway edge\"]\n"));
  CHECK(holds(text, "100 more findings are not shown here."));
  run.findings.back().chain[0].verdict = "ok";
  CHECK_FALSE(holds(render_markdown({run, run.findings, 0}), "mermaid"));
}

TEST_CASE("a line of JSON is the finding of the JSON report") {
  const LintRun run = lint_texts({{"case/a.yaml", half}, {"case/b.yaml", allowed}}, everything());
  const auto whole = Value::parse(render_json({run, run.findings, 0}));
  const std::string lines = render_json_lines({run, run.findings, 0});
  const auto parts = split_list(lines, '\n');
  REQUIRE(parts.size() == whole["findings"].size());
  for (std::size_t i = 0; i < parts.size(); ++i) CHECK(Value::parse(parts[i]) == whole["findings"][i]);
}

TEST_CASE("several formats in one run, and the one that suits where it runs") {
  const TemporaryFolder folder;
  folder.write("a.yaml", half);
  folder.write("b.yaml", allowed);
  ProcessOptions options;
  options.directory = folder.path();
  std::vector<std::string> arguments = {"."};
  for (const Format& format : formats()) {
    arguments.insert(arguments.begin(), {"--format", std::string(format.name) + ":out." + std::string(format.name)});
  }
  CHECK(run_hoplint(arguments, options).exit_code == 1);
  CHECK(folder.list().size() == 2 + formats().size());
  CHECK(holds(folder.read("out.text"), "1 suppressed"));
  CHECK(Value::parse(folder.read("out.sarif"))["runs"][0]["results"].size() == 2);
  CHECK(run_hoplint({"--format", "sarif", "--omit-suppressed", "b.yaml"}, options).out.find("\"results\": []") != std::string::npos);
  CHECK_FALSE(holds(run_hoplint({"a.yaml", "b.yaml"}, options).out, "::warning"));
  options.environment = {{"GITHUB_ACTIONS", "true"}};
  const ProcessResult on_github = run_hoplint({"a.yaml", "b.yaml"}, options);
  CHECK(on_github.exit_code == 1);
  CHECK(holds(on_github.out, "\n::warning file=a.yaml,line=1,"));
  CHECK(holds(on_github.out, "1 warning in 2 files"));
  CHECK_FALSE(holds(run_hoplint({"--format", "concise", "a.yaml"}, options).out, "::warning"));
  options.environment = {{"GITLAB_CI", "true"}};
  CHECK(holds(run_hoplint({"a.yaml", "b.yaml"}, options).out, "1 warning in 2 files"));
}

}  // namespace
}  // namespace hop
