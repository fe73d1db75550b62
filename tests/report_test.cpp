#include "report/render.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "report/line_view.h"
#include "report/redact.h"
#include "support/catch.h"
#include "support/json_schema.h"
#include "text/format.h"
#include "version.h"
#include "yaml/parse.h"

namespace hop {
namespace {

constexpr RuleInfo mismatch{
    .id = "alb-backend-protocol-mismatch",
    .summary = "the protocol towards the targets is not what the gateway expects",
    .docs =
        "Compares what the load balancer sends with what the gateway's server takes.\n\n- silent where the gateway is not "
        "among the manifests\n\n```yaml\nalb.ingress.kubernetes.io/backend-protocol: HTTPS # a line of code is never wrapped\n```",
    .effect = "every request fails with 502; targets stay unhealthy",
    .source = "https://example.org/alb",
    .severity = Severity::error,
    .group = Group::correctness,
    .aliases = {"IST0101", "KIA1102"},
    .fixes = FixPolicy::always,
};
constexpr RuleInfo missing{.id = "virtualservice-gateway-missing",
                           .summary = "a gateway | that no manifest defines",
                           .docs = "",
                           .effect = "",
                           .source = "",
                           .severity = Severity::warning,
                           .group = Group::reliability};

/// Files read as the engine reads them, and findings made by hand.
struct Estate {
  Estate() { run.input = std::make_unique<Input>(); }

  FileId add(std::string path, std::string bytes) {
    const auto file = File::from_bytes(std::move(path), std::move(bytes));
    const FileId id = run.input->sources.add(file);
    ReadFile read;
    read.file = id;
    read.path = file->path();
    for (const yaml::Chunk& chunk : yaml::split(file->text())) {
      const auto tree = yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file);
      read.documents.push_back({std::make_shared<yaml::Document>(tree, id, chunk.begin), chunk, DocumentClass::resource, false, nullptr});
    }
    run.input->files.push_back(std::move(read));
    return id;
  }

  /// The `nth` occurrence of `text`.
  Span place(FileId id, std::string_view text, int nth = 0) const {
    const std::string_view all = run.input->sources[id].text();
    std::size_t at = all.find(text);
    while (nth-- > 0) at = all.find(text, at + 1);
    REQUIRE(at != std::string_view::npos);
    return {id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
  }

  Diagnostic& find(const RuleInfo& rule, Span where, std::string message) {
    Diagnostic finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    finding.where = where;
    finding.message = std::move(message);
    return findings.emplace_back(std::move(finding));
  }

  std::string text(TextStyle style = {}) const { return render_text({run, findings, 0}, style); }

  /// One finding at one place, without header and closing line.
  std::string frame(Span where, std::string label = "here", TextStyle style = {}) {
    findings.clear();
    find(missing, where, "m").label = std::move(label);
    const std::string all = text(style);
    const std::size_t begin = all.find('\n') + 1;
    return "\n" + all.substr(begin, all.rfind("\n\n") + 1 - begin);
  }

  /// Every line as a frame would show it.
  std::string shown(FileId id) const {
    const File& file = run.input->sources[id];
    const Manifests manifests(run);
    Secrets secrets(manifests);
    std::string all;
    for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
      const std::uint32_t begin = file.line_begin(number);
      std::vector<Stretch> blanked;
      for (const Span secret : secrets.within({id, begin, begin + static_cast<std::uint32_t>(file.line(number).size())})) {
        blanked.push_back({secret.begin - begin, secret.end - begin});
      }
      all += LineView(file.line(number), blanked, {}, {400, true}).text() + "\n";
    }
    return all;
  }

  LintRun run;
  std::vector<Diagnostic> findings;
};

constexpr const char* ingress_text = R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: istio-ingress
  namespace: istio-system
  annotations:
    alb.ingress.kubernetes.io/scheme: internal
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
    alb.ingress.kubernetes.io/backend-protocol: HTTP
)";
constexpr const char* gateway_text = R"(apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: default-gateway
  namespace: istio-system
spec:
  selector:
    istio: ingressgateway
  servers:
    - hosts:
        - shop.example.com
      port:
        number: 443
        protocol: HTTPS
)";

/// The finding of design section 7.
struct Sample : Estate {
  FileId ingress = add("edge/ingress.yaml", ingress_text);
  FileId gateway = add("edge/gateway.yaml", gateway_text);

  Sample() {
    Diagnostic& finding = find(mismatch, place(ingress, "HTTP", 1), "the ALB sends plain HTTP to a port where the gateway expects TLS");
    finding.object = ObjectId{"networking.k8s.io/v1", "Ingress", "istio-system", "istio-ingress"};
    finding.aliases = {"KIA1102"};
    finding.field = "metadata.annotations[\"alb.ingress.kubernetes.io/backend-protocol\"]";
    finding.fingerprint = "0123456789abcdef";
    finding.label = "plaintext from the load balancer";
    finding.effect = mismatch.effect;
    finding.notes = {{place(ingress, "alb.ingress.kubernetes.io/backend-protocol"), ""},
                     {place(gateway, "HTTPS"), "this server terminates TLS"}};
    finding.chain = {step("ALB :443", "ok"), step("Ingress istio-ingress", "ok"), step("Gateway default-gateway:443", "broken")};
    finding.fixes = {{"set backend-protocol to HTTPS", {{finding.where, "HTTPS"}}, Safety::safe}};
    run.summary.files = 2;
    run.summary.documents = 2;
    run.summary.resources = 2;
    run.summary.errors = 1;
  }

  static Step step(std::string label, std::string verdict) {
    Step step;
    step.kind = "hop";
    step.label = std::move(label);
    step.verdict = std::move(verdict);
    return step;
  }
};

TEST_CASE("a finding is shown with both of its places, its chain, its effect and its fix") {
  CHECK(Sample().text() == R"(error[alb-backend-protocol-mismatch]: the ALB sends plain HTTP to a port where the gateway expects TLS
  --> edge/ingress.yaml:9:49                                 Ingress istio-system/istio-ingress
   |
 9 |     alb.ingress.kubernetes.io/backend-protocol: HTTP
   |     ------------------------------------------  ^^^^ plaintext from the load balancer
   |
  ::: edge/gateway.yaml:14:19                                Gateway istio-system/default-gateway
   |
14 |         protocol: HTTPS
   |                   ----- this server terminates TLS
   |
   = chain: ALB :443 → Ingress istio-ingress ▸ Gateway default-gateway:443
   = effect: every request fails with 502; targets stay unhealthy
   = fix: set backend-protocol to HTTPS (safe: `hoplint check --fix`)

1 error in 2 files (2 documents, 2 resources)
)");
}

TEST_CASE("a narrow terminal without Unicode gets no titles, short lines and ASCII") {
  Sample sample;
  sample.findings[0].fixes[0].safety = Safety::unsafe;
  CHECK(sample.text({.colour = false, .unicode = false, .width = 48}) ==
        R"(error[alb-backend-protocol-mismatch]: the ALB sends plain HTTP to a port where the gateway expects TLS
  --> edge/ingress.yaml:9:49
   |
 9 | ...ess.kubernetes.io/backend-protocol: HTTP
   | -------------------------------------  ^^^^ plaintext from the load balancer
   |
  ::: edge/gateway.yaml:14:19
   |
14 |         protocol: HTTPS
   |                   ----- this server terminates TLS
   |
   = chain: ALB :443 -> Ingress istio-ingress -x-> Gateway default-gateway:443
   = effect: every request fails with 502; targets stay unhealthy
   = fix: set backend-protocol to HTTPS (unsafe: `hoplint check --fix --unsafe-fixes`)

1 error in 2 files (2 documents, 2 resources)
)");
}

TEST_CASE("colour is written only when it is asked for") {
  Sample sample;
  CHECK(sample.text().find('\x1b') == std::string::npos);
  CHECK(render_concise({sample.run, sample.findings, 0}, {}).find('\x1b') == std::string::npos);
  const std::string text = sample.text({.colour = true, .unicode = true, .width = 0});
  CHECK(text.find("\x1b[1;31merror[alb-backend-protocol-mismatch]\x1b[0m: \x1b[1mthe ALB sends") == 0);
  CHECK(text.find("\x1b[1;31m^^^^\x1b[0m \x1b[1;31mplaintext") != std::string::npos);
  CHECK(text.find("\x1b[2m 9 |\x1b[0m     alb.") != std::string::npos);
}

TEST_CASE("several notes on one line are stacked without touching each other") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "one: {two: three, four: five}\n");
  Diagnostic& finding = estate.find(missing, estate.place(file, "four"), "m");
  finding.label = "primary";
  finding.notes = {{estate.place(file, "two"), "second"},
                   {estate.place(file, "one"), "first"},
                   {estate.place(file, "one"), "again"},
                   {estate.place(file, "five"), "last"},
                   {estate.place(file, "five"), "last"}};
  CHECK(estate.text() == R"(warning[virtualservice-gateway-missing]: m
 --> a.yaml:1:19
  |
1 | one: {two: three, four: five}
  | ---   ---         ^^^^  ---- last
  | |     |           |
  | |     |           primary
  | |     second
  | again
  | first

no findings in 0 files (0 documents, 0 resources)
)");
}

TEST_CASE("a place inside another one leaves the free room to the longer") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "key: abcdefghij\n");
  estate.find(missing, estate.place(file, "cde"), "m").label = "inner";
  estate.findings[0].notes = {{estate.place(file, "abcdefghij"), "outer"}, {estate.place(file, "cde"), "same place"}};
  CHECK(estate.text().find(R"(1 | key: abcdefghij
  |      --^^^----- outer
  |        |
  |        inner
  |        same place
)") != std::string::npos);
}

TEST_CASE("notes of the same object share a frame: close ones joined, far ones behind an ellipsis") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 10\n");
  estate.find(missing, estate.place(file, "c"), "m").notes = {{estate.place(file, "j"), "far"}, {estate.place(file, "a"), "near"}};
  CHECK(estate.text().find(R"(  --> a.yaml:3:1
   |
 1 | a: 1
   | - near
 2 | b: 2
 3 | c: 3
   | ^
...
10 | j: 10
   | - far
)") != std::string::npos);
}

TEST_CASE("a far note of another object in the same file gets a frame with that object's title") {
  Estate estate;
  const std::string object = "kind: Service\nmetadata:\n  name: {}\nspec:\n  a: 1\n  b: 2\n  c: 3\n  d: 4\n";
  const FileId file = estate.add("a.yaml", fmt::format(fmt::runtime(object), "one") + "---\n" + fmt::format(fmt::runtime(object), "two"));
  estate.find(missing, estate.place(file, "a: 1"), "m").notes = {{estate.place(file, "d: 4", 1), "there"}};
  CHECK(estate.text().find(R"(  --> a.yaml:5:3                                             Service one
   |
 5 |   a: 1
   |   ^^^^
   |
  ::: a.yaml:17:3                                            Service two
   |
17 |   d: 4
   |   ---- there
)") != std::string::npos);
}

TEST_CASE("findings that miss the same target stand under one header, and common notes are shown once") {
  Estate estate;
  const FileId first = estate.add("a.yaml", "gateways: [edge]\n");
  const FileId second = estate.add("b.yaml", "gateways:\n- edge\n");
  const FileId other = estate.add("c.yaml", "name: edgy\n");
  for (const Span where : {estate.place(first, "edge"), estate.place(second, "edge")}) {
    Diagnostic& finding = estate.find(missing, where, "gateway `edge` does not exist");
    finding.target = "Gateway /edge";
    finding.effect = "no route is ever used";
    finding.notes = {{estate.place(other, "edgy"), "did you mean this one?"}};
  }
  CHECK(estate.text() == R"(warning[virtualservice-gateway-missing]: gateway `edge` does not exist (2 places)
 --> a.yaml:1:12
  |
1 | gateways: [edge]
  |            ^^^^
  |
 ::: c.yaml:1:7
  |
1 | name: edgy
  |       ---- did you mean this one?
  |
 --> b.yaml:2:3
  |
2 | - edge
  |   ^^^^
  |
  = effect: no route is ever used

no findings in 0 files (0 documents, 0 resources)
)");
}

TEST_CASE("places beyond the fifth are listed, and what lies in no file is told") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "a: 1\n");
  Diagnostic& finding = estate.find(missing, estate.place(file, "a"), "m");
  for (const char* const path : {"1.yaml", "2.yaml", "3.yaml", "4.yaml", "5.yaml"}) {
    finding.notes.push_back({estate.place(estate.add(path, "x: y\n"), "y"), "also here"});
  }
  finding.notes.push_back({{}, "the controller's default"});
  const std::string text = estate.text();
  CHECK(text.find("::: 4.yaml:1:4") != std::string::npos);
  CHECK(text.find("::: 5.yaml") == std::string::npos);
  CHECK(text.find("  |\n  = also: 5.yaml:1:4 also here\n  = note: the controller's default\n") != std::string::npos);
}

TEST_CASE("carets stand exactly below tabs, wide characters, combining marks and escapes") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "a:\tb\nc: 日本 d\ne: e\xcc\x81x f\ng: \x1b[31m\xffh i\n");
  CHECK(estate.frame(estate.place(file, "b")) == R"(
 --> a.yaml:1:4
  |
1 | a:  b
  |     ^ here
)");
  CHECK(estate.frame(estate.place(file, "d")) == R"(
 --> a.yaml:2:7
  |
2 | c: 日本 d
  |         ^ here
)");
  CHECK(estate.frame(estate.place(file, "本")) == R"(
 --> a.yaml:2:5
  |
2 | c: 日本 d
  |      ^^ here
)");
  CHECK(estate.frame(estate.place(file, "x")) == "\n --> a.yaml:3:6\n  |\n3 | e: e\xcc\x81x f\n  |     ^ here\n");
  CHECK(estate.frame(estate.place(file, "\xcc\x81")) == "\n --> a.yaml:3:5\n  |\n3 | e: e\xcc\x81x f\n  |    ^ here\n");
  CHECK(estate.frame(estate.place(file, "\xff")) == R"(
 --> a.yaml:4:9
  |
4 | g: \x1b[31m\xffh i
  |            ^^^^ here
)");
}

TEST_CASE("a place over several lines is underlined on its first line and says how many follow") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "a:\r\n  b: 1\r\n  c: 2\r\nd: 3\r\n");
  CHECK(estate.frame(estate.place(file, "b: 1\r\n  c: 2")) == R"(
 --> a.yaml:2:3
  |
2 |   b: 1
  |   ^^^^ here (and 1 more line)
)");
  CHECK(estate.frame(estate.place(file, "b: 1\r\n  c: 2\r\nd: 3\r\n"), "") == R"(
 --> a.yaml:2:3
  |
2 |   b: 1
  |   ^^^^ and 2 more lines
)");
  CHECK(estate.frame(estate.place(file, "b: 1\r\n"), "") == R"(
 --> a.yaml:2:3
  |
2 |   b: 1
  |   ^^^^
)");
}

TEST_CASE("empty places, line ends and the end of input get one caret") {
  Estate estate;
  const FileId file = estate.add("a.yaml", "a: b\nc:");
  CHECK(estate.frame({file, 3, 3}) == "\n --> a.yaml:1:4\n  |\n1 | a: b\n  |    ^ here\n");
  CHECK(estate.frame({file, 4, 5}) == "\n --> a.yaml:1:5\n  |\n1 | a: b\n  |     ^ here\n");
  CHECK(estate.frame({file, 7, 7}) == "\n --> a.yaml:2:3\n  |\n2 | c:\n  |   ^ here\n");
  const FileId ended = estate.add("b.yaml", "a: b\n");
  CHECK(estate.frame({ended, 5, 5}) == "\n --> b.yaml:2:1\n  |\n2 |\n  | ^ here\n");
  const FileId empty = estate.add("c.yaml", "");
  CHECK(estate.frame({empty, 0, 0}) == "\n --> c.yaml:1:1\n");
}

TEST_CASE("a finding without a place is a header and its facts") {
  Estate estate;
  estate.find(missing, {}, "one\nline \x1b[2J only").effect = "none";
  estate.findings[0].suppressed = true;
  CHECK(estate.text().starts_with("warning[virtualservice-gateway-missing]: one\\nline \\x1b[2J only (suppressed)\n  = effect: none\n"));
}

TEST_CASE("a long line is cut round the caret") {
  Estate estate;
  const TextStyle narrow{.colour = false, .unicode = true, .width = 34};
  const FileId file = estate.add("a.yaml", "start: " + std::string(50, 'a') + " caret " + std::string(5000, 'b') + " end\n");
  CHECK(estate.frame(estate.place(file, "start"), "here", narrow) == R"(
 --> a.yaml:1:1
  |
1 | start: aaaaaaaaaaaaaaaaaaaaaa…
  | ^^^^^ here
)");
  CHECK(estate.frame(estate.place(file, "caret"), "here", narrow) == R"(
 --> a.yaml:1:59
  |
1 | …aaaaaaaa caret bbbbbbbbbbbbb…
  |           ^^^^^ here
)");
  CHECK(estate.frame(estate.place(file, " end"), "here", narrow) == R"(
 --> a.yaml:1:5065
  |
1 | …bbbbbbbbbbbbbbbbbbbbbbbbb end
  |                           ^^^^ here
)");
  const Span whole{file, 0, 5000};
  CHECK(estate.frame(whole, "here", narrow).find("\n  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here\n") != std::string::npos);
  estate.frame(estate.place(file, "caret"), "here", narrow);
  estate.findings[0].notes = {{estate.place(file, "end"), "out of sight"}};
  CHECK(estate.text(narrow).find(R"(1 | …aaaaaaaa caret bbbbbbbbbbbbb…
  |           ^^^^^              - out of sight
  |           |
  |           here
)") != std::string::npos);
  CHECK(estate.frame(estate.place(file, "caret")).find("bbb…\n") != std::string::npos);
}

TEST_CASE("a line of megabytes is shown in no time") {
  Estate estate;
  const FileId file = estate.add("a.json", "{\"a\": [" + std::string(4 << 20U, ' ') + "1]}");
  estate.run.input->files.clear();
  for (int i = 0; i < 50; ++i) estate.find(missing, estate.place(file, "1"), "m");
  CHECK(estate.text().size() < 50 * 1000);
}

TEST_CASE("the values of a Secret are never shown, however they are written") {
  Estate estate;
  const FileId file = estate.add("s.yaml", R"(apiVersion: v1
kind: Secret
metadata: {name: s, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":{"x":"hunter2"}}'}}
x: &anchored hunter2
data:
  a: hunter2  # not hunter2
  a: "hunter2"
  b: *anchored
  # once hunter2
  # hoplint: allow secret-expired -- known
  c: |
    hunter2

    hunter2
data: {x: hunter2}
stringData: {d: hunter2, 'e': 'hunter2
  hunter2'}
stringdata: {f: hunter2, g: !hunter2, h: &hunter2, i:hunter2, j: }
type: Opaque
)");
  CHECK(estate.shown(file) == R"(apiVersion: v1
kind: Secret
metadata: {name: s, annotations: {kubectl.kubernetes.io/last-applied-configuration: ••••••••}}
x: ••••••••
data:
  a: ••••••••  ••••••••
  a: ••••••••
  b: *anchored
  ••••••••
  # hoplint: allow secret-expired -- known
  c: ••••••••
    ••••••••

    ••••••••
data: {x: ••••••••}
stringData: {d: ••••••••, 'e': ••••••••
  ••••••••}
stringdata: {f: ••••••••, g: ••••••••, ••••••••: ••••••••, ••••••••, ••••••••: }
type: Opaque

)");
  CHECK(estate.frame(estate.place(file, "unter2", 4)) == R"(
 --> s.yaml:7:8                                              Secret s
  |
7 |   a: ••••••••
  |      ^^^^^^^^ here
)");
}

TEST_CASE("Secrets in lists, in JSON, sealed and generated ones are hidden as well") {
  Estate estate;
  const FileId list = estate.add("l.yaml", R"(kind: ConfigMap
data: {open: shown}
ref: {kind: Secret, name: shown} # shown
---
kind: List
items:
- kind: ConfigMap
  data: {open: shown}
- kind: Secret
  data:
    x: hunter2
- kind: SealedSecret
  spec:
    encryptedData: {x: hunter2}
    template: {data: {x: hunter2}, metadata: {name: shown}}
---
kind: Kustomization
secretGenerator:
- name: shown
  literals: [password=hunter2]
)");
  CHECK(estate.shown(list) == R"(kind: ConfigMap
data: {open: shown}
ref: {kind: Secret, name: shown} # shown
---
kind: List
items:
- kind: ConfigMap
  data: {open: shown}
- kind: Secret
  data:
    x: ••••••••
- kind: SealedSecret
  spec:
    encryptedData: {x: ••••••••}
    template: {data: {x: ••••••••}, metadata: {name: shown}}
---
kind: Kustomization
secretGenerator:
- name: shown
  literals: [••••••••]

)");
  const FileId json = estate.add("s.json", R"({"kind": "Secret", "data": {"x": "hunter2"}, "name": "shown"})");
  CHECK(estate.shown(json) == R"({"kind": "Secret", "data": {"x": ••••••••}, "name": "shown"}
)");
}

TEST_CASE("credentials in environment values are hidden, other values are not") {
  Estate estate;
  const FileId file = estate.add("d.yaml", R"(kind: Deployment
base: &base {name: API_KEY}
spec:
  env:
  - name: DB_PASSWORD
    value: hunter2 # hunter2
  - {value: "hunter2", name: Github-Token}
  - name: LOG_LEVEL
    value: debug # shown
  - name: DATABASE
    value: postgres://me:hunter2@db/shop
  - name: SECRET_FILE
    valueFrom: {secretKeyRef: {name: shown, key: shown}}
  - <<: *base
    value: >-
      hunter2
      hunter2
)");
  CHECK(estate.shown(file) == R"(kind: Deployment
base: &base {name: API_KEY}
spec:
  env:
  - name: DB_PASSWORD
    value: •••••••• ••••••••
  - {value: ••••••••, name: Github-Token}
  - name: LOG_LEVEL
    value: debug # shown
  - name: DATABASE
    value: ••••••••
  - name: SECRET_FILE
    valueFrom: {secretKeyRef: {name: shown, key: shown}}
  - <<: *base
    value: ••••••••
      ••••••••
      ••••••••

)");
}

TEST_CASE("where a document does not parse, too much is hidden rather than too little") {
  Estate estate;
  const FileId secret = estate.add("s.yaml", "kind: Secret\nmetadata:\n  name: s\ndata:\n  a: \"hunter2\n  b: hunter2\n\thunter2: x\n");
  CHECK(estate.shown(secret) == "kind: Secret\nmetadata:\n  name: s\ndata:\n  ••••••••\n  ••••••••\n    ••••••••\n\n");
  const FileId pod = estate.add("p.yaml", R"(kind: Pod
env:
- name: DB_PASSWORD
  value: "hunter2
    hunter2
  args: [
- value: >
    hunter2: hunter2
  other: shown
)");
  CHECK(estate.shown(pod) == R"(kind: Pod
env:
- name: DB_PASSWORD
  value: ••••••••
    ••••••••
  args: [
- value: ••••••••
    ••••••••
  other: shown

)");
  const FileId json = estate.add("s.json", R"({"kind": "Secret", "data": {"x": "hunter2"}, )");
  CHECK(estate.shown(json) == "••••••••\n");
}

TEST_CASE("the concise form is one line for each finding") {
  Sample sample;
  Diagnostic& other = sample.find(missing, {}, "a\nb");
  other.suppressed = true;
  CHECK(render_concise({sample.run, sample.findings, 0}, {}) ==
        "edge/ingress.yaml:9:49: error[alb-backend-protocol-mismatch] the ALB sends plain HTTP to a port where the gateway expects TLS\n"
        "warning[virtualservice-gateway-missing] a\\nb (suppressed)\n"
        "1 error in 2 files (2 documents, 2 resources)\n");
}

TEST_CASE("the closing line says what was found, read, skipped, suppressed and not shown") {
  Estate estate;
  Summary& summary = estate.run.summary;
  const auto line = [&](std::size_t left_out) { return closing_line({estate.run, {}, left_out}, {}); };
  summary.files = summary.documents = summary.resources = 1;
  CHECK(line(0) == "no findings in 1 file (1 document, 1 resource)\n");
  summary.files = 12, summary.documents = 41, summary.resources = 38;
  summary.templates = 2, summary.not_manifests = 1;
  summary.errors = 3, summary.warnings = 2;
  summary.references.outside = 5;
  CHECK(line(0) ==
        "3 errors, 2 warnings in 12 files (41 documents, 38 resources; skipped 2 templates, 1 not a manifest); "
        "5 references point outside (list them: hoplint refs --outside)\n");
  summary.errors = summary.warnings = summary.templates = summary.not_manifests = 0;
  summary.infos = summary.unreadable = summary.suppressed = summary.references.outside = 1;
  CHECK(line(7) ==
        "1 info in 12 files (41 documents, 38 resources; skipped 1 unreadable file); 1 suppressed; "
        "1 reference points outside (list them: hoplint refs --outside)\n7 more findings not shown (--max-diagnostics)\n");
}

TEST_CASE("JSON keeps its contract to the letter") {
  Sample sample;
  sample.findings[0].chain.resize(1);
  sample.findings[0].notes.resize(1);
  CHECK(render_json({sample.run, sample.findings, 0}) == R"({
  "schema": 1,
  "tool": {
    "name": "hoplint",
    "version": ")" + std::string(program_version) + R"("
  },
  "findings": [
    {
      "rule": "alb-backend-protocol-mismatch",
      "aliases": [
        "KIA1102"
      ],
      "severity": "error",
      "group": "correctness",
      "message": "the ALB sends plain HTTP to a port where the gateway expects TLS",
      "effect": "every request fails with 502; targets stay unhealthy",
      "object": {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "namespace": "istio-system",
        "name": "istio-ingress"
      },
      "primary": {
        "path": "edge/ingress.yaml",
        "line": 9,
        "column": 49,
        "endLine": 9,
        "endColumn": 53,
        "offset": 278,
        "length": 4,
        "field": "metadata.annotations[\"alb.ingress.kubernetes.io/backend-protocol\"]"
      },
      "related": [
        {
          "path": "edge/ingress.yaml",
          "line": 9,
          "column": 5,
          "endLine": 9,
          "endColumn": 47,
          "message": ""
        }
      ],
      "chain": [
        {
          "kind": "hop",
          "label": "ALB :443",
          "object": null,
          "place": null,
          "protocol": "",
          "encryption": "unknown",
          "verified": false,
          "verdict": "ok",
          "reason": ""
        }
      ],
      "fixes": [
        {
          "title": "set backend-protocol to HTTPS",
          "safety": "safe",
          "edits": [
            {
              "path": "edge/ingress.yaml",
              "offset": 278,
              "length": 4,
              "text": "HTTPS"
            }
          ]
        }
      ],
      "fingerprint": "0123456789abcdef",
      "suppressed": false
    }
  ],
  "summary": {
    "files": 2,
    "documents": 2,
    "resources": 2,
    "skipped": {
      "templates": 0,
      "notManifests": 0,
      "unreadable": 0
    },
    "references": {
      "found": 0,
      "missing": 0,
      "outside": 0
    },
    "errors": 1,
    "warnings": 0,
    "infos": 0,
    "suppressed": 0
  }
}
)");
}

TEST_CASE("JSON counts columns in code points and offsets in stored bytes") {
  Estate estate;
  std::string utf16("\xff\xfe", 2);
  for (const char character : std::string_view("ab: cd\n")) utf16 += {character, '\0'};
  const FileId wide = estate.add("wide.yaml", utf16);
  const FileId marked = estate.add("marked.yaml", "\xef\xbb\xbf日本: x\n");
  estate.find(missing, estate.place(wide, "cd"), "m").fixes = {{"t", {{estate.place(wide, "d"), "é"}}, Safety::unsafe}};
  estate.find(missing, estate.place(marked, "x"), "m");
  const auto json = nlohmann::json::parse(render_json({estate.run, estate.findings, 0}));
  CHECK(json["findings"][0]["primary"]["column"] == 5);
  CHECK(json["findings"][0]["primary"]["offset"] == 10);
  CHECK(json["findings"][0]["primary"]["length"] == 4);
  CHECK(json["findings"][0]["fixes"][0]["edits"][0]["offset"] == 12);
  CHECK(json["findings"][0]["fixes"][0]["edits"][0]["length"] == 2);
  CHECK(json["findings"][0]["fixes"][0]["edits"][0]["text"] == "é");
  CHECK(json["findings"][1]["primary"]["column"] == 5);
  CHECK(json["findings"][1]["primary"]["offset"] == 11);
  CHECK(json["findings"][1]["primary"]["length"] == 1);
}

TEST_CASE("JSON takes any bytes, and nothing in it can steer a terminal") {
  Estate estate;
  const FileId file = estate.add("\xff\x1b[2J\u202e.yaml", "\xff: \xff\n");
  Diagnostic& finding = estate.find(missing, {file, 0, 1}, "one \x1b[2J \xff \u202e");
  finding.field = "\xc3";
  finding.notes = {{{file, 3, 4}, "\x9b"}, {{}, "nowhere"}};
  finding.fixes = {{"t", {{finding.where, "\xf0"}}, Safety::safe}};
  estate.find(missing, {}, "no place");
  const std::string text = render_json({estate.run, estate.findings, 0});
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c < '\x7f'); }));
  const auto json = nlohmann::json::parse(text);
  CHECK(json["findings"][0]["message"] == "one \\x1b[2J \\xff \\u202e");
  CHECK(json["findings"][0]["primary"]["path"] == "\ufffd\x1b[2J\u202e.yaml");
  CHECK(json["findings"][0]["related"][1]["line"] == 1);
  CHECK(json["findings"][1]["object"].is_null());
  CHECK(json["findings"][1]["primary"]["path"] == "");
  CHECK(json["findings"][1]["primary"]["endColumn"] == 1);
  CHECK(json["findings"][1]["primary"]["length"] == 0);
}

/// Whether every object in a schema demands all its keys and admits no other.
bool is_strict(const nlohmann::json& schema) {
  if (!schema.is_structured()) return true;
  if (schema.is_object() && schema.contains("properties") && schema["properties"].is_object()) {
    if (schema.value("additionalProperties", true) || schema["required"].size() != schema["properties"].size()) return false;
  }
  return std::all_of(schema.begin(), schema.end(), is_strict);
}

TEST_CASE("JSON output holds to its published schema, which demands every key and admits no other") {
  const auto schema = nlohmann::json::parse(findings_schema());
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(is_strict(schema));
  Sample sample;
  sample.findings[0].chain[1].where = sample.findings[0].where;
  sample.findings[0].chain[1].object = sample.findings[0].object;
  sample.findings[0].chain[1].encryption = "mtls";
  sample.find(missing, {}, "no place");
  auto json = nlohmann::json::parse(render_json({sample.run, sample.findings, 0}));
  CHECK(check_schema(schema, json) == Complaints{});
  json["findings"][0]["chain"][0]["encryption"] = "none";
  CHECK(check_schema(schema, json) == Complaints{"$.findings[0].chain[0].encryption: not one of the enum"});
  CHECK(check_schema(schema, nlohmann::json::parse(render_json({Estate().run, {}, 0}))) == Complaints{});
}

TEST_CASE("a rule's page wraps its text, but not its code") {
  CHECK(render_rule(mismatch, {.colour = false, .unicode = true, .width = 40}) == R"(alb-backend-protocol-mismatch (error, correctness)
the protocol towards the targets is not
what the gateway expects

Compares what the load balancer sends
with what the gateway's server takes.

- silent where the gateway is not among
  the manifests

```yaml
alb.ingress.kubernetes.io/backend-protocol: HTTPS # a line of code is never wrapped
```

effect:   every request fails with 502; targets stay unhealthy
fix:      always (hoplint check --fix)
since:    hoplint 0.1.0
aliases:  IST0101, KIA1102
source:   https://example.org/alb
suppress: # hoplint: allow alb-backend-protocol-mismatch -- reason
)");
  CHECK(render_rule(missing, {}) == R"(virtualservice-gateway-missing (warning, reliability)
a gateway | that no manifest defines

fix:      none
since:    hoplint 0.1.0
suppress: # hoplint: allow virtualservice-gateway-missing -- reason
)");
  CHECK(render_rule(missing, {.colour = true, .unicode = true, .width = 0}).starts_with("\x1b[1mvirtualservice-gateway-missing\x1b[0m ("));
}

TEST_CASE("the rule table is Markdown with one row for each rule") {
  const RuleInfo* const rules[] = {&mismatch, &missing};
  CHECK(render_rule_table(rules) == R"(| Rule | Severity | Group | Fix | Aliases | Summary |
| --- | --- | --- | --- | --- | --- |
| `alb-backend-protocol-mismatch` | error | correctness | always | `IST0101`, `KIA1102` | the protocol towards the targets is not what the gateway expects |
| `virtualservice-gateway-missing` | warning | reliability | never |  | a gateway \| that no manifest defines |
)");
}

TEST_CASE("rules as JSON carry everything that is known of them") {
  const RuleInfo* const rules[] = {&mismatch, &missing};
  const auto json = nlohmann::ordered_json::parse(render_rules_json(rules));
  CHECK(json["schema"] == 1);
  CHECK(json["rules"].size() == 2);
  CHECK(json["rules"][0]["docs"] == mismatch.docs);
  CHECK(json["rules"][1].dump() == R"({"rule":"virtualservice-gateway-missing","family":"virtualservice","severity":"warning",)"
                                   R"("group":"reliability","fixes":"never","since":"0.1.0","preview":false,"versions":"","aliases":[],)"
                                   R"("summary":"a gateway | that no manifest defines",)"
                                   R"("effect":"","docs":"","source":""})");
}

}  // namespace
}  // namespace hop
