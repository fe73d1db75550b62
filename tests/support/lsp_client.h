#pragma once
// An editor for tests: talks to the server through handle() and step(), over files in memory. Knows nothing of what the server should say.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/server.h"
#include "text/file_system.h"

namespace hop {

using nlohmann::json;

/// Files that come and go while a server looks at them.
class ChangingFiles final : public FileSystem {
 public:
  std::map<std::string, std::string> texts;
  Result<std::string> read(const std::string& path, std::uint64_t limit) const override { return MemoryFiles(texts).read(path, limit); }
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override { return MemoryFiles(texts).list(path); }
  FileType type(const std::string& path) const override { return MemoryFiles(texts).type(path); }
  std::string canonical(const std::string& path) const override { return MemoryFiles(texts).canonical(path); }
};

/// What Visual Studio Code can do, more or less.
json rich_capabilities();

class LspClient {
 public:
  /// Paths are absolute; the folder `/ws` is open.
  explicit LspClient(std::map<std::string, std::string> texts = {});

  ChangingFiles files;
  lsp::Server server;

  /// `initialize` and `initialized`; returns the result.
  json start(json capabilities = rich_capabilities(), json more = json::object());
  void notify(const std::string& method, const json& params);
  /// Sends and works until it is answered; the whole response.
  json respond(const std::string& method, const json& params);
  /// The result alone, which must be there.
  json ask(const std::string& method, const json& params);
  /// Sends and does no work: the id.
  int send(const std::string& method, const json& params);
  /// Works until there is nothing to do. Requests of the server are answered with null, those for configuration with `configuration`.
  void settle();
  /// Takes what the server sent without letting it work.
  void receive();

  void open(const std::string& path, int version = 1);
  /// Replaces the first `old` in an open document by one incremental change, in the encoding that was agreed on.
  void edit(const std::string& path, std::string_view old, std::string_view now);
  void close(const std::string& path);

  /// `{textDocument, position}` of the place marked by `|` in `snippet`, which must stand in the document.
  json at(const std::string& path, std::string_view snippet) const;
  json position(const std::string& path, std::size_t offset) const;
  static std::string uri(const std::string& path) { return "file://" + path; }

  /// What was pushed last for a path; null if nothing was.
  json diagnostics(const std::string& path) const;
  /// Rule ids of those.
  std::vector<std::string> codes(const std::string& path) const;
  /// Everything that came, in order.
  std::vector<json> received;
  json configuration = nullptr;
  bool utf8 = false;

  std::map<std::string, std::string> open_texts;

 private:
  std::string text_of(const std::string& path) const;
  std::map<std::string, int> versions_;
  std::map<std::string, json> diagnostics_;
  std::map<int, json> responses_;
  int last_id_ = 0;
};

}  // namespace hop
