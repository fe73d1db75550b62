// Baselines, suppression in bulk, and findings by changed files: as a user runs them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/affected.h"
#include "engine/baseline.h"
#include "engine/yaml_writer.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/process.h"
#include "text/format.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;

constexpr auto service =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  selector: {app: cart}\n  ports: [{port: 80}]\n";

/// An annotation that is no string: an error with a place inside an object.
std::string ingress(std::string_view name) {
  return format(
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {}\n  namespace: shop\n  annotations:\n"
      "    example.com/weight: 10\nspec:\n  defaultBackend:\n    resource: {{apiGroup: example.com, kind: Bucket, name: files}}\n",
      name);
}

constexpr auto lines_above = "# a comment\n\n\n";

struct Folder : TemporaryFolder {
  ProcessResult operator()(Strings arguments) const {
    ProcessOptions options;
    options.directory = path();
    return run_hoplint(arguments, options);
  }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// --- baseline

TEST_CASE("what a baseline holds is not reported, however lines, files and documents move") {
  Folder folder;
  folder.write("a.yaml", ingress("one") + "---\n" + ingress("two"));
  CHECK(folder({"baseline", "create", "."}).exit_code == 0);
  CHECK(folder({"--baseline", ".hoplint-baseline.yaml", "."}).exit_code == 0);
  folder.write("a.yaml", service);
  folder.write("deep/b.yaml", lines_above + ingress("two") + "---\n" + ingress("one"));
  const ProcessResult moved = folder({"--baseline", ".hoplint-baseline.yaml", "."});
  CHECK(moved.exit_code == 0);
  CHECK(holds(moved.out, "; 2 in the baseline"));
  CHECK(folder({"baseline", "check", "."}).exit_code == 0);
  folder.write("c.yaml", ingress("three"));
  const ProcessResult more = folder({"--baseline", ".hoplint-baseline.yaml", "--format", "concise", "."});
  CHECK(more.exit_code == 1);
  CHECK(holds(more.out, "c.yaml:7:25: "));
  CHECK_FALSE(holds(more.out, "b.yaml"));
}

TEST_CASE("findings of one kind at one place are counted, not taken for one") {
  Folder folder;
  folder.write("a.yaml", ingress("one"));
  folder({"baseline", "create", "."});
  folder.write("b.yaml", ingress("one"));  // the same object twice
  CHECK(folder({"--baseline", ".hoplint-baseline.yaml", "."}).exit_code == 1);
}

TEST_CASE("an entry that is no longer found fails the check and leaves with an update") {
  Folder folder;
  folder.write("a.yaml", ingress("one") + "---\n" + ingress("two"));
  CHECK(folder({"baseline", "update", "."}).exit_code == 2);
  CHECK(folder({"baseline", "create", "."}).exit_code == 0);
  CHECK(folder({"baseline", "create", "."}).exit_code == 2);
  folder.write("a.yaml", ingress("one"));
  const ProcessResult stale = folder({"baseline", "check", "."});
  CHECK(stale.exit_code == 1);
  CHECK(holds(stale.err, "no longer found: metadata-annotation-not-string Ingress shop/two"));
  CHECK(folder({"baseline", "update", "."}).exit_code == 0);
  CHECK(folder({"baseline", "check", "."}).exit_code == 0);
  CHECK_FALSE(holds(folder.read(".hoplint-baseline.yaml"), "shop/two"));
}

TEST_CASE("a baseline in SARIF says what is new") {
  Folder folder;
  folder.write("a.yaml", ingress("one"));
  folder({"baseline", "create", "--baseline", "known.yaml", "."});
  folder.write("b.yaml", ingress("two"));
  const auto log = nlohmann::json::parse(folder({"--baseline", "known.yaml", "--format", "sarif", "."}).out);
  const auto& results = log["runs"][0]["results"];
  REQUIRE(results.size() == 2);
  CHECK(results[0]["baselineState"] == "unchanged");
  CHECK(results[1]["baselineState"] == "new");
}

TEST_CASE("a baseline is read as it was written, and what is none is refused") {
  const Baseline baseline = {
      {{"0123456789abcdef", "a-rule", "Service shop/x: y", "no `#` \"here\" \xc3\xbc \x1b: -"}, {"1e10000000000000", "b-rule", "", "- \n"}},
      {"deploy", "a: #b"}};
  MemoryFiles files;
  files.put("b.yaml", baseline_yaml(baseline));
  const auto read = read_baseline(files, "b.yaml");
  REQUIRE(read);
  CHECK(read->paths == baseline.paths);
  REQUIRE(read->findings.size() == 2);
  CHECK(read->findings[0].fingerprint == "0123456789abcdef");
  CHECK(read->findings[0].object == "Service shop/x: y");
  CHECK(read->findings[0].message == "no `#` \"here\" \xc3\xbc \\x1b: -");
  CHECK(read->findings[1].fingerprint == "1e10000000000000");
  files.put("empty.yaml", baseline_yaml({}));
  CHECK(read_baseline(files, "empty.yaml"));
  for (const char* wrong :
       {"", "[]", "schema: 2\nfindings: []\n", "schema: 1\nfindings: 7\n", "schema: 1\nfindings: [{rule: x}]\n", "a: [\n"}) {
    CAPTURE(wrong);
    files.put("b.yaml", wrong);
    CHECK_FALSE(read_baseline(files, "b.yaml"));
  }
  CHECK_FALSE(read_baseline(files, "nowhere.yaml"));
}

// --- suppress

TEST_CASE("everything that is found is allowed at its line, and nothing else is") {
  Folder folder;
  const std::string twice = ingress("one") + "---\n" + ingress("two");
  folder.write("a.yaml", twice);
  const ProcessResult shown = folder({"suppress", "--reason", "the chart is replaced", "--diff", "."});
  CHECK(shown.exit_code == 1);
  CHECK(folder.read("a.yaml") == twice);
  CHECK(folder({"suppress", "--reason", "the chart is replaced", "--until", "2999-12-31", "."}).exit_code == 0);
  std::string wanted = twice;
  for (std::size_t at = wanted.find("weight: 10"); at != std::string::npos; at = wanted.find("weight: 10", at + 40)) {
    wanted.insert(at + 10, "  # hoplint: allow metadata-annotation-not-string -- the chart is replaced until 2999-12-31");
  }
  CHECK(folder.read("a.yaml") == wanted);
  CHECK(folder({"."}).exit_code == 0);
  CHECK(folder({"suppress", "--reason", "again", "."}).exit_code == 0);
  CHECK(folder.read("a.yaml") == wanted);
}

TEST_CASE("where nothing can stand behind a line the comment stands above it, line ends as they are") {
  Folder folder;
  folder.write("a.yaml", "kind: Service # a half\r\nmetadata: {name: cart}\r\n");
  CHECK(folder({"suppress", "--reason", "r", "."}).exit_code == 0);
  CHECK(folder.read("a.yaml") == "# hoplint: allow yaml-half-manifest -- r\r\nkind: Service # a half\r\nmetadata: {name: cart}\r\n");
}

TEST_CASE("JSON cannot hold a comment: it is left, and said") {
  Folder folder;
  folder.write("a.json", R"({"kind": "Service", "metadata": {"name": "cart"}})");
  const ProcessResult result = folder({"suppress", "--reason", "r", "."});
  CHECK(result.exit_code == 0);
  CHECK(folder.read("a.json").find('#') == std::string::npos);
  CHECK(holds(result.err, "a.json:1:2: yaml-half-manifest stays"));
}

TEST_CASE("suppress needs a reason of one line and a day that exists") {
  Folder folder;
  folder.write("a.yaml", service);
  CHECK(folder({"suppress", "."}).exit_code == 2);
  CHECK(folder({"suppress", "--reason", " ", "."}).exit_code == 2);
  CHECK(folder({"suppress", "--reason", "a\nb", "."}).exit_code == 2);
  CHECK(folder({"suppress", "--reason", "r", "--until", "2026-02-30", "."}).exit_code == 2);
}

TEST_CASE("--fix takes unused suppressions away: the rule, the comment, its line") {
  Folder folder;
  const std::string unused = "metadata-annotation-not-string";
  folder.write("a.yaml", format("apiVersion: v1\nkind: Service\nmetadata:\n  name: cart  # hoplint: allow {0} -- r\n"
                                "  # hoplint: allow {0} -- r\n  namespace: shop\n",
                                unused));
  folder.write("b.yaml", format("kind: Service # hoplint: allow {}, yaml-half-manifest -- r\nmetadata: {{name: cart}}\n", unused));
  folder({"--fix", "."});
  CHECK(folder.read("a.yaml") == "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\n");
  CHECK(folder.read("b.yaml") == "kind: Service # hoplint: allow yaml-half-manifest -- r\nmetadata: {name: cart}\n");
}

// --- only-affected-by

constexpr auto gateway = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: edge}
  servers: [{hosts: ["*"], port: {number: 80, name: http, protocol: HTTP}}]
)";

std::string virtual_service(std::string_view name, std::string_view gateway_name) {
  return format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: {}\n  namespace: shop\n  annotations:\n"
      "    example.com/weight: 10\nspec:\n  gateways: [{}]\n  hosts: [a.example.com]\n"
      "  http: [{{route: [{{destination: {{host: cart}}}}]}}]\n",
      name, gateway_name);
}

TEST_CASE("only what a changed file has a part in is reported, at either end") {
  Folder folder;
  folder.write("gateway.yaml", gateway);
  folder.write("routes.yaml", virtual_service("uses-it", "edge"));
  folder.write("other.yaml", ingress("other"));
  folder.write("cart.yaml", service);
  const auto found = [&](const Strings& files) {
    Strings arguments = {"--format", "concise", "--select", "metadata-annotation-not-string"};
    for (const std::string& file : files) arguments.insert(arguments.end(), {"--only-affected-by", file});
    arguments.push_back(".");
    return folder(arguments).out;
  };
  CHECK(holds(found({}), "routes.yaml"));
  CHECK(holds(found({"routes.yaml"}), "routes.yaml"));
  CHECK_FALSE(holds(found({"routes.yaml"}), "other.yaml"));
  CHECK(holds(found({"gateway.yaml"}), "routes.yaml"));  // the finding's object refers to what is there
  CHECK(holds(found({"cart.yaml"}), "routes.yaml"));
  CHECK_FALSE(holds(found({"gateway.yaml"}), "other.yaml"));
  CHECK_FALSE(holds(found({"other.yaml"}), "routes.yaml"));
  CHECK(holds(found({"other.yaml\nrouting.txt"}), "routes.yaml"));  // one that is gone may have held anything
  folder.write("README.md", "text\n");
  CHECK(holds(found({"README.md"}), "no findings"));
}

TEST_CASE("a name that is not there may have been in the changed file") {
  Folder folder;
  folder.write("gateway.yaml", gateway);
  folder.write("routes.yaml", virtual_service("a", "egde"));
  folder.write("other.yaml", service);
  CHECK(holds(folder({"--format", "concise", "--only-affected-by", "other.yaml", "."}).out, "virtualservice-gateway-missing"));
}

}  // namespace
}  // namespace hop
