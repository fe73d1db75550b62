#include "engine/read.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/classify.h"
#include "engine/prune.h"
#include "graph/kustomize.h"
#include "model/mistakes.h"
#include "text/format.h"
#include "text/parallel.h"
#include "text/permute.h"
#include "text/result.h"
#include "text/scan.h"
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

/// Of a file of so many bytes. A document takes some hundred bytes of memory however little it holds; the smallest object takes 50 in its
/// file, so that no file of objects has more.
constexpr std::size_t most_documents(std::size_t bytes) { return 20'000 + bytes / 32; }

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
    read_.named = found.named;
    read_.known = found.known;
  }

  std::pair<ReadFile, std::shared_ptr<const File>> run() {
    auto content = load();
    if (!content) read_.unreadable = content.reason();
    file_ = File::from_bytes(std::move(found_.path), content ? std::move(*content) : std::string());
    if (content) read_documents();
    read_.path = file_->path();
    return {std::move(read_), std::move(file_)};
  }

 private:
  Result<std::string> load() {
    if (found_.unreadable) return Failure{*found_.unreadable};
    if (!found_.content && found_.named) return tools_.files.read(found_.path, settings_.file_limit);
    if (!found_.content) return tools_.bulk->read(found_.path, settings_.file_limit);
    if (found_.content->size() > settings_.file_limit) return Failure{"larger than what is read at once"};
    return *found_.content;
  }

  void read_documents() {
    const std::vector<yaml::Chunk> chunks = yaml::split(file_->text());
    const std::size_t most = most_documents(file_->text().size());
    if (chunks.size() > most) {
      read_.unreadable = format("{} documents, and no more than {} are read of a file of this size", chunks.size(), most);
      file_ = File::from_bytes(file_->path(), {});
      return;
    }
    read_.speaks_to_us = holds_word(file_->text(), "hoplint");  // asked here because the text is at hand
    for (const yaml::Chunk& chunk : chunks) read_document(chunk);
    const auto wanted = [](const ReadDocument& document) { return !document.document->tree().source.empty(); };
    const bool keep = found_.named || std::any_of(read_.documents.begin(), read_.documents.end(), wanted);
    if (!keep) file_ = File::from_bytes(file_->path(), {});
    read_.documents.shrink_to_fit();
  }

  void read_document(const yaml::Chunk& chunk) {
    const std::string_view text = file_->text().substr(chunk.begin, chunk.end - chunk.begin);
    const bool chart_part = is_chart_part(file_->path(), text);
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
    if (is == DocumentClass::template_) {
      std::ranges::move(objects_of_template(file_->text().substr(chunk.begin, chunk.end - chunk.begin)),
                        std::back_inserter(read_.templates));
    }
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

/// A file on its way: found by the one thread that walks, read by another.
struct Errand {
  FoundFile* found;
  ReadFile* read;
  std::shared_ptr<const File>* text;
};

/// All of them, in the order they were found. What was read of them is put where it stays: what a thread keeps for itself, or what is
/// moved once more, leaves holes in the heap.
class Errands {
 public:
  explicit Errands(std::size_t jobs) : reserved_(jobs) {}

  /// By the walk, as is close().
  void add(FoundFile&& found) {
    const std::lock_guard lock(mutex_);
    found_.push_back(std::move(found));
    read_.emplace_back();
    texts_.emplace_back();
    if (found_.size() % at_once == 0) arrived_.notify_one();
  }
  /// There will be no more.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    arrived_.notify_all();
  }
  /// Waits for one that nobody else has; nothing when there are no more.
  std::optional<Errand> take(std::size_t job) {
    std::unique_lock lock(mutex_);
    Range& own = reserved_[job];
    if (own.empty()) {
      arrived_.wait(lock, [this] { return closed_ || unreserved_ + at_once <= found_.size(); });
      own = unreserved_ < found_.size() ? reserve() : half_of_another();
    }
    if (own.empty()) return std::nullopt;
    const std::size_t at = own.next++;
    return Errand{&found_[at], &read_[at], &texts_[at]};
  }
  /// When all have been read, once: by path, of one path as they were found.
  std::pair<std::deque<ReadFile>, std::deque<std::shared_ptr<const File>>> take_sorted() {
    found_.clear();
    if (!std::ranges::is_sorted(read_, {}, &ReadFile::path)) sort();
    return {std::move(read_), std::move(texts_)};
  }

 private:
  /// So many are reserved for a job: neighbours are of one folder, which then one thread enters.
  static constexpr std::size_t at_once = 8;
  struct Range {
    std::size_t next = 0, end = 0;
    std::size_t size() const { return end - next; }
    bool empty() const { return next == end; }
  };

  Range reserve() {
    const std::size_t begin = unreserved_;
    unreserved_ = std::min(begin + at_once, found_.size());
    return {begin, unreserved_};
  }
  /// At the end: neighbours may be large, and nobody should wait for the one who has them all.
  Range half_of_another() {
    Range& most = *std::ranges::max_element(reserved_, {}, &Range::size);
    const std::size_t end = most.end;
    most.end -= (most.size() + 1) / 2;
    return {most.end, end};
  }

  void sort() {
    std::vector<std::size_t> order(read_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [this](std::size_t at) { return read_[at].path; });
    permute(read_, order);
    permute(texts_, std::move(order));
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  // By errand; they grow by blocks, so that each stays where it is.
  std::deque<FoundFile> found_;
  std::deque<ReadFile> read_;
  std::deque<std::shared_ptr<const File>> texts_;
  std::vector<Range> reserved_;  ///< by job: what nobody else takes as long as there is more
  std::size_t unreserved_ = 0;
  bool closed_ = false;
};

/// Walks in one thread and reads in all of them, the walk's too when it is done.
class WalkingReader {
 public:
  WalkingReader(const FileSystem& files, const Settings& settings)
      : files_(files), settings_(settings), jobs_(job_count(settings.jobs)), errands_(jobs_) {}

  Walk run(const std::vector<InputPath>& paths) {
    Walk result;
    for_each_index(jobs_, jobs_, [&](std::size_t job) {
      if (job == 0) result = run_walk(paths);
      OwnTools own(files_, &folders_);
      while (const auto errand = errands_.take(job)) {
        std::tie(*errand->read, *errand->text) = FileReader(own.tools, settings_, *errand->found, no_file).run();
      }
    });
    return result;
  }

  auto take_sorted() { return errands_.take_sorted(); }

 private:
  Walk run_walk(const std::vector<InputPath>& paths) {
    const std::shared_ptr<void> at_end(nullptr, [&](void*) { errands_.close(); });  // however it ends, or the others wait for ever
    return walk(files_, paths, settings_, folders_, [&](FoundFile&& file) { errands_.add(std::move(file)); });
  }

  const FileSystem& files_;
  const Settings& settings_;
  KeptFolders folders_;
  unsigned jobs_;
  Errands errands_;
};

}  // namespace

void renumber(ReadFile& read, FileId id) {
  read.file = id;
  for (const ReadDocument& document : read.documents) document.document->place(id, document.document->base());
}

FileAndText read_file(const FileSystem& files, const Settings& settings, yaml::DocumentParser& parser, FoundFile found, FileId id) {
  Tools tools(files, nullptr, parser);
  return FileReader(tools, settings, found, id).run();
}

ReadFailures read_inputs(const FileSystem& files, const std::vector<InputPath>& paths, const Settings& settings, Input& input) {
  WalkingReader reader(files, settings);
  Walk found = reader.run(paths);
  auto [read, texts] = reader.take_sorted();
  ReadFailures failures{std::move(found.failures), std::move(found.other_roots), std::move(found.folders)};
  input.sources.reserve(input.sources.size() + texts.size());
  for (std::size_t at = 0; at < read.size(); ++at) {
    renumber(read[at], input.sources.add(std::move(texts[at])));  // it was not known how many come before it
    if (read[at].named && !read[at].unreadable.empty())
      failures.failures.push_back(format("cannot read `{}`: {}", read[at].path, read[at].unreadable.view()));
  }
  input.files = std::move(read);
  return failures;
}

}  // namespace hop
