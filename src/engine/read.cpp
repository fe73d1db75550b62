#include "engine/read.h"

#include <algorithm>
#include <utility>

#include "engine/classify.h"
#include "engine/parallel.h"
#include "engine/prune.h"
#include "graph/kustomize.h"
#include "model/mistakes.h"
#include "text/format.h"
#include "text/result.h"
#include "yaml/parse.h"

namespace hop {
namespace {

/// Trees and texts of these are of no use to anyone.
bool is_ours(DocumentClass is) {
  return is == DocumentClass::resource || is == DocumentClass::half || is == DocumentClass::broken || is == DocumentClass::empty;
}

FileNature nature_of(const FoundFile& found) {
  return {found.named, found.in_templates, file_name(found.path) == "Chart.yaml", is_kustomization_path(found.path)};
}

/// A comment may speak to us in a document of nothing but comments.
bool needs_parsing(std::string_view text) { return mentions_identity(text) || text.find("hoplint:") != std::string_view::npos; }

/// What tells how a chart of one's own sets Istio's gateway chart up: its dependencies, and values that speak of a gateway.
bool is_chart_part(std::string_view path, std::string_view text) {
  const std::string_view name = file_name(path);
  if (name == "Chart.yaml") return text.find("istio-release") != std::string_view::npos;
  return name.starts_with("values") && text.find("gateway") != std::string_view::npos;
}

/// What it takes to read one file after the other.
struct Tools {
  Tools(const FileSystem& of, KeptFolders* kept, yaml::DocumentParser& with) : files(of), bulk(of.bulk_reader(kept)), parser(with) {}
  const FileSystem& files;
  std::unique_ptr<BulkReader> bulk;
  yaml::DocumentParser& parser;
  std::shared_ptr<const yaml::Tree> nothing = std::make_shared<const yaml::Tree>();  ///< of all documents that are not kept
};

/// The same for a thread of its own.
struct OwnTools {
  OwnTools(const FileSystem& files, KeptFolders* kept) : tools(files, kept, parser) {}
  yaml::DocumentParser parser;
  Tools tools;
};

/// Reads and parses one file; the results of two never touch, so each may have a thread.
class FileReader {
 public:
  FileReader(Tools& tools, const Settings& settings, FoundFile& found, FileId id)
      : tools_(tools), settings_(settings), found_(found), nature_(nature_of(found)) {
    read_.file = id;
    read_.path = std::move(found.path);
    read_.named = found.named;
    read_.known = found.known;
  }

  std::pair<ReadFile, std::shared_ptr<const File>> run() {
    auto content = load();
    if (!content) read_.unreadable = content.reason();
    file_ = File::from_bytes(read_.path, content ? std::move(*content) : std::string());
    if (content) read_documents();
    return {std::move(read_), std::move(file_)};
  }

 private:
  Result<std::string> load() {
    if (found_.unreadable) return Failure{*found_.unreadable};
    if (!found_.content && found_.named) return tools_.files.read(read_.path, settings_.file_limit);
    if (!found_.content) return tools_.bulk->read(read_.path, settings_.file_limit);
    if (found_.content->size() > settings_.file_limit) return Failure{"larger than what is read at once"};
    return std::move(*found_.content);
  }

  void read_documents() {
    for (const yaml::Chunk& chunk : yaml::split(file_->text())) read_document(chunk);
    const auto wanted = [](const ReadDocument& document) { return !document.document->tree().source.empty(); };
    const bool keep = found_.named || std::any_of(read_.documents.begin(), read_.documents.end(), wanted);
    if (!keep) file_ = File::from_bytes(read_.path, {});
    read_.documents.shrink_to_fit();
  }

  void read_document(const yaml::Chunk& chunk) {
    const std::string_view text = file_->text().substr(chunk.begin, chunk.end - chunk.begin);
    const bool chart_part = is_chart_part(read_.path, text);
    if (!found_.named && !nature_.kustomization && !needs_parsing(text)) {
      auto values = chart_part && !nature_.in_templates ? tools_.parser.parse(text, file_, settings_.limits) : nullptr;
      if (values != nullptr && !values->problems.empty()) values = nullptr;
      add(chunk, std::move(values), classify_unparsed(text, nature_));
      return;
    }
    auto tree = without_schemas(tools_.parser.parse(text, file_, settings_.limits));
    const DocumentClass is = classify(yaml::Document(tree, read_.file, chunk.begin), text, nature_);
    if (!is_ours(is) && !found_.named && !nature_.kustomization && !(chart_part && is == DocumentClass::not_manifest)) tree = nullptr;
    add(chunk, std::move(tree), is);
    // Here the document is at hand, and other threads have others.
    if (is != DocumentClass::resource || found_.known) return;
    ReadDocument& document = read_.documents.back();
    document.looked_at = true;
    document.mistakes = find_mistakes(document.document->root());
  }

  void add(const yaml::Chunk& chunk, std::shared_ptr<const yaml::Tree> tree, DocumentClass is) {
    if (tree == nullptr) tree = tools_.nothing;
    read_.documents.push_back({std::make_shared<yaml::Document>(std::move(tree), read_.file, chunk.begin), chunk, is, false, nullptr});
  }

  Tools& tools_;
  const Settings& settings_;
  FoundFile& found_;
  FileNature nature_;
  ReadFile read_;
  std::shared_ptr<const File> file_;
};

}  // namespace

FileAndText read_file(const FileSystem& files, const Settings& settings, yaml::DocumentParser& parser, FoundFile found, FileId id) {
  Tools tools(files, nullptr, parser);
  return FileReader(tools, settings, found, id).run();
}

ReadFailures read_inputs(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings, Input& input) {
  Walk found = walk(files, paths, settings);
  const std::size_t before = input.sources.size();
  std::vector<std::pair<ReadFile, std::shared_ptr<const File>>> results(found.files.size());
  share_out(results.size(), settings.jobs, [&] {
    return [&, own = std::make_unique<OwnTools>(files, found.folders.get())](std::size_t i) {
      results[i] = FileReader(own->tools, settings, found.files[i], static_cast<FileId>(before + i)).run();
    };
  });
  found.folders.reset();
  ReadFailures failures{std::move(found.failures), std::move(found.other_roots)};
  input.files.reserve(input.files.size() + results.size());
  for (auto& [read, file] : results) {
    input.sources.add(std::move(file));
    if (read.named && read.unreadable) failures.failures.push_back(format("cannot read `{}`: {}", read.path, *read.unreadable));
    input.files.push_back(std::move(read));
  }
  return failures;
}

}  // namespace hop
