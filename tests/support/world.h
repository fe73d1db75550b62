#pragma once
// A graph over manifests in memory, as if a folder of them had been walked. Knows nothing of what is asked of it.

#include <map>
#include <string>
#include <string_view>

#include "engine/lint.h"
#include "graph/graph.h"
#include "support/catch.h"
#include "text/file_system.h"

namespace hop {

class MemoryWorld {
 public:
  /// One file.
  explicit MemoryWorld(const std::string& text) : MemoryWorld(std::map<std::string, std::string>{{"a.yaml", text}}) {}
  explicit MemoryWorld(const std::map<std::string, std::string>& files, Settings settings = {}) : run_(read(files, std::move(settings))) {}

  const LintRun& run() const { return run_; }
  const Graph& graph() const { return *run_.graph; }
  /// nullptr if there is none.
  const Resource* find(Kind kind, std::string_view name) const {
    for (const Resource* resource : graph().of(kind)) {
      if (resource->name == name) return resource;
    }
    return nullptr;
  }
  const Resource& at(Kind kind, std::string_view name) const {
    const Resource* found = find(kind, name);
    INFO(info(kind).name << " " << name);
    REQUIRE(found != nullptr);
    return *found;
  }
  /// The text that a node stands for in its file.
  std::string_view source_of(yaml::Node node) const {
    const Span span = node.span();
    return graph().sources()[span.file].text().substr(span.begin, span.size());
  }

 private:
  static LintRun read(const std::map<std::string, std::string>& files, Settings settings) {
    std::map<std::string, std::string> below;
    for (const auto& [path, text] : files) below["w/" + path] = text;
    settings.isolated = true;
    settings.jobs = 1;
    settings.today = "2026-01-01";
    return read_graph(MemoryFiles(below), {{"w", std::nullopt}}, settings);
  }
  LintRun run_;
};

}  // namespace hop
