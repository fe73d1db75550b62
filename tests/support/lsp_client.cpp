#include "support/lsp_client.h"

#include <stdexcept>

#include "support/catch.h"

namespace hop {

json rich_capabilities() {
  return json::parse(R"({
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
      "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true, "dataSupport": true,
                             "tagSupport": {"valueSet": [1, 2]}},
      "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}, "isPreferredSupport": true},
      "hover": {"contentFormat": ["markdown"]}, "rename": {"prepareSupport": true},
      "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}},
    "workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]},
                  "didChangeWatchedFiles": {"dynamicRegistration": true}}})");
}

LspClient::LspClient(std::map<std::string, std::string> texts) : files{}, server(files, "2026-01-01", 1) { files.texts = std::move(texts); }

json LspClient::start(json capabilities, json more) {
  utf8 = capabilities.value("/general/positionEncodings/0"_json_pointer, "") == "utf-8";
  json params = {{"processId", nullptr}, {"capabilities", std::move(capabilities)}};
  params["workspaceFolders"] = json::array({{{"uri", "file:///ws"}, {"name", "ws"}}});
  params.update(more);
  json result = ask("initialize", params);
  notify("initialized", json::object());
  return result;
}

void LspClient::notify(const std::string& method, const json& params) {
  server.handle(json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
  receive();
}

int LspClient::send(const std::string& method, const json& params) {
  server.handle(json{{"jsonrpc", "2.0"}, {"id", ++last_id_}, {"method", method}, {"params", params}}.dump());
  receive();
  return last_id_;
}

json LspClient::respond(const std::string& method, const json& params) {
  const int id = send(method, params);
  while (!responses_.contains(id) && server.step()) receive();
  receive();
  REQUIRE(responses_.contains(id));
  return responses_[id];
}

json LspClient::ask(const std::string& method, const json& params) {
  const json answer = respond(method, params);
  INFO(answer.dump());
  REQUIRE(answer.contains("result"));
  return answer["result"];
}

void LspClient::settle() {
  for (bool more = true; more; receive()) more = server.step();
}

void LspClient::receive() {
  for (const std::string& text : server.take_output()) {
    const json message = json::parse(text);
    REQUIRE(message["jsonrpc"] == "2.0");
    received.push_back(message);
    if (message.contains("method") && message.contains("id")) {
      json result = nullptr;
      if (message["method"] == "workspace/configuration") result = json::array({configuration});
      server.handle(json{{"jsonrpc", "2.0"}, {"id", message["id"]}, {"result", result}}.dump());
    } else if (message.contains("id") && message["id"].is_number()) {
      responses_[message["id"]] = message;
    } else if (message.value("method", "") == "textDocument/publishDiagnostics") {
      diagnostics_[message["params"]["uri"]] = message["params"];
    }
  }
}

std::string LspClient::text_of(const std::string& path) const {
  const auto open = open_texts.find(path);
  return open != open_texts.end() ? open->second : files.texts.at(path);
}

void LspClient::open(const std::string& path, int version) {
  open_texts[path] = files.texts.contains(path) ? files.texts.at(path) : std::string();
  versions_[path] = version;
  notify("textDocument/didOpen",
         {{"textDocument", {{"uri", uri(path)}, {"languageId", "yaml"}, {"version", version}, {"text", open_texts[path]}}}});
}

void LspClient::edit(const std::string& path, std::string_view old, std::string_view now) {
  std::string& text = open_texts.at(path);
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  const json range = {{"start", position(path, at)}, {"end", position(path, at + old.size())}};
  text.replace(at, old.size(), now);
  notify("textDocument/didChange", {{"textDocument", {{"uri", uri(path)}, {"version", ++versions_[path]}}},
                                    {"contentChanges", json::array({{{"range", range}, {"text", now}}})}});
}

void LspClient::close(const std::string& path) {
  open_texts.erase(path);
  notify("textDocument/didClose", {{"textDocument", {{"uri", uri(path)}}}});
}

/// Counted here in the simplest way, and not with the server's own code.
json LspClient::position(const std::string& path, std::size_t offset) const {
  const std::string text = text_of(path);
  int line = 0, character = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++line, character = 0;
    } else if (utf8) {
      ++character;
    } else {
      character += byte >= 0xf0 ? 2 : (byte & 0xc0) == 0x80 ? 0 : 1;
    }
  }
  return {{"line", line}, {"character", character}};
}

json LspClient::at(const std::string& path, std::string_view snippet) const {
  const std::size_t mark = snippet.find('|');
  REQUIRE(mark != std::string_view::npos);
  const std::string whole = std::string(snippet.substr(0, mark)) + std::string(snippet.substr(mark + 1));
  const std::size_t at = text_of(path).find(whole);
  INFO(snippet);
  REQUIRE(at != std::string::npos);
  return {{"textDocument", {{"uri", uri(path)}}}, {"position", position(path, at + mark)}};
}

json LspClient::diagnostics(const std::string& path) const {
  const auto found = diagnostics_.find(uri(path));
  return found == diagnostics_.end() ? json(nullptr) : found->second["diagnostics"];
}

std::vector<std::string> LspClient::codes(const std::string& path) const {
  std::vector<std::string> codes;
  for (const json& one : diagnostics(path)) codes.push_back(one["code"]);
  return codes;
}

}  // namespace hop
