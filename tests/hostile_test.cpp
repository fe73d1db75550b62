// Input that was never meant to be read: nothing here may crash, hang or eat memory, and what is said about it must be true.

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <new>
#include <string>
#include <vector>

#include "engine/lint.h"
#include "report/render.h"
#include "rule/report.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/process.h"
#include "text/format.h"

// All that this binary allocates is counted.
namespace {

std::atomic<std::size_t> held{0}, most_held{0};

void* allocate_or_null(std::size_t size) noexcept {
  void* const block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) return nullptr;
  const std::size_t now = held += malloc_usable_size(block);
  std::size_t most = most_held;
  while (now > most && !most_held.compare_exchange_weak(most, now)) {
  }
  return block;
}

void* allocate(std::size_t size) {
  void* const block = allocate_or_null(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void release(void* block) noexcept {
  if (block != nullptr) held -= malloc_usable_size(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate_or_null(size); }
void operator delete(void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete(void* block) noexcept { release(block); }
void operator delete[](void* block) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t) noexcept { release(block); }

namespace hop {
namespace {

using Texts = std::map<std::string, std::string>;

/// Lints one file and renders it every way; returns the ids of what was found, each once for each finding.
std::vector<std::string> found_in(const std::string& text, const std::string& path = "m/x.yaml", bool named = false) {
  const MemoryFiles files(Texts{{path, text}});
  Settings settings;
  settings.jobs = 1;
  settings.selection.select = {"ALL"};
  const LintRun run = lint(files, {{named ? path : ".", std::nullopt}}, settings);
  const RenderInput input{run, run.findings, 0};
  CHECK_FALSE(render_text(input, {}).empty());
  CHECK_FALSE(render_concise(input, {true, false, 40}).empty());
  CHECK_FALSE(render_json(input).empty());
  std::vector<std::string> ids;
  for (const Diagnostic& finding : run.findings) {
    const std::size_t size = run.input->sources[finding.where.file].text().size();
    CHECK(finding.where.begin <= finding.where.end);
    CHECK(finding.where.end <= size);
    ids.emplace_back(finding.rule->id);
  }
  return ids;
}

using Ids = std::vector<std::string>;

std::string repeat(const std::string& piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

constexpr auto head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: z}\n";

TEST_CASE("next to nothing") {
  for (const char* text : {"", "\n", "# only\n# comments\n", "---\n---\n...\n", "\xef\xbb\xbf", " \t \n", "%YAML 1.1\n---\n"}) {
    CAPTURE(text);
    CHECK(found_in(text).empty());
    found_in(text, "m/x.yaml", true);
    found_in(text, "m/x.json", true);
  }
}

TEST_CASE("one comma, one of anything") {
  for (const char* text :
       {",", "[", "]", "{", "}", ":", "-", "?", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "&a", "*a", "<<: *a", "!!"}) {
    CAPTURE(text);
    CHECK(found_in(text).empty());
    found_in(text, "m/x.yaml", true);
  }
}

TEST_CASE("NUL bytes and invalid UTF-8") {
  const std::string nul(1, '\0');
  CHECK(found_in(nul + nul + nul).empty());
  CHECK(found_in(head + ("data: {a: " + nul + "}\n")) == Ids{"yaml-syntax"});
  CHECK(found_in(std::string(head) + "data: {a: \xff\xfe}\n") == Ids{"yaml-syntax"});
  CHECK(found_in(std::string(head) + "data: {a: \xc0\x80}\n") == Ids{"yaml-syntax"});
  found_in(
      "\xff\xfe"
      "a",
      "m/x.yaml", true);
  found_in("\xfe\xff\xd8", "m/x.yaml", true);
  found_in(nul + "a" + nul + "b" + nul, "m/x.yaml", true);
}

TEST_CASE("tabs") {
  CHECK(found_in("apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n") == Ids{"yaml-syntax"});
  CHECK(found_in("apiVersion:\tv1\nkind:\tConfigMap\nmetadata: {name: x, namespace: z}\n").empty());
}

TEST_CASE("nesting without end") {
  const std::size_t depth = 100'000;
  const std::string open(depth, '[');
  const std::string closed = open + std::string(depth, ']');
  CHECK(found_in(std::string(head) + "data: " + open + "\n") == Ids{"yaml-syntax"});
  CHECK(found_in(std::string(head) + "data: " + closed + "\n") == Ids{"yaml-syntax"});
  CHECK(found_in(std::string(head) + "data: " + repeat("{a: ", depth) + "\n") == Ids{"yaml-syntax"});
  CHECK(found_in(std::string(head) + "data:\n " + repeat("- ", depth) + "\n") == Ids{"yaml-syntax"});
  CHECK(found_in(open).empty());
  found_in(closed, "m/x.json", true);
}

TEST_CASE("a billion laughs") {
  std::string text = std::string(head) + "data:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) text += format("  a{}: &a{} [{}*a{}]\n", i, i, repeat(format("*a{}, ", i - 1), 9), i - 1);
  CHECK(found_in(text) == Ids{"yaml-syntax"});
  std::string merged = std::string(head) + "data:\n  m0: &m0 {k: v}\n";
  for (int i = 1; i < 40; ++i) merged += format("  m{}: &m{} {{<<: [*m{}, *m{}]}}\n", i, i, i - 1, i - 1);
  found_in(merged);
  found_in(std::string(head) + "data: &a {b: *a}\n");
  found_in(std::string(head) + "data: &a {<<: *a}\n");
}

TEST_CASE("a scalar of 64 MB") {
  const std::string large(64'000'000, 'x');
  CHECK(found_in(std::string(head) + "data: {a: \"" + large + "\"}\n").empty());
  CHECK(found_in(std::string(head) + "data:\n  a: |\n    " + large + "\n").empty());
  CHECK(found_in(std::string(head) + "data: {a: \"" + large + large + "\"}\n") == Ids{"yaml-syntax"});
}

TEST_CASE("JSON on one line with 20,000 escapes") {
  const std::string list = "[" + repeat("\\\"a\\\", ", 10'000) + "\\\"b\\\"]";
  found_in(
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: x\n  namespace: z\n  annotations:\n"
      "    alb.ingress.kubernetes.io/listen-ports: \"" +
      list + "\"\n    proxy.istio.io/config: \"" + list + "\"\nspec: {ingressClassName: alb}\n");
  found_in("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: '" + repeat("''", 100'000) +
           "'}\n");
}

TEST_CASE("10,000 documents in a file") {
  std::string text;
  for (int i = 0; i < 10'000; ++i)
    text += format(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{}, namespace: z}}\nspec: {{ports: [{{name: http, port: 80}}]}}\n", i);
  CHECK(found_in(text).empty());
  CHECK(found_in(repeat("---\n", 10'000)).empty());
  CHECK(found_in(repeat("---\nkind: [\n", 1'000)) == Ids(1'000, "yaml-syntax"));
}

TEST_CASE("more documents than a file of this size can hold objects") {
  const std::string text = repeat("---\n", 40'000);
  CHECK(found_in(text) == Ids{"file-unreadable"});
  CHECK(found_in(text + repeat("#", 1'000'000)).empty());
}

TEST_CASE("more findings than anybody reads") {
  const std::string text = head + repeat("a: 1\n", 12'000);
  const MemoryFiles files(Texts{{"m/x.yaml", text}, {"m/y.yaml", head + repeat("a: 1\n", 3)}});
  Settings settings;
  settings.selection.select = {"yaml-duplicate-key"};
  const LintRun run = lint(files, {{".", std::nullopt}}, settings);
  REQUIRE(run.findings.size() == most_findings + 2);
  CHECK(run.findings[most_findings - 1].notes.back().text == "there are more like this; no more than 10000 are told");
  CHECK(run.findings.back().notes.size() == run.findings.front().notes.size());
}

TEST_CASE("memory stays in proportion to the input") {
  const std::string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", list = pod + "spec:\n";
  struct Row {
    std::string start, piece, end = "\n";
  };
  const Row rows[] = {{"", "---\n"},
                      {"", "a\n---\n"},
                      {"", "#\n---\n"},
                      {"", "@\n---\n"},
                      {"", "kind: [\n---\n"},
                      {"", "apiVersion: v1\nkind: [\n---\n"},
                      {"", "apiVersion: v1\nkind: a\n---\n"},
                      {pod, "a:\n"},
                      {pod, "\r"},
                      {pod, "?\n"},
                      {pod, "#\n"},
                      {list, "-\n"},
                      {list, "- !\n"},
                      {list, "- &a\n"},
                      {pod + "x: &a 1\nspec:\n", "- *a\n"},
                      {pod + "x: &a {b: 1}\n", "<<: *a\n"},
                      {pod + "spec: ", "["},
                      {pod + "spec: [", ","},
                      {pod + "spec: [", "a,", "]\n"},
                      {pod + "spec: [", "a: ,", "]\n"},
                      {pod + "spec:\n  ", "? "},
                      {pod + "spec: \"", "\\n", "\"\n"},
                      {pod + "spec: >\n", "  a\n\n"},
                      {pod + "spec: ", "a "},
                      {pod + "spec:\n containers:\n", " - {}\n"},
                      {"apiVersion: v1\nkind: List\nitems: [", "{apiVersion: v1, kind: Pod},", "]\n"},
                      {"apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a}\nspec:\n servers:\n", " - {}\n"}};
  // What is said takes memory of its own, and is bounded: so many findings of a rule in a file.
  constexpr std::size_t size = 192UL << 10U, per_byte = 64, silent = 4UL << 20U, findings = 64UL << 20U;
  for (const Row& row : rows) {
    std::string text = row.start + repeat(row.piece, size / row.piece.size()) + row.end;
    MemoryFiles files;
    files.put("m/x.yaml", std::move(text));
    Settings settings;
    settings.jobs = 1;
    const std::size_t before = held;
    most_held = before;
    const LintRun run = lint(files, {{"m/x.yaml", std::nullopt}}, settings);
    INFO(row.start << row.piece);
    CHECK((most_held - before) / size <= per_byte + (run.findings.size() < 100 ? silent : findings) / size);
  }
}

TEST_CASE("10,000 suppressions in a file") {
  CHECK(found_in(head + repeat("# hoplint: allow yaml-syntax -- x\n", 10'000) + "data: {}\n").size() == 10'000);
}

TEST_CASE("documents that are no mapping") {
  for (const char* text :
       {"- apiVersion: v1\n  kind: Pod\n", "kind apiVersion\n", "42\n", "~\n", "\"kind: apiVersion:\"\n", "[kind, apiVersion]\n"}) {
    CAPTURE(text);
    CHECK(found_in(text).empty());
    CHECK(found_in(text, "m/x.yaml", true).empty());
  }
}

const std::vector<std::string> kinds = {"apiVersion: v1\nkind: Service\n",
                                        "apiVersion: v1\nkind: Pod\n",
                                        "apiVersion: v1\nkind: Secret\n",
                                        "apiVersion: v1\nkind: Namespace\n",
                                        "apiVersion: v1\nkind: ConfigMap\n",
                                        "apiVersion: v1\nkind: List\n",
                                        "apiVersion: apps/v1\nkind: Deployment\n",
                                        "apiVersion: batch/v1\nkind: CronJob\n",
                                        "apiVersion: networking.k8s.io/v1\nkind: Ingress\n",
                                        "apiVersion: extensions/v1beta1\nkind: Ingress\n",
                                        "apiVersion: networking.k8s.io/v1\nkind: IngressClass\n",
                                        "apiVersion: networking.istio.io/v1\nkind: Gateway\n",
                                        "apiVersion: networking.istio.io/v1\nkind: VirtualService\n",
                                        "apiVersion: networking.istio.io/v1\nkind: DestinationRule\n",
                                        "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n",
                                        "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n",
                                        "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n",
                                        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
                                        "apiVersion: cert-manager.io/v1\nkind: Certificate\n",
                                        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"};

/// Keys that some view asks for, so that what is below them gets looked at.
constexpr const char* keys[] = {"spec",
                                "servers",
                                "port",
                                "hosts",
                                "tls",
                                "http",
                                "route",
                                "destination",
                                "gateways",
                                "rules",
                                "paths",
                                "backend",
                                "service",
                                "selector",
                                "template",
                                "metadata",
                                "labels",
                                "annotations",
                                "ports",
                                "subsets",
                                "mtls",
                                "portLevelMtls",
                                "items",
                                "data",
                                "meshConfig",
                                "components",
                                "ingressGateways",
                                "k8s",
                                "resources",
                                "patches",
                                "namespace",
                                "name",
                                "defaultBackend",
                                "serviceName",
                                "servicePort",
                                "containers",
                                "match",
                                "ingressClassName",
                                "host",
                                "number",
                                "configMapGenerator",
                                "secretGenerator",
                                "patchesStrategicMerge",
                                "jobTemplate",
                                "matchLabels",
                                "endpoints"};

/// `{spec: V, servers: V, …}` where V is `value`, or this mapping again down to `depth`.
std::string everywhere(const std::string& value, unsigned depth) {
  std::string inner = depth == 0 ? value : "&d" + format("{} ", depth) + everywhere(value, depth - 1);
  std::string text = "{";
  bool first = true;
  for (const char* key : keys) {
    text += format("{}{}: {}", first ? "" : ", ", key, first || depth == 0 ? inner : format("*d{}", depth));
    first = false;
  }
  return text + "}";
}

TEST_CASE("numbers where names belong, null everywhere") {
  for (const std::string& kind : kinds) {
    for (const char* value : {"1", "null", "~", "''", "[]", "{}", "[null]", "[[[1]]]", "true", "1e999", "-0x1", "99999999999999999999",
                              "\"\\0\"", "'*'", "'/'", "'.'", "'{{x}}'", "[{name: null}]", "[{port: {number: '1'}}]"}) {
      CAPTURE(kind, value);
      found_in(kind + "metadata: " + value + "\nspec: " + value + "\n");
      found_in(kind + "metadata: {name: x, namespace: y, labels: " + value + ", annotations: " + value +
               "}\nspec: " + everywhere(value, 0) + "\n");
      found_in(kind + "metadata: {name: " + value + ", namespace: " + value + "}\nspec:\n- " + everywhere(value, 0) + "\n");
    }
    found_in(kind + "metadata: {name: x}\nspec: " + everywhere("null", 3) + "\n", "m/kustomization.yaml");
    found_in(kind + "metadata: {name: x}\nitems: [" + everywhere("[1]", 2) + "]\ndata: {mesh: '" + everywhere("[1]", 0) + "'}\n");
  }
  found_in("apiVersion: 1\nkind: 2\nmetadata: {name: 3, namespace: 4}\n");
  found_in("1: 2\napiVersion: v1\nkind: Pod\n[a]: b\n? {c: d}\n: e\n");
}

TEST_CASE("lists inside lists inside lists") {
  std::string text = "kind: Pod, apiVersion: v1";
  for (int i = 0; i < 300; ++i) text = "kind: List, apiVersion: v1, items: [{" + text + "}]";
  found_in("{" + text + "}");
}

TEST_CASE("hosts that are nothing but stars, dots and slashes") {
  found_in(read_bytes(HOPLINT_SOURCE_DIR "/fixtures/hostile/hosts_of_stars.yaml"));
}

TEST_CASE("a folder of 20,000 files") {
  const TemporaryFolder folder;
  for (int i = 0; i < 20'000; ++i) folder.write(format("m/{}.yaml", i), i % 100 == 0 ? "apiVersion: v1\nkind: [\n" : "a: 1\n");
  ProcessOptions options;
  options.directory = folder.path();
  const ProcessResult result = run_hoplint({"--format", "concise"}, options);
  CHECK(result.exit_code == 1);
  CHECK(result.err.empty());
}

TEST_CASE("folders nested as deep as the system lets them") {
  Texts texts;
  std::string path = "m";
  for (int i = 0; i < 1500; ++i) path += "/d";
  texts[path + "/x.yaml"] = "kind: [\n";
  CHECK(lint(MemoryFiles(texts), {{".", std::nullopt}}, Settings{}).findings.size() == 1);
}

}  // namespace
}  // namespace hop
