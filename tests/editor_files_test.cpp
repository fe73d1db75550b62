// What editors/ says about the server is so: settings, commands, versions, and the snippets to copy.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "lsp/workspace.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/process.h"
#include "text/words.h"

namespace hop {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path source = HOPLINT_SOURCE_DIR;
const fs::path extension = source / "editors/vscode";

json package() { return json::parse(read_bytes(extension / "package.json")); }

json settings() { return package()["contributes"]["configuration"]["properties"]; }

/// Those of the extension itself; the server never sees them.
bool is_of_client(const std::string& name) {
  return name == "hoplint.path" || name == "hoplint.arguments" || name == "hoplint.trace.server";
}

/// A value that differs from the setting's default and means something.
json other_value(const std::string& name, const json& setting) {
  if (setting["default"].is_array()) return json::array({name == "hoplint.known" ? "Service shop/cart" : "metadata"});
  return setting["default"].is_null() ? json(true) : json(!setting["default"].get<bool>());
}

lsp::UserSettings read(const json& value) { return lsp::read_user_settings(*lsp::JsonValue::parse(value.dump())); }

std::vector<std::string> blocks(const std::string& page, const std::string& language) {
  std::vector<std::string> found;
  const std::string begin = "```" + language + "\n";
  for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at + 1)) {
    const std::size_t from = at + begin.size();
    found.push_back(page.substr(from, page.find("```", from) - from));
  }
  return found;
}

TEST_CASE("each setting of the extension is one that the server reads, and its default changes nothing") {
  std::size_t checked = 0;
  const json all = settings();
  for (const auto& [name, setting] : all.items()) {
    if (is_of_client(name)) continue;
    CAPTURE(name);
    const std::string key = name.substr(std::string("hoplint.").size());
    CHECK(read({{key, setting["default"]}}) == lsp::UserSettings{});
    CHECK_FALSE(read({{key, other_value(name, setting)}}) == lsp::UserSettings{});
    ++checked;
  }
  CHECK(checked == 6);
}

TEST_CASE("each setting and each command of the extension is in its README") {
  const std::string page = read_bytes(extension / "README.md");
  const json all = settings();
  for (const auto& [name, setting] : all.items()) {
    CAPTURE(name);
    CHECK(page.find("| `" + name + "` |") != std::string::npos);
  }
  const json commands = package()["contributes"]["commands"];
  for (const json& command : commands) {
    CAPTURE(command["title"].get<std::string>());
    CHECK(page.find("| hoplint: " + command["title"].get<std::string>() + " |") != std::string::npos);
  }
}

TEST_CASE("each command of the extension is there") {
  const std::string code = read_bytes(extension / "src/commands.ts") + read_bytes(extension / "src/extension.ts");
  const json commands = package()["contributes"]["commands"];
  REQUIRE_FALSE(commands.empty());
  for (const json& command : commands) {
    CAPTURE(command["command"].get<std::string>());
    CHECK(code.find("'" + command["command"].get<std::string>() + "'") != std::string::npos);
  }
}

TEST_CASE("what clients announce that they can do, the server asks for") {
  const std::string server = read_bytes(source / "src/lsp/lenses.cpp") + read_bytes(source / "src/lsp/actions.cpp");
  const std::regex announced("['\"](hoplint\\.(?:show|suppress)[A-Za-z]+)['\"]");
  std::size_t checked = 0;
  for (const char* client : {"vscode/src/commands.ts", "neovim/lua/hoplint.lua", "emacs/hoplint.el"}) {
    const std::string code = read_bytes(source / "editors" / client);
    for (std::sregex_iterator at(code.begin(), code.end(), announced); at != std::sregex_iterator(); ++at) {
      const std::string name = (*at)[1];
      if (name == "hoplint.suppress" || name == "hoplint.showLog") continue;
      CAPTURE(client, name);
      CHECK(server.find('"' + name + '"') != std::string::npos);
      ++checked;
    }
  }
  CHECK(checked >= 7);
}

TEST_CASE("the extension has the program's version") {
  const std::string version = package()["version"];
  CHECK(run_hoplint({"--version"}).out == "hoplint " + version + "\n");
  CHECK(read_bytes(extension / "CHANGELOG.md").find("## " + version + "\n") != std::string::npos);
  const std::string header = read_bytes(source / "editors/emacs/hoplint.el");
  CHECK(header.find(";; Version: " + version + "\n") != std::string::npos);
}

TEST_CASE("the extension's problem matcher reads concise output") {
  const json pattern = package()["contributes"]["problemMatchers"][0]["pattern"];
  const std::regex matcher(pattern["regexp"].get<std::string>());
  const ProcessResult result = run_hoplint({"check", "--isolated", "--format", "concise", (source / "fixtures/estates/article").string()});
  std::size_t lines = 0;
  for (const std::string_view line : split_list(result.out, '\n')) {
    if (line.find(".yaml:") == std::string_view::npos) continue;  // the summary
    CAPTURE(std::string(line));
    std::smatch match;
    const std::string text(line);
    REQUIRE(std::regex_match(text, match, matcher));
    CHECK(match[pattern["file"].get<std::size_t>()].str().ends_with(".yaml"));
    CHECK_FALSE(match[pattern["message"].get<std::size_t>()].str().empty());
    ++lines;
  }
  CHECK(lines == 8);
}

TEST_CASE("JSON in the pages of settings is JSON, and starts the server") {
  const std::string page = read_bytes(source / "editors/README.md");
  const auto snippets = blocks(page, "json");
  REQUIRE(snippets.size() == 4);
  for (const std::string& snippet : snippets) {
    CAPTURE(snippet);
    REQUIRE(json::accept(snippet));
    CHECK(snippet.find("hoplint\"") < snippet.find("\"lsp\"]"));
  }
}

TEST_CASE("the command line in all clients is one that the program takes") {
  const std::regex started("[\"']hoplint[\"'],? [\"']lsp[\"']|command = \"hoplint\"\nargs = \\[\"lsp\"\\]");
  for (const char* client : {"neovim/lua/hoplint.lua", "emacs/hoplint.el", "helix/languages.toml"}) {
    CAPTURE(client);
    CHECK(std::regex_search(read_bytes(source / "editors" / client), started));
  }
  ProcessOptions options;
  options.input = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
  const ProcessResult result = run_hoplint({"lsp", "--stdio"}, options);
  CHECK(result.exit_code == 1);
  CHECK(result.err.empty());
}

}  // namespace
}  // namespace hop
