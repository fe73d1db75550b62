// Golden sessions: what an editor does and everything that the server sends for it, in both encodings. Run with HOPLINT_UPDATE_GOLDEN=1 to
// write what is sent now, then read the difference.
//
//   file PATH             what follows, each line behind `| `, is its text
//   open PATH, close PATH
//   edit PATH ["old", "new"]
//   ask METHOD PATH SNIPPET [MORE]    the place is marked by `|` in the snippet, a JSON string; "" asks about the whole document
//   = …                   what was sent, `= utf-8 …` where the encodings differ

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/catch.h"
#include "support/lsp_client.h"

namespace hop {
namespace {

struct Command {
  std::string line;
  std::vector<std::string> text;  ///< of a file
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Everything but what is expected.
std::vector<Command> commands_of(const std::vector<std::string>& lines) {
  std::vector<Command> commands;
  for (const std::string& line : lines) {
    if (line.starts_with("=")) continue;
    if (line.starts_with("| ") || line == "|") {
      commands.back().text.push_back(line.size() > 2 ? line.substr(2) : "");
    } else {
      commands.push_back({line, {}});
    }
  }
  return commands;
}

std::string word(std::string& rest) {
  const std::size_t space = rest.find(' ');
  const std::string first = rest.substr(0, space);
  rest = space == std::string::npos ? "" : rest.substr(space + 1);
  return first;
}

json whole_document(const LspClient& client, const std::string& path) {
  return {{"textDocument", {{"uri", LspClient::uri(path)}}},
          {"range", {{"start", client.position(path, 0)}, {"end", client.position(path, client.open_texts.at(path).size())}}}};
}

void ask(LspClient& client, std::string rest) {
  const std::string method = word(rest), path = word(rest);
  json params;
  const json snippet = json::parse(rest.substr(0, rest.find("\" {") == std::string::npos ? rest.size() : rest.find("\" {") + 1));
  const std::string more = rest.find("\" {") == std::string::npos ? "{}" : rest.substr(rest.find("\" {") + 2);
  params = snippet == "" ? whole_document(client, path) : client.at(path, snippet.get<std::string>());
  if (snippet != "" && method == "textDocument/codeAction") {
    params["range"] = {{"start", params["position"]}, {"end", params["position"]}};
    params.erase("position");
  }
  if (method == "textDocument/codeAction") params["context"] = {{"diagnostics", json::array()}};
  params.update(json::parse(more));
  client.respond(method, params);
}

void run(LspClient& client, const Command& command) {
  std::string rest = command.line;
  const std::string verb = word(rest);
  if (verb == "file") {
    std::string text;
    for (const std::string& line : command.text) text += line + "\n";
    client.files.texts[rest] = text;
  } else if (verb == "start") {
    json capabilities = rich_capabilities();
    capabilities["general"]["positionEncodings"] = json::array({client.utf8 ? "utf-8" : "utf-16"});
    client.start(capabilities, rest.empty() ? json::object() : json::parse(rest));
    client.settle();
    std::erase_if(client.received, [](const json& message) { return message.value("method", "") != "textDocument/publishDiagnostics"; });
  } else if (verb == "open") {
    client.open(rest);
    client.settle();
  } else if (verb == "close") {
    client.close(rest);
    client.settle();
  } else if (verb == "edit") {
    const std::string path = word(rest);
    const json change = json::parse(rest);
    client.edit(path, change[0].get<std::string>(), change[1].get<std::string>());
    client.settle();
  } else if (verb == "ask") {
    ask(client, rest);
    client.settle();
  } else {
    REQUIRE((verb == "#" || verb.empty()));
  }
}

/// What is sent for each command.
std::vector<std::vector<std::string>> play(const std::vector<Command>& commands, bool utf8) {
  LspClient client;
  client.utf8 = utf8;
  std::vector<std::vector<std::string>> sent;
  for (const Command& command : commands) {
    INFO(command.line);
    const std::size_t before = client.received.size();
    run(client, command);
    std::vector<std::string>& lines = sent.emplace_back();
    for (std::size_t i = std::min(before, client.received.size()); i < client.received.size(); ++i) {
      json message = client.received[i];
      message.erase("jsonrpc");
      if (!message.contains("method")) message.erase("id");
      lines.push_back(message.dump());
    }
  }
  return sent;
}

std::string session_with_answers(const std::vector<Command>& commands) {
  const auto utf16 = play(commands, false), utf8 = play(commands, true);
  std::string out;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    out += commands[i].line + "\n";
    for (const std::string& line : commands[i].text) out += line.empty() ? "|\n" : "| " + line + "\n";
    for (std::size_t at = 0; at < std::max(utf16[i].size(), utf8[i].size()); ++at) {
      const std::string a = at < utf16[i].size() ? utf16[i][at] : "", b = at < utf8[i].size() ? utf8[i][at] : "";
      out += a == b ? "= " + a + "\n" : "= utf-16 " + a + "\n= utf-8 " + b + "\n";
    }
  }
  return out;
}

TEST_CASE("sessions go as they are written down") {
  std::size_t sessions = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HOPLINT_SOURCE_DIR "/tests/golden/lsp")) {
    if (entry.path().extension() != ".session") continue;
    ++sessions;
    std::ostringstream stored;
    stored << std::ifstream(entry.path()).rdbuf();
    const std::string now = session_with_answers(commands_of(lines_of(stored.str())));
    if (std::getenv("HOPLINT_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(entry.path()) << now;
      continue;
    }
    const auto expected = lines_of(stored.str()), lines = lines_of(now);
    std::size_t at = 0;
    while (at < std::min(expected.size(), lines.size()) && lines[at] == expected[at]) ++at;
    INFO(entry.path().filename().string() << ':' << at + 1);
    CHECK((at < lines.size() ? lines[at] : "") == (at < expected.size() ? expected[at] : ""));
  }
  CHECK(sessions >= 6);
}

}  // namespace
}  // namespace hop
