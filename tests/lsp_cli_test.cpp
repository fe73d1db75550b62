// `hoplint lsp` as an editor starts it: streams, frames, exit codes.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lsp/framing.h"
#include "support/catch.h"
#include "support/process.h"

namespace hop {
namespace {

using nlohmann::json;

std::string message(const std::string& method, const json& params, int id = 0) {
  json text = {{"jsonrpc", "2.0"}, {"method", method}, {"params", params}};
  if (id != 0) text["id"] = id;
  return lsp::frame(text.dump());
}

std::vector<json> messages_in(const std::string& stream) {
  lsp::FrameReader reader;
  reader.feed(stream);
  std::vector<json> messages;
  while (auto text = reader.next()) messages.push_back(json::parse(*text));
  return messages;
}

std::string start_in(const TemporaryFolder& folder) {
  return message("initialize", {{"processId", nullptr}, {"rootUri", "file://" + folder.path()}, {"capabilities", json::object()}}, 1) +
         message("initialized", json::object());
}

TEST_CASE("an editor starts it, learns what is wrong, and ends it") {
  const TemporaryFolder folder;
  folder.write("é.yaml", "apiVersion: v1\nkind: [\n");
  ProcessOptions options;
  options.input = start_in(folder);
  const ProcessResult ended = run_hoplint({"lsp", "--stdio", "--clientProcessId=0"}, options);
  CHECK(ended.exit_code == 1);  // stdin ended without `exit`
  const auto messages = messages_in(ended.out);
  REQUIRE(messages.size() == 2);
  CHECK(messages[0]["result"]["serverInfo"]["name"] == "hoplint");
  CHECK(messages[1]["method"] == "textDocument/publishDiagnostics");
  CHECK(messages[1]["params"]["uri"].get<std::string>().ends_with("/%C3%A9.yaml"));
  CHECK(messages[1]["params"]["diagnostics"][0]["code"] == "yaml-syntax");
  options.input += message("shutdown", nullptr, 2) + message("exit", nullptr);
  CHECK(run_hoplint({"lsp"}, options).exit_code == 0);
  options.input = start_in(folder) + message("exit", nullptr);
  CHECK(run_hoplint({"lsp"}, options).exit_code == 1);
}

TEST_CASE("it ends with the process that started it") {
  const TemporaryFolder folder;
  ProcessOptions options;
  options.input = start_in(folder);
  CHECK(run_hoplint({"lsp", "--clientProcessId", "2147483646"}, options).exit_code == 1);  // no such process
  CHECK(run_hoplint({"lsp", "--clientProcessId", "x"}, options).exit_code == 2);
}

}  // namespace
}  // namespace hop
