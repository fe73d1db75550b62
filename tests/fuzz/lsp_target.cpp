// Any bytes on the server's stdin: framing, then handle() and step() over a small workspace. The first byte chooses whether the rest is the
// raw stream, one message after the other without frames, or edits of an open document.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/targets.h"
#include "lsp/framing.h"
#include "lsp/server.h"
#include "report/json_text.h"
#include "text/file_system.h"

namespace hop::fuzz {
namespace {

constexpr std::string_view document =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec:\n  hosts: "
    "[cart.example.com]\n"
    "  gateways:\n  - edge\n  http:\n  - route:\n    - destination:\n        host: cart\n        subset: v1\n---\napiVersion: v1\n"
    "kind: Service\nmetadata: {name: cart, namespace: shop}\nspec:\n  ports:\n  - {name: http, port: 80}\n";

void settle(lsp::Server& server) {
  for (int i = 0; i < 10000 && server.step(); ++i) {
  }
  server.take_output();
}

void send(lsp::Server& server, std::string_view method, const Json& params, int id = 0) {
  Json message{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}};
  if (id != 0) message.add("id", id);
  server.handle(message.compact());
}

void start(lsp::Server& server) {
  send(server, "initialize", Json{{"rootUri", "file:///ws"}, {"capabilities", Json{}}}, 1);
  send(server, "initialized", Json{});
  send(server, "textDocument/didOpen", Json{{"textDocument", Json{{"uri", "file:///ws/a.yaml"}, {"version", 0}, {"text", document}}}});
  settle(server);
}

/// Four numbers and a word for each of some edits, then every request at one place.
void edit(lsp::Server& server, std::string_view bytes) {
  const auto number = [&](std::size_t at) { return static_cast<int>(static_cast<unsigned char>(bytes[at])) % 24; };
  int version = 0;
  constexpr int most = 10;
  while (bytes.size() > 5 && version < most) {
    const std::size_t size = std::min<std::size_t>(static_cast<unsigned char>(bytes[4]) % 12, bytes.size() - 5);
    const Json range{{"start", Json{{"line", number(0)}, {"character", number(1)}}},
                     {"end", Json{{"line", number(2)}, {"character", number(3)}}}};
    const Json change{{"range", range}, {"text", bytes.substr(5, size)}};
    send(server, "textDocument/didChange",
         Json{{"textDocument", Json{{"uri", "file:///ws/a.yaml"}, {"version", ++version}}},
              {"contentChanges", Json::list(std::vector<Json>{change})}});
    const Json place{{"textDocument", Json{{"uri", "file:///ws/a.yaml"}}},
                     {"position", Json{{"line", number(0)}, {"character", number(1)}}},
                     {"range", range},
                     {"newName", "other"},
                     {"query", bytes.substr(5, size)}};
    for (const char* method : {"textDocument/hover", "textDocument/definition", "textDocument/completion", "textDocument/rename",
                               "textDocument/codeAction", "textDocument/codeLens", "textDocument/documentSymbol", "workspace/symbol"}) {
      send(server, method, place, 100 + version);
    }
    settle(server);
    bytes.remove_prefix(5 + size);
  }
}

}  // namespace

void fuzz_lsp(std::string_view bytes) {
  if (bytes.empty()) return;
  const int way = static_cast<unsigned char>(bytes[0]) % 4;
  bytes.remove_prefix(1);
  const MemoryFiles disk({{"/ws/a.yaml", std::string(document)}, {"/ws/.hoplint.yaml", "ignore: [policy]\n"}});
  lsp::Server server(disk, "2026-01-01", 1);
  if (way != 0) start(server);
  if (way == 3) {
    edit(server, bytes);
  } else if (way == 2) {
    server.handle(bytes);
  } else {
    lsp::FrameReader reader(1U << 20U);
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
      reader.feed(bytes.substr(at, 7));
      while (auto message = reader.next()) server.handle(*message);
    }
  }
  settle(server);
}

}  // namespace hop::fuzz
