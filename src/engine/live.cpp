#include "engine/live.h"

#include <algorithm>
#include <utility>

#include "engine/absent.h"
#include "engine/paths.h"
#include "text/parallel.h"

namespace hop {
namespace {

/// Files read in one slice.
constexpr std::size_t files_per_slice = 256;

/// A map of more runs than this costs more than a new graph.
constexpr std::size_t most_runs = 64;

/// The same documents in a file of another id.
void place(ReadFile& read, FileId id) {
  read.file = id;
  for (ReadDocument& document : read.documents) {
    document.document = std::make_shared<yaml::Document>(document.document->share_tree(), id, document.document->base());
    document.looked_at = false;  // what was found points into the document before
    document.mistakes = nullptr;
  }
}

bool lies_in(const Span& place, const std::vector<Span>& spans) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return place.begin >= span.begin && place.begin <= span.end; });
}

}  // namespace

LiveRoot::LiveRoot(const FileSystem& files, InputPath input, Settings settings, bool whole)
    : disk_(files), input_(std::move(input)), settings_(std::move(settings)), whole_(whole) {
  run_.input = std::make_unique<Input>();
}

void LiveRoot::rescan(bool reread) {
  dropped_ = false;
  wants_walk_ = true;
  wants_reread_ = wants_reread_ || reread;
}

bool LiveRoot::changed(const std::string& path, bool open) {
  open ? void(open_.insert(path)) : void(open_.erase(path));
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return false;
  dropped_ = false;
  LiveFile& file = files_[found->second];
  file.open = open;
  unread_.insert(file.id);
  return true;
}

const LiveFile* LiveRoot::find(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : &files_[found->second];
}

const LiveFile* LiveRoot::find(FileId id) const {
  const auto at = static_cast<std::size_t>(id) - static_cast<std::size_t>(first_id());
  return id != no_file && at < files_.size() ? &files_[at] : nullptr;
}

Span LiveRoot::here(Span place) const {
  const LiveFile* file = find(place.file);
  return file == nullptr ? place : file->map.forward(place);
}

bool LiveRoot::stands(Span place) const {
  const LiveFile* file = find(place.file);
  return file != nullptr && file->map.keeps(place) && !lies_in(file->map.forward(place), file->spared);
}

const File& LiveRoot::text(FileId id) const {
  const LiveFile* file = find(id);
  if (file != nullptr) return *file->text;
  const auto number = static_cast<std::size_t>(id);  // the configuration, then what it extends
  return number == 0 ? *settings_.config : *settings_.extended[number - 1];
}

std::string_view LiveRoot::short_path(std::string_view path) const {
  if (const auto below = path_below(input_.path, path)) return *below;
  const std::string here = disk_.canonical(".");
  const auto folder = path_below(here, input_.path);
  return (folder ? path_below(*folder, path) : std::nullopt).value_or(path);
}

unsigned LiveRoot::percent() const {
  if (settled()) return 100;
  if (wants_walk_ || files_.empty()) return 0;
  if (!unread_.empty()) return static_cast<unsigned>(50 * (files_.size() - unread_.size()) / files_.size());
  return next_ && next_->rules ? 75 : 50;
}

bool LiveRoot::step() {
  if (dropped_) return false;
  try {
    return do_slice();
  } catch (...) {
    next_.reset();
    dropped_ = everything_ = true;
    throw;
  }
}

bool LiveRoot::do_slice() {
  if (wants_walk_) {
    walk_again();
  } else if (!unread_.empty()) {
    read_some();
  } else if (!next_ && (!dirty_.empty() || everything_)) {
    start();
  } else if (next_ && next_->build) {
    if (next_->build->step()) return true;
    next_->run.graph = next_->build->graph();
    next_->everything = next_->build->changes() == nullptr;
    if (!next_->everything) next_->touched.changes = *next_->build->changes();
    next_->build.reset();
    next_->rules.emplace(*next_->run.graph, settings_, next_->everything ? nullptr : &next_->touched, results_);
  } else if (next_ && next_->rules && next_->run.graph) {
    if (!next_->rules->step()) finish(*next_, *next_->rules, *next_->run.graph);
  } else {
    return false;
  }
  return true;
}

void LiveRoot::walk_again() {
  Walk found = walk(disk_, {input_}, settings_);
  other_roots_ = std::move(found.other_roots);
  folders_ = std::move(found.folders);
  std::vector<LiveFile> files;
  std::set<FileId> unread;
  files.reserve(found.files.size());
  bool same = found.files.size() == files_.size();
  for (FoundFile& one : found.files) {
    const auto id = static_cast<FileId>(static_cast<std::size_t>(first_id()) + files.size());
    const auto known = by_path_.find(one.path);
    LiveFile& file = files.emplace_back();
    const bool is_old = known != by_path_.end() && files_[known->second].found.known == one.known;
    if (is_old) file = std::move(files_[known->second]);
    same = same && is_old && file.id == id;
    if (!is_old || unread_.contains(file.id) || (wants_reread_ && !file.open)) unread.insert(id);
    if (is_old && file.id != id) place(file.read, id);
    file.found = std::move(one);
    file.open = open_.contains(file.found.path);
    file.id = id;
  }
  files_ = std::move(files);
  unread_ = std::move(unread);
  by_path_.clear();
  for (std::size_t i = 0; i < files_.size(); ++i) by_path_.emplace(files_[i].found.path, i);
  if (!same) {
    everything_ = true;
    next_.reset();
    dirty_.clear();
  }
  wants_walk_ = wants_reread_ = false;
}

/// The first time in many threads: everybody waits for it.
void LiveRoot::read_some() {
  std::vector<FileId> some;
  for (auto at = unread_.begin(); at != unread_.end() && some.size() < files_per_slice; ++at) some.push_back(*at);
  std::vector<FileAndText> results(some.size());
  share_out(some.size(), settings_.jobs, [&] {
    return [&, parser = std::make_unique<yaml::DocumentParser>()](std::size_t i) {
      results[i] = read_file(disk_, settings_, *parser, file_at(some[i]).found, some[i]);
    };
  });
  for (std::size_t i = 0; i < some.size(); ++i) {
    LiveFile& file = file_at(some[i]);
    std::shared_ptr<const File> before = std::move(file.text);
    auto& [read, text] = results[i];
    file.text = text;
    if (file.open && text->stored().empty()) {  // nothing of ours, but its editor speaks of places in it
      auto content = disk_.read(file.found.path, settings_.file_limit);
      if (content) file.text = File::from_bytes(file.found.path, std::move(*content));
    }
    if (before != nullptr) file.map.then(before->text(), file.text->text());
    file.spared.clear();
    file.broken.clear();
    const auto spliced =
        file.open && file.seen != nullptr ? splice_last_good(read, file.text->text(), file.read, file.seen->text()) : std::nullopt;
    if (spliced) {
      file.spared = spliced->spared;
      file.broken = check_alone(file);
      FoundFile found = file.found;
      found.content = std::make_shared<const std::string>(spliced->text);
      std::tie(read, text) = read_file(disk_, settings_, parser_, std::move(found), file.id);
    }
    file.read = std::move(read);
    file.seen = std::move(text);
    see(file);
  }
  for (const FileId id : some) unread_.erase(id);
}

/// What of the newest text the graph does not know yet.
void LiveRoot::see(LiveFile& file) {
  if (everything_) {
    next_.reset();
    return;
  }
  const auto at = static_cast<std::size_t>(file.id) - static_cast<std::size_t>(first_id());
  const bool same = same_documents(*given_[at], file.read) && file.map.size() <= most_runs;
  const bool is_in_work = next_ && next_->touched.files.contains(file.id);
  if (!same || is_in_work) next_.reset();
  same ? void(dirty_.erase(file.id)) : void(dirty_.insert(file.id));
}

/// Only what does not parse, and only of the documents that the graph sees as they were.
std::vector<Diagnostic> LiveRoot::check_alone(const LiveFile& file) const {
  Settings settings = settings_;
  settings.known_paths.clear();
  settings.use_gitignore = false;
  settings.jobs = 1;
  MemoryFiles alone;
  alone.put(file.found.path, std::string(file.text->stored()));
  LintRun run = lint(alone, {{file.found.path, std::nullopt}}, settings);
  std::vector<Diagnostic> findings;
  for (Diagnostic& finding : run.findings) {
    if (family(*finding.rule) != "yaml" || finding.where.file != first_id() || !lies_in(finding.where, file.spared)) continue;
    each_place(finding, [&](Span& place) { place.file = place ? file.id : no_file; });
    findings.push_back(std::move(finding));
  }
  return findings;
}

void LiveRoot::start() {
  Next& next = next_.emplace(Next{});
  next.everything = everything_;
  next.touched.files = dirty_;
  next.run.input = std::make_unique<Input>();
  Input& input = *next.run.input;
  input.world = settings_.world;
  input.world.today = settings_.today;
  if (settings_.config != nullptr) input.sources.add(settings_.config);
  for (const auto& extended : settings_.extended) input.sources.add(extended);
  next.given.reserve(files_.size());
  for (std::size_t i = 0; i < files_.size(); ++i) {
    // What differs in nothing but its places stays as it was: so do the places that rules have found in it.
    const LiveFile& file = files_[i];
    const bool as_before = !everything_ && !dirty_.contains(file.id);
    input.sources.add(as_before ? run_.input->sources.share(file.id) : file.seen);
    next.given.push_back(as_before ? given_[i] : std::make_shared<const ReadFile>(file.read));
  }
  for (const auto& given : next.given) input.files.push_back(*given);
  note_absent(disk_, folders_, settings_, input);
  next.everything = next.everything || touches_everything(next);
  next.build.emplace(input, next.everything ? nullptr : &graph(), next.touched.files);
}

bool LiveRoot::touches_everything(const Next& next) const {
  return std::ranges::any_of(next.touched.files, [&](FileId id) {
    const auto at = static_cast<std::size_t>(id) - static_cast<std::size_t>(first_id());
    return touches_other_files(run_.input->files[at], next.run.input->files[at]);
  });
}

void LiveRoot::finish(Next& next, RuleRun& rules, const Graph& graph) {
  LintRun& run = next.run;
  rules.take_into(results_);
  run.findings = results_.all();
  finish_findings(graph, settings_, whole_, repository_of(disk_, {input_}, settings_), run.findings);
  count_input(graph, run.summary);
  count_findings(run);
  for (LiveFile& file : files_) {
    if (!everything_ && !next.touched.files.contains(file.id)) continue;
    file.map = map_documents(file.seen->text(), file.text->text());
  }
  run_ = std::move(run);
  given_ = std::move(next.given);
  everything_ = false;
  dirty_.clear();
  next_.reset();
  ++generation_;
}

}  // namespace hop
