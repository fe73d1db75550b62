#include "report/manifests.h"

#include <algorithm>

#include "text/ensure.h"
#include "text/format.h"

namespace hop {
namespace {

bool holds(Span outer, Span place) { return outer.file == place.file && outer.begin <= place.begin && place.begin < outer.end; }

/// The object itself or, in a list of objects, the item that holds `place`.
yaml::Node object_around(yaml::Node root, Span place) {
  if (!root["kind"].str().ends_with("List")) return root;
  for (const yaml::Node item : root["items"].items()) {
    if (holds(item.span(), place)) return item;
  }
  return root;
}

std::string title_of(yaml::Node object) {
  const std::string_view kind = object["kind"].str();
  const std::string_view ns = object["metadata"]["namespace"].str();
  const std::string_view name = object["metadata"]["name"].str();
  if (kind.empty() || name.empty()) return {};
  return ns.empty() ? format("{} {}", kind, name) : format("{} {}/{}", kind, ns, name);
}

}  // namespace

Manifests::Manifests(const LintRun& run) : run_(&run) {
  HOP_ENSURE(run.input != nullptr);
  files_.resize(run.input->sources.size());
  for (const ReadFile& file : run.input->files) {
    const auto at = static_cast<std::size_t>(file.file);
    if (at < files_.size()) files_[at] = &file;  // a file that could not be read may be without text
  }
}

const ReadFile* Manifests::file(FileId id) const {
  const auto at = static_cast<std::size_t>(id);
  return at < files_.size() ? files_[at] : nullptr;
}

const ReadDocument* Manifests::document(Span place) const {
  const ReadFile* const holder = file(place.file);
  if (holder == nullptr) return nullptr;
  const auto& documents = holder->documents;
  const auto after = std::partition_point(documents.begin(), documents.end(),
                                          [&](const ReadDocument& document) { return document.chunk.begin <= place.begin; });
  if (after == documents.begin()) return nullptr;
  const ReadDocument& document = *std::prev(after);
  return place.begin <= document.chunk.end ? &document : nullptr;
}

std::string Manifests::title(Span place) const {
  const ReadDocument* const found = document(place);
  return found == nullptr ? std::string() : title_of(object_around(found->document->root(), place));
}

}  // namespace hop
