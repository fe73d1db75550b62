// The server's manners: lifecycle, errors, synchronisation, versions, cancellation, diagnostics pushed and pulled.

#include <algorithm>
#include <random>

#include "engine/lint.h"
#include "lsp/diagnostics.h"
#include "lsp/framing.h"
#include "lsp/uri.h"
#include "rule/table.h"
#include "support/catch.h"
#include "support/lsp_client.h"
#include "text/format.h"

namespace hop {
namespace {

using Strings = std::vector<std::string>;

const std::string route =
    "# café 🛒\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n"
    "  hosts: [cart.example.com]\n  gateways:\n  - edge\n  http:\n  - route:\n    - destination:\n        host: cart\n        subset: v1\n";
const std::string gateway =
    "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: shop}\nspec:\n  selector: {istio: ingress}\n"
    "  servers:\n  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: [\"cart.example.com\"]\n";
const std::string rule =
    "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: cart, namespace: shop}\nspec:\n  host: cart\n  subsets:\n"
    "  - name: v1\n    labels: {version: v1}\n";
const std::string service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec:\n  ports:\n  - {name: http, port: 80}\n";

std::map<std::string, std::string> shop() {
  return {{"/ws/gateway.yaml", gateway}, {"/ws/route.yaml", route}, {"/ws/rule.yaml", rule}, {"/ws/service.yaml", service}};
}

bool has(const Strings& list, const std::string& word) { return std::ranges::find(list, word) != list.end(); }

int error_code(const json& response) { return response.contains("error") ? response["error"]["code"].get<int>() : 0; }

std::size_t count(const LspClient& client, const std::string& method) {
  return static_cast<std::size_t>(
      std::ranges::count_if(client.received, [&](const json& message) { return message.value("method", "") == method; }));
}

constexpr auto missing = "virtualservice-subset-missing";

// --- lifecycle

TEST_CASE("nothing but initialize is answered before it") {
  LspClient client(shop());
  CHECK(error_code(client.respond("textDocument/hover", json::object())) == -32002);
  CHECK(error_code(client.respond("shutdown", nullptr)) == -32002);
  client.notify("textDocument/didOpen", {{"textDocument", {{"uri", "file:///ws/a.yaml"}, {"version", 1}, {"text", "a: b"}}}});
  client.settle();
  CHECK(client.received.size() == 2);
}

TEST_CASE("initialize happens once, and tells what there is") {
  LspClient client(shop());
  const json result = client.start();
  CHECK(result["capabilities"]["positionEncoding"] == "utf-16");
  CHECK(result["capabilities"]["textDocumentSync"]["change"] == 2);
  CHECK(result["serverInfo"]["name"] == "hoplint");
  CHECK(error_code(client.respond("initialize", json::object())) == -32600);
}

TEST_CASE("exit is 0 after shutdown and 1 without") {
  LspClient polite(shop());
  polite.start();
  CHECK(polite.respond("shutdown", nullptr)["result"].is_null());
  CHECK(error_code(polite.respond("textDocument/hover", json::object())) == -32600);
  CHECK_FALSE(polite.server.exit_code());
  polite.notify("exit", nullptr);
  CHECK(polite.server.exit_code() == 0);
  LspClient rude(shop());
  rude.start();
  rude.notify("exit", nullptr);
  CHECK(rude.server.exit_code() == 1);
  LspClient early(shop());
  early.notify("exit", nullptr);
  CHECK(early.server.exit_code() == 1);
}

TEST_CASE("what nobody knows is an error as a request and nothing as a notification") {
  LspClient client(shop());
  client.start();
  client.settle();
  CHECK(error_code(client.respond("textDocument/frobnicate", json::object())) == -32601);
  CHECK(error_code(client.respond("$/frobnicate", json::object())) == -32601);
  const std::size_t before = client.received.size();
  client.notify("$/frobnicate", json::object());
  client.notify("frobnicate", json::object());
  client.settle();
  CHECK(client.received.size() == before);
}

TEST_CASE("messages that are none are answered as such") {
  LspClient client(shop());
  client.start();
  client.settle();
  const auto answer = [&](std::string_view text) {
    client.server.handle(text);
    const auto out = client.server.take_output();
    return out.size() == 1 ? json::parse(out[0])["error"]["code"].get<int>() : 0;
  };
  CHECK(answer("{") == -32700);
  CHECK(answer("\xff\xfe") == -32700);
  CHECK(answer(std::string(1000, '[')) == -32700);
  CHECK(answer("[]") == -32600);
  CHECK(answer("{}") == -32600);
  CHECK(answer("17") == -32600);
  CHECK(answer(R"({"jsonrpc":"2.0","id":{},"method":"shutdown"})") == -32600);
  CHECK(answer(R"({"jsonrpc":"1.0","id":1,"method":"shutdown"})") == -32600);
  CHECK(answer("") == -32600);  // what was too large to be kept
  CHECK(answer(R"({"jsonrpc":"2.0","id":99,"result":null})") == 0);
}

TEST_CASE("a request's parameters may be anything") {
  LspClient client(shop());
  client.start();
  client.open("/ws/route.yaml");
  const json hostile[] = {nullptr,
                          json::object(),
                          json::array(),
                          {{"textDocument", 1}},
                          {{"textDocument", {{"uri", "file:///ws/route.yaml"}}}},
                          {{"textDocument", {{"uri", "file:///ws/route.yaml"}}}, {"position", {{"line", -5}, {"character", 1e300}}}},
                          {{"textDocument", {{"uri", "file:///ws/route.yaml"}}}, {"position", {{"line", 4294967295}, {"character", "x"}}}},
                          {{"textDocument", {{"uri", "file:%zz//ws"}}}, {"range", {{"start", {{"line", 9}}}, {"end", nullptr}}}},
                          {{"command", "hoplint.fixFile"}},
                          {{"command", "hoplint.suppress"}, {"arguments", {1, 2, 3}}}};
  for (const char* method :
       {"textDocument/definition", "textDocument/references", "textDocument/documentHighlight", "textDocument/prepareRename",
        "textDocument/rename", "textDocument/hover", "textDocument/completion", "textDocument/codeLens", "textDocument/documentSymbol",
        "workspace/symbol", "textDocument/codeAction", "codeAction/resolve", "textDocument/diagnostic", "workspace/diagnostic",
        "workspace/executeCommand", "hoplint/trace"}) {
    for (const json& params : hostile) {
      INFO(method << ' ' << params.dump());
      const json answer = client.respond(method, params);
      CHECK(error_code(answer) != -32603);
    }
  }
  for (const char* method : {"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "workspace/didChangeWatchedFiles",
                             "workspace/didChangeWorkspaceFolders", "workspace/didChangeConfiguration", "$/cancelRequest", "$/setTrace"}) {
    for (const json& params : hostile) client.notify(method, params);
  }
  client.settle();
}

// --- framing

TEST_CASE("messages come in whatever pieces") {
  const std::string stream = lsp::frame("{\"a\":1}") + "Content-Type: x\r\nContent-Length: 2\r\n\r\n[]" + lsp::frame("caf\u00e9");
  for (std::size_t piece = 1; piece < stream.size(); ++piece) {
    lsp::FrameReader reader;
    Strings messages;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      reader.feed(std::string_view(stream).substr(at, piece));
      while (auto message = reader.next()) messages.push_back(*message);
    }
    CHECK(messages == Strings{"{\"a\":1}", "[]", "caf\u00e9"});
  }
}

TEST_CASE("what is no header is passed over, and what is too large is left out") {
  lsp::FrameReader reader(100);
  reader.feed("rubbish\r\n\r\nContent-Length: x\r\n\r\nContent-Length: 18446744073709551616\r\n\r\n");
  reader.feed("Content-Length: 1000\r\n\r\n" + std::string(1000, 'x') + lsp::frame("next"));
  CHECK(reader.next() == std::string());
  CHECK(reader.next() == std::string("next"));
  CHECK_FALSE(reader.next());
  reader.feed(std::string(100000, 'y'));
  CHECK_FALSE(reader.next());
  reader.feed("\r\n\r\n" + lsp::frame("after"));
  CHECK(reader.next() == std::string("after"));
}

TEST_CASE("URIs of files") {
  CHECK(lsp::path_of_uri("file:///a%20b/c%C3%A9.yaml") == "/a b/cé.yaml");
  CHECK(lsp::path_of_uri("file://localhost/a") == "/a");
  CHECK(lsp::path_of_uri("file:/a/../b#x") == "/b");
  CHECK_FALSE(lsp::path_of_uri("file://host/a"));
  CHECK_FALSE(lsp::path_of_uri("untitled:Untitled-1"));
  CHECK_FALSE(lsp::path_of_uri("file:///a%00b"));
  CHECK_FALSE(lsp::path_of_uri(""));
}

// --- pushed diagnostics

TEST_CASE("files that were never opened are reported, and cleared when mended elsewhere") {
  auto files = shop();
  files["/ws/rule.yaml"].replace(files["/ws/rule.yaml"].find("name: v1"), 8, "name: v2");
  LspClient client(files);
  client.start();
  client.settle();
  REQUIRE(has(client.codes("/ws/route.yaml"), missing));
  const json finding = client.diagnostics("/ws/route.yaml")[0];
  CHECK(finding["severity"] == 1);
  CHECK(finding["source"] == "hoplint");
  CHECK(finding["codeDescription"]["href"].get<std::string>().ends_with("virtualservice-subset-missing.md"));
  REQUIRE_FALSE(finding["relatedInformation"].empty());
  CHECK(finding["relatedInformation"][0]["location"]["uri"] == "file:///ws/rule.yaml");
  CHECK_FALSE(finding["data"]["fingerprint"].get<std::string>().empty());
  client.open("/ws/rule.yaml", 7);
  client.edit("/ws/rule.yaml", "name: v2", "name: v1");
  client.settle();
  CHECK(client.diagnostics("/ws/route.yaml").empty());
}

TEST_CASE("the other end is named in the message for clients that show no related places") {
  auto files = shop();
  files["/ws/rule.yaml"].replace(files["/ws/rule.yaml"].find("name: v1"), 8, "name: v2");
  LspClient client(files);
  client.start(json::object());
  client.settle();
  REQUIRE(has(client.codes("/ws/route.yaml"), missing));
  const json finding = client.diagnostics("/ws/route.yaml")[0];
  CHECK_FALSE(finding.contains("relatedInformation"));
  CHECK_FALSE(finding.contains("codeDescription"));
  CHECK_FALSE(finding.contains("tags"));
  CHECK_THAT(finding["message"].get<std::string>(), Catch::Contains("rule.yaml:"));
}

TEST_CASE("diagnostics carry the version they are for, and nothing is said twice") {
  LspClient client(shop());
  client.start();
  client.open("/ws/route.yaml", 3);
  client.edit("/ws/route.yaml", "subset: v1", "subset: v9");
  client.settle();
  const auto last = std::ranges::find_if(client.received.rbegin(), client.received.rend(), [](const json& message) {
    return message.value("method", "") == "textDocument/publishDiagnostics" && message["params"]["uri"] == "file:///ws/route.yaml";
  });
  REQUIRE(last != client.received.rend());
  CHECK((*last)["params"]["version"] == 4);
  const std::size_t before = count(client, "textDocument/publishDiagnostics");
  client.edit("/ws/route.yaml", "subset: v9", "subset: v9  # later");
  client.settle();
  CHECK(count(client, "textDocument/publishDiagnostics") == before);
  client.edit("/ws/route.yaml", "# caf", "# a\n# caf");
  client.settle();
  CHECK(count(client, "textDocument/publishDiagnostics") == before + 1);
}

TEST_CASE("a file that is opened is told of again, with its version") {
  auto files = shop();
  files["/ws/route.yaml"].replace(files["/ws/route.yaml"].find("subset: v1"), 10, "subset: v9");
  LspClient client(files);
  client.start();
  client.settle();
  const json before = client.diagnostics("/ws/route.yaml");
  REQUIRE_FALSE(before.empty());
  const std::size_t sent = count(client, "textDocument/publishDiagnostics");
  client.open("/ws/route.yaml", 3);
  client.settle();
  REQUIRE(count(client, "textDocument/publishDiagnostics") == sent + 1);
  CHECK(client.received.back()["params"]["version"] == 3);
  CHECK(client.received.back()["params"]["diagnostics"] == before);
}

TEST_CASE("a change of an older version is dropped") {
  LspClient client(shop());
  client.start();
  client.open("/ws/route.yaml", 5);
  client.notify("textDocument/didChange", {{"textDocument", {{"uri", "file:///ws/route.yaml"}, {"version", 5}}},
                                           {"contentChanges", json::array({{{"text", "kind: ["}}})}});
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());
}

TEST_CASE("while a document is broken only it says so") {
  LspClient client(shop());
  client.start();
  client.open("/ws/rule.yaml");
  client.settle();
  client.edit("/ws/rule.yaml", "name: v1", "name: [v1");
  client.settle();
  CHECK(client.codes("/ws/rule.yaml") == Strings{"yaml-syntax"});
  CHECK(client.codes("/ws/route.yaml").empty());
  CHECK_FALSE(client.ask("textDocument/definition", client.at("/ws/route.yaml", "subset: v|1")).is_null());
  client.edit("/ws/rule.yaml", "name: [v1", "name: v2");
  client.settle();
  CHECK_FALSE(has(client.codes("/ws/rule.yaml"), "yaml-syntax"));
  CHECK(has(client.codes("/ws/route.yaml"), missing));
}

TEST_CASE("a file that is opened broken has an outline, and disturbs no other") {
  auto texts = shop();
  std::string& broken = texts.at("/ws/rule.yaml");
  broken.replace(broken.find("name: v1"), 8, "name: [v1");
  LspClient client(texts);
  client.start();
  client.open("/ws/rule.yaml");
  client.settle();
  CHECK(client.codes("/ws/rule.yaml") == Strings{"yaml-syntax"});
  CHECK(client.codes("/ws/route.yaml").empty());
  const json symbols = client.ask("textDocument/documentSymbol", {{"textDocument", {{"uri", LspClient::uri("/ws/rule.yaml")}}}});
  REQUIRE(symbols.size() == 1);
  CHECK(symbols[0]["name"] == "DestinationRule shop/cart");
  CHECK_FALSE(client.ask("textDocument/definition", client.at("/ws/rule.yaml", "host: car|t")).is_null());
}

/// Throws where it is told to, as a bug of ours or too little memory would.
class ThrowingFiles final : public FileSystem {
 public:
  std::map<std::string, std::string> texts;
  mutable bool reads_throw = false, lists_throw = false;
  Result<std::string> read(const std::string& path, std::uint64_t limit) const override {
    if (reads_throw && path.ends_with("route.yaml")) throw std::runtime_error("a bug");
    return MemoryFiles(texts).read(path, limit);
  }
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    if (lists_throw) throw std::bad_alloc();
    return MemoryFiles(texts).list(path);
  }
  FileType type(const std::string& path) const override { return MemoryFiles(texts).type(path); }
  std::string canonical(const std::string& path) const override { return MemoryFiles(texts).canonical(path); }
};

/// Works until there is nothing to do, and fails if there always is.
std::vector<json> settle(lsp::Server& server) {
  constexpr int enough = 10'000;
  int slices = 0;
  while (server.step()) REQUIRE(++slices < enough);
  std::vector<json> sent;
  for (const std::string& message : server.take_output()) sent.push_back(json::parse(message));
  return sent;
}

std::vector<json> of_method(const std::vector<json>& sent, const std::string& method) {
  std::vector<json> found;
  std::copy_if(sent.begin(), sent.end(), std::back_inserter(found), [&](const json& one) { return one.value("method", "") == method; });
  return found;
}

TEST_CASE("what goes wrong in the work is told once, and the server goes on") {
  const bool reads = GENERATE(true, false);
  CAPTURE(reads);
  ThrowingFiles files;
  files.texts = shop();
  (reads ? files.reads_throw : files.lists_throw) = true;
  lsp::Server server(files, "2026-01-01");
  const auto tell = [&](const std::string& method, const json& params, int id = 0) {
    json message{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}};
    if (id != 0) message["id"] = id;
    server.handle(message.dump());
  };
  tell("initialize", {{"capabilities", json::object()}, {"workspaceFolders", json::array({{{"uri", "file:///ws"}, {"name", "ws"}}})}}, 1);
  tell("initialized", json::object());
  auto sent = settle(server);
  REQUIRE(of_method(sent, "window/logMessage").size() == 1);
  CHECK(of_method(sent, "window/logMessage")[0]["params"]["type"] == 1);
  CHECK(of_method(sent, "textDocument/publishDiagnostics").empty());

  // The same again is not told again, and requests are answered for all that.
  const json document{{"textDocument", {{"uri", "file:///ws/rule.yaml"}}}};
  tell("workspace/didChangeWatchedFiles", {{"changes", json::array({{{"uri", "file:///ws/.gitignore"}, {"type", 2}}})}});
  tell("textDocument/documentSymbol", document, 2);
  sent = settle(server);
  CHECK(of_method(sent, "window/logMessage").empty());
  CHECK(std::any_of(sent.begin(), sent.end(), [](const json& one) { return one.value("id", 0) == 2 && one.contains("result"); }));

  files.reads_throw = files.lists_throw = false;
  files.texts["/ws/rule.yaml"] = "kind: [";
  tell("workspace/didChangeWatchedFiles", {{"changes", json::array({{{"uri", "file:///ws/.gitignore"}, {"type", 2}}})}});
  sent = settle(server);
  REQUIRE(of_method(sent, "textDocument/publishDiagnostics").size() == 1);
  CHECK(of_method(sent, "textDocument/publishDiagnostics")[0]["params"]["uri"] == "file:///ws/rule.yaml");

  // What it had found stays.
  files.reads_throw = true;
  tell("workspace/didChangeWatchedFiles", {{"changes", json::array({{{"uri", "file:///ws/route.yaml"}, {"type", 2}}})}});
  sent = settle(server);
  CHECK(of_method(sent, "window/logMessage").size() == 1);
  CHECK(of_method(sent, "textDocument/publishDiagnostics").empty());
}

TEST_CASE("what has no effect is faded, as its rule says") {
  for (const RuleEntry& entry : all_rules()) {
    if (entry.rule->info.group == Group::deprecation) CHECK_FALSE(entry.rule->info.ineffective);
  }
  const auto tagged = [](const RuleEntry& entry) { return entry.rule->info.ineffective; };
  CHECK(std::ranges::count_if(all_rules(), tagged) == 22);
}

// --- pulled diagnostics

json pulling() {
  json capabilities = rich_capabilities();
  capabilities["textDocument"]["diagnostic"] = json::object();
  capabilities["workspace"]["diagnostics"] = {{"refreshSupport", true}};
  return capabilities;
}

TEST_CASE("open files are pulled, others pushed, and none is both") {
  LspClient client(shop());
  const json result = client.start(pulling());
  CHECK(result["capabilities"]["diagnosticProvider"]["interFileDependencies"] == true);
  CHECK(result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] == true);
  client.open("/ws/route.yaml");
  client.open("/ws/rule.yaml");
  client.settle();
  const json document = {{"textDocument", {{"uri", "file:///ws/route.yaml"}}}};
  const json first = client.ask("textDocument/diagnostic", document);
  CHECK(first["kind"] == "full");
  CHECK(first["items"].empty());
  client.edit("/ws/rule.yaml", "name: v1", "name: v2");
  client.settle();
  CHECK(client.diagnostics("/ws/route.yaml").is_null());
  CHECK(count(client, "workspace/diagnostic/refresh") == 1);
  json again = document;
  again["previousResultId"] = first["resultId"];
  const json second = client.ask("textDocument/diagnostic", again);
  CHECK(second["kind"] == "full");
  CHECK(second["items"].size() == 1);
  again["previousResultId"] = second["resultId"];
  CHECK(client.ask("textDocument/diagnostic", again)["kind"] == "unchanged");
  client.close("/ws/route.yaml");
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
  client.open("/ws/route.yaml");
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());
}

TEST_CASE("the whole workspace can be pulled, in parts and with result ids") {
  auto files = shop();
  files["/ws/rule.yaml"].replace(files["/ws/rule.yaml"].find("name: v1"), 8, "name: v2");
  LspClient client(files);
  client.start(pulling());
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
  const json first = client.ask("workspace/diagnostic", {{"previousResultIds", json::array()}});
  REQUIRE(first["items"].size() >= 1);
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());  // what was pushed is taken back
  json ids = json::array();
  for (const json& report : first["items"]) ids.push_back({{"uri", report["uri"]}, {"value", report["resultId"]}});
  const json again = client.ask("workspace/diagnostic", {{"previousResultIds", ids}});
  for (const json& report : again["items"]) CHECK(report["kind"] == "unchanged");
  client.files.texts["/ws/rule.yaml"] = rule;
  client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", "file:///ws/rule.yaml"}, {"type", 2}}}}});
  const json last = client.ask("workspace/diagnostic", {{"previousResultIds", ids}, {"partialResultToken", "t"}});
  CHECK(last["items"].empty());
  const json& part = client.received[client.received.size() - 2];
  REQUIRE(part["method"] == "$/progress");
  CHECK(part["params"]["token"] == "t");
  const auto route_report =
      std::ranges::find_if(part["params"]["value"]["items"], [](const json& one) { return one["uri"] == "file:///ws/route.yaml"; });
  REQUIRE(route_report != part["params"]["value"]["items"].end());
  CHECK((*route_report)["items"].empty());
}

TEST_CASE("a client that cannot be told to ask again is told") {
  json capabilities = pulling();
  capabilities["workspace"]["diagnostics"] = json::object();
  LspClient client(shop());
  CHECK_FALSE(client.start(capabilities)["capabilities"].contains("diagnosticProvider"));
}

// --- requests that wait

TEST_CASE("a request can be cancelled while it waits, and an edit makes its answer worthless") {
  LspClient client(shop());
  client.start();
  client.open("/ws/route.yaml");
  const int cancelled = client.send("textDocument/hover", client.at("/ws/route.yaml", "host: ca|rt"));
  const int modified = client.send("textDocument/definition", client.at("/ws/route.yaml", "host: ca|rt"));
  const int kept = client.send("textDocument/documentSymbol", {{"textDocument", {{"uri", "file:///ws/route.yaml"}}}});
  client.notify("$/cancelRequest", {{"id", cancelled}});
  client.edit("/ws/route.yaml", "subset: v1", "subset: v2");
  client.settle();
  const auto answer = [&](int id) {
    const auto found = std::ranges::find_if(
        client.received, [&](const json& message) { return message.contains("id") && message["id"] == id && !message.contains("method"); });
    REQUIRE(found != client.received.end());
    return *found;
  };
  CHECK(error_code(answer(cancelled)) == -32800);
  CHECK(error_code(answer(modified)) == -32801);
  CHECK(answer(kept)["result"].size() == 1);
  client.notify("$/cancelRequest", {{"id", 4711}});
  client.notify("$/cancelRequest", {{"id", "x"}});
}

TEST_CASE("completion does not wait for the work") {
  LspClient client(shop());
  client.start();
  client.open("/ws/route.yaml");
  client.settle();
  client.edit("/ws/route.yaml", "subset: v1", "subset: ");
  const int id = client.send("textDocument/completion", client.at("/ws/route.yaml", "subset: |"));
  REQUIRE(client.server.step());
  client.receive();
  CHECK(client.received.back()["id"] == id);
  CHECK(client.received.back()["result"]["items"][0]["label"] == "v1");
}

// --- the world around

TEST_CASE("files that are made, changed and deleted on disk are seen") {
  LspClient client(shop());
  client.start();
  client.settle();
  REQUIRE(count(client, "client/registerCapability") == 1);
  const auto tell = [&](int type) {
    client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", "file:///ws/rule.yaml"}, {"type", type}}}}});
  };
  client.files.texts["/ws/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  tell(2);
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
  client.files.texts.erase("/ws/rule.yaml");
  tell(3);
  client.settle();
  CHECK_FALSE(has(client.codes("/ws/route.yaml"), missing));
  client.files.texts["/ws/rule.yaml"] = rule;
  client.files.texts["/ws/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v3");
  tell(1);
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
  // What an editor holds wins over the disk.
  client.open_texts["/ws/rule.yaml"] = rule;
  client.notify("textDocument/didOpen", {{"textDocument", {{"uri", "file:///ws/rule.yaml"}, {"version", 1}, {"text", rule}}}});
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());
  tell(2);
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());
  client.close("/ws/rule.yaml");
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
}

TEST_CASE("a client that cannot watch files makes us look when it saves") {
  json capabilities = rich_capabilities();
  capabilities["workspace"].erase("didChangeWatchedFiles");
  LspClient client(shop());
  client.start(capabilities);
  client.open("/ws/route.yaml");
  client.settle();
  CHECK(count(client, "client/registerCapability") == 0);
  client.files.texts["/ws/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  client.notify("textDocument/didSave", {{"textDocument", {{"uri", "file:///ws/route.yaml"}}}});
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
}

TEST_CASE("a new document that is on no disk yet is one of the folder's") {
  LspClient client(shop());
  client.files.texts.erase("/ws/rule.yaml");
  client.start();
  client.open_texts["/ws/rule.yaml"] = rule;
  std::string other = rule;
  other.replace(other.find("name: v1"), 8, "name: v2");
  client.notify("textDocument/didOpen", {{"textDocument", {{"uri", "file:///ws/rule.yaml"}, {"version", 1}, {"text", other}}}});
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
  client.close("/ws/rule.yaml");
  client.settle();
  CHECK_FALSE(has(client.codes("/ws/route.yaml"), missing));
}

TEST_CASE("folders come and go, and see nothing of each other") {
  auto files = shop();
  files["/other/rule.yaml"] = rule;
  files["/other/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  files["/other/route.yaml"] = route;
  LspClient client(files);
  client.start();
  client.settle();
  CHECK(client.diagnostics("/other/route.yaml").is_null());
  const json folder = json::array({{{"uri", "file:///other"}, {"name", "other"}}});
  client.notify("workspace/didChangeWorkspaceFolders", {{"event", {{"added", folder}, {"removed", json::array()}}}});
  client.settle();
  CHECK(has(client.codes("/other/route.yaml"), missing));
  CHECK_FALSE(has(client.codes("/ws/route.yaml"), missing));
  client.notify("workspace/didChangeWorkspaceFolders", {{"event", {{"added", json::array()}, {"removed", folder}}}});
  client.settle();
  CHECK(client.codes("/other/route.yaml").empty());
}

TEST_CASE("without a folder an open file is linted by itself") {
  LspClient client(shop());
  client.start(rich_capabilities(), {{"workspaceFolders", nullptr}, {"rootUri", nullptr}});
  client.files.texts["/ws/route.yaml"] = "kind: [";
  client.open("/ws/route.yaml");
  client.settle();
  CHECK(client.codes("/ws/route.yaml") == Strings{"yaml-syntax"});
  client.close("/ws/route.yaml");
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());
}

TEST_CASE("a folder below with a configuration of its own is a root of its own") {
  auto files = shop();
  files["/ws/team/.hoplint.yaml"] = "ignore: [virtualservice-subset-missing]\n";
  files["/ws/team/route.yaml"] = route;
  files["/ws/team/rule.yaml"] = rule;
  files["/ws/team/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  LspClient client(files);
  client.start();
  client.open("/ws/team/route.yaml");
  client.settle();
  CHECK(client.codes("/ws/route.yaml").empty());
  CHECK_FALSE(has(client.codes("/ws/team/route.yaml"), missing));
  CHECK(client.ask("textDocument/definition", client.at("/ws/team/route.yaml", "host: ca|rt")).is_null());
  client.files.texts["/ws/team/.hoplint.yaml"] = "ignore: []\n";
  client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", "file:///ws/team/.hoplint.yaml"}, {"type", 2}}}}});
  client.settle();
  CHECK(has(client.codes("/ws/team/route.yaml"), missing));
}

TEST_CASE("what the configuration extends is part of it") {
  auto files = shop();
  files["/ws/.hoplint.yaml"] = "extends: [policies/base.yaml]\n";
  files["/ws/policies/base.yaml"] = "ignore: [virtualservice-subset-missing]\n";
  files["/ws/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  LspClient client(files);
  client.start();
  client.settle();
  CHECK_FALSE(has(client.codes("/ws/route.yaml"), missing));
  const auto tell = [&](int type) {
    client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", "file:///ws/policies/base.yaml"}, {"type", type}}}}});
    client.settle();
  };
  client.files.texts["/ws/policies/base.yaml"] = "ignore: []\n";
  tell(2);
  CHECK(has(client.codes("/ws/route.yaml"), missing));
  client.files.texts.erase("/ws/policies/base.yaml");
  tell(3);
  CHECK(client.codes("/ws/.hoplint.yaml") == Strings{"config-invalid"});
  client.files.texts["/ws/policies/base.yaml"] = "ignore: [virtualservice-subset-missing]\n";
  tell(1);
  CHECK(client.codes("/ws/.hoplint.yaml").empty());
  CHECK_FALSE(has(client.codes("/ws/route.yaml"), missing));
  // In an editor, too.
  client.open("/ws/policies/base.yaml");
  client.edit("/ws/policies/base.yaml", "[virtualservice-subset-missing]", "[]");
  client.settle();
  CHECK(has(client.codes("/ws/route.yaml"), missing));
}

TEST_CASE("mistakes in the configuration are diagnostics of its file") {
  auto files = shop();
  files["/ws/.hoplint.yaml"] = "selct: [x]\n";
  LspClient client(files);
  client.start();
  client.settle();
  REQUIRE(client.codes("/ws/.hoplint.yaml") == Strings{"config-invalid"});
  client.open("/ws/.hoplint.yaml");
  client.edit("/ws/.hoplint.yaml", "selct: [x]", "ignore: [virtualservice]");
  client.settle();
  CHECK(client.codes("/ws/.hoplint.yaml").empty());
}

TEST_CASE("settings come with initialize, from the client when it is asked, or in the notification") {
  auto files = shop();
  files["/ws/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  const json ignore = {{"ignore", {missing}}};
  LspClient first(files);
  first.start(rich_capabilities(), {{"initializationOptions", ignore}});
  first.settle();
  CHECK_FALSE(has(first.codes("/ws/route.yaml"), missing));
  json capabilities = rich_capabilities();
  capabilities["workspace"]["configuration"] = true;
  LspClient second(files);
  second.configuration = ignore;
  second.start(capabilities);
  second.settle();
  CHECK_FALSE(has(second.codes("/ws/route.yaml"), missing));
  second.configuration = json::object();
  second.notify("workspace/didChangeConfiguration", {{"settings", nullptr}});
  second.settle();
  CHECK(has(second.codes("/ws/route.yaml"), missing));
  LspClient other(files);
  other.configuration = {{"ignore", {"metadata"}}};
  other.start(capabilities, {{"initializationOptions", ignore}});
  other.settle();
  CHECK(has(other.codes("/ws/route.yaml"), missing));
  other.configuration = nullptr;
  other.notify("workspace/didChangeConfiguration", {{"settings", nullptr}});
  other.settle();
  CHECK_FALSE(has(other.codes("/ws/route.yaml"), missing));
  LspClient third(files);
  third.start();
  third.settle();
  third.notify("workspace/didChangeConfiguration", {{"settings", {{"hoplint", ignore}}}});
  third.settle();
  CHECK_FALSE(has(third.codes("/ws/route.yaml"), missing));
}

TEST_CASE("the client's settings mean what they mean on the command line") {
  auto files = shop();
  files["/ws/rule.yaml"].replace(rule.find("name: v1"), 8, "name: v2");
  files["/ws/.hoplint.yaml"] = "overrides: [{paths: ['*.yaml'], select: [virtualservice-subset-missing]}]\ncomplete: [shop]\n";
  // What overrides select beside it is not asked for.
  LspClient narrow(files);
  narrow.start(rich_capabilities(), {{"initializationOptions", {{"select", {"gateway"}}}}});
  narrow.settle();
  CHECK_FALSE(has(narrow.codes("/ws/route.yaml"), missing));

  // Paths in `known` start from the open folder, in the roots below it, too.
  const std::string outside =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: shop}\n"
      "spec:\n  hosts: [r.example.com]\n  http: [{route: [{destination: {host: stubbed}}]}]\n";
  constexpr auto absent = "virtualservice-destination-missing";
  files = {
      {"/ws/r.yaml", outside},
      {"/ws/deploy/r.yaml", outside},
      {"/ws/deploy/.hoplint.yaml", "complete: true\n"},
      {"/ws/.hoplint.yaml", "complete: [shop]\nexclude: [stubs/]\n"},
      {"/ws/stubs/s.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: stubbed, namespace: shop}\nspec: {ports: [{port: 80}]}\n"}};
  const auto lacking = [&](const json& settings) {
    LspClient client(files);
    client.start(rich_capabilities(), {{"initializationOptions", settings}});
    client.settle();
    return Strings{has(client.codes("/ws/r.yaml"), absent) ? "top" : "", has(client.codes("/ws/deploy/r.yaml"), absent) ? "below" : ""};
  };
  CHECK(lacking(json::object()) == Strings{"top", "below"});
  CHECK(lacking({{"known", {"stubs/"}}}) == Strings{"", ""});
  CHECK(lacking({{"known", {"Service shop/stubbed"}}}) == Strings{"", ""});
  // Another list takes the place of the configuration's.
  CHECK(lacking({{"complete", {"other"}}}) == Strings{"", ""});
  CHECK(lacking({{"complete", false}}) == Strings{"", ""});
  CHECK(lacking({{"complete", {"shop"}}}) == Strings{"top", "below"});
}

TEST_CASE("a client without literals is offered to fix everything only where something can be fixed") {
  json capabilities = rich_capabilities();
  capabilities["textDocument"]["codeAction"].erase("codeActionLiteralSupport");
  auto files = shop();
  files["/ws/weight.yaml"] =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\n  namespace: shop\n  annotations:\n"
      "    example.com/weight: 10\nspec: {}\n";
  LspClient client(files);
  client.start(capabilities);
  client.open("/ws/cart.yaml");
  client.open("/ws/weight.yaml");
  client.settle();
  const json range = {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 0}, {"character", 0}}}};
  const auto offered = [&](const std::string& path) {
    return client.ask("textDocument/codeAction",
                      {{"textDocument", {{"uri", LspClient::uri(path)}}}, {"range", range}, {"context", {{"diagnostics", json::array()}}}});
  };
  CHECK(offered("/ws/cart.yaml").empty());
  CHECK(offered("/ws/weight.yaml").size() == 1);
}

TEST_CASE("the first index has progress, and messages can be traced") {
  auto files = shop();
  json capabilities = rich_capabilities();
  capabilities["window"]["workDoneProgress"] = true;
  LspClient client(files);
  client.start(capabilities);
  client.settle();
  std::vector<std::string> kinds;
  for (const json& message : client.received) {
    if (message.value("method", "") == "$/progress") kinds.push_back(message["params"]["value"]["kind"]);
  }
  REQUIRE(kinds.size() >= 2);
  CHECK(kinds.front() == "begin");
  CHECK(kinds.back() == "end");
  CHECK(count(client, "$/logTrace") == 0);
  client.notify("$/setTrace", {{"value", "messages"}});
  client.respond("textDocument/frobnicate", json::object());
  CHECK(count(client, "$/logTrace") >= 1);
  client.notify("$/setTrace", {{"value", "off"}});
  const std::size_t before = count(client, "$/logTrace");
  client.respond("textDocument/frobnicate", json::object());
  CHECK(count(client, "$/logTrace") == before);
}

// --- synchronisation

/// The oracle: after any incremental edits, with any characters and in both encodings, the server says what a fresh lint of the text says.
TEST_CASE("after many incremental edits the server says what lint says") {
  for (const bool utf8 : {false, true}) {
    json capabilities = rich_capabilities();
    capabilities["general"]["positionEncodings"] = utf8 ? json::array({"utf-8"}) : json::array({"utf-16"});
    LspClient client(shop());
    client.start(capabilities);
    for (const auto& [path, text] : shop()) client.open(path);
    std::mt19937 random(utf8 ? 1 : 2);
    const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
    const Strings words = {"é", "🛒", "\r\n", "\n", " ", "v2", "x: 🛒 # é\n", "", "cart", "edge", "---\n", "𝒳"};
    for (int round = 0; round < 400; ++round) {
      auto at = client.open_texts.begin();
      std::advance(at, static_cast<std::ptrdiff_t>(any(client.open_texts.size())));
      const auto& [path, text] = *at;
      const auto boundary = [&](std::size_t offset) {
        while (offset > 0 && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0) == 0x80) --offset;
        return offset;
      };
      const std::size_t begin = boundary(any(text.size() + 1)), end = boundary(std::min(text.size(), begin + any(6)));
      const std::string old = text.substr(begin, std::max(begin, end) - begin);
      // No carriage return is torn from its line feed: editors have no position there.
      if (old.empty() || text.find(old) != begin || old.find('\r') != std::string::npos) continue;
      if (begin > 0 && text[begin - 1] == '\r') continue;
      if (text.substr(0, begin).find('\r') != std::string::npos) continue;
      client.edit(path, old, words[any(words.size())]);
      if (any(4) == 0) client.settle();
    }
    client.settle();
    for (const auto& [path, text] : client.open_texts) client.files.texts[path] = text;
    for (const auto& [path, text] : shop()) client.close(path);
    client.settle();
    Settings settings;
    settings.today = "2026-01-01";
    const LintRun run = lint(client.files, {{"/ws", std::nullopt}}, settings);
    std::map<std::string, Strings> expected;
    for (const Diagnostic& finding : run.findings) {
      if (!finding.suppressed && finding.where) expected[run.input->sources[finding.where.file].path()].emplace_back(finding.rule->id);
    }
    for (const auto& [path, text] : shop()) {
      INFO(path << '\n' << client.files.texts[path]);
      CHECK(client.codes(path) == expected[path]);
    }
  }
}

}  // namespace
}  // namespace hop
