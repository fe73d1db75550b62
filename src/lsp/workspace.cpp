#include "lsp/workspace.h"

#include <algorithm>
#include <utility>

#include "engine/config.h"
#include "engine/paths.h"
#include "engine/select.h"
#include "report/uri.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

std::vector<std::string> words_of(const JsonValue& list) {
  std::vector<std::string> words;
  for (const JsonValue& item : list.items()) {
    if (!item.str().empty()) words.emplace_back(item.str());
  }
  return words;
}

/// Words that name no rule are left out: settings are shared between versions of hoplint.
std::vector<std::string> rules_of(const JsonValue& list) {
  std::vector<std::string> words = words_of(list);
  std::erase_if(words, [](const std::string& word) { return unknown_rule_word(word).has_value(); });
  return words;
}

bool is_manifest_path(std::string_view path) {
  const std::string name = lower(file_name(path));
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") || name == "kustomization";
}

/// Whether `path` lies in `folder`, at whatever depth.
bool lies_below(const std::string& folder, const std::string& path) { return folder == "/" || path_below(folder, path).has_value(); }

/// As roots call it: relative to the working directory where it lies below it.
std::string own_path(const Buffers& buffers, const std::string& path) {
  const auto below = path_below(buffers.absolute("."), path);
  return below ? std::string(*below) : path;
}

}  // namespace

UserSettings read_user_settings(const JsonValue& settings) {
  UserSettings user;
  user.words.select = rules_of(settings["select"]);
  user.words.ignore = rules_of(settings["ignore"]);
  user.words.known = words_of(settings["known"]);
  const JsonValue& complete = settings["complete"];
  if (complete.is(JsonValue::Type::boolean)) user.words.complete = Completeness{complete.truth(), {}};
  if (complete.is(JsonValue::Type::array)) user.words.complete = Completeness{false, words_of(complete)};
  user.isolated = settings["isolated"].truth();
  if (settings["codeLens"].is(JsonValue::Type::boolean)) user.code_lens = settings["codeLens"].truth();
  return user;
}

Workspace::Workspace(const FileSystem& disk, std::string today, unsigned jobs) : buffers_(disk), today_(std::move(today)), jobs_(jobs) {}

void Workspace::set_folders(std::set<std::string> folders) {
  if (folders == folders_) return;
  folders_ = std::move(folders);
  rebuild();
}

bool Workspace::set_user_settings(UserSettings settings) {
  if (settings == user_) return false;
  user_ = std::move(settings);
  rebuild();
  return true;
}

std::string Workspace::open_folder(const std::string& folder) const {
  const auto holds = [&](const std::string& open) { return open == folder || lies_below(open, folder); };
  const auto open = std::ranges::find_if(folders_, holds);
  if (open != folders_.end()) return *open;
  return buffers_.type(folder) == FileType::directory ? folder : std::string(parent_path(folder));
}

Root Workspace::make_root(const std::string& folder, bool loose) const {
  Root root;
  root.folder = folder;
  root.loose = loose;
  Settings settings;
  const auto config = user_.isolated ? std::nullopt : find_config(buffers_, folder);
  if (config) {
    Sources sources;
    root.config = buffers_.absolute(*config);
    root.config_mistakes = read_config(buffers_, *config, sources, settings);
    if (sources.size() > 0) root.config_text = sources.share(FileId{0});
    for (std::size_t i = 1; i < sources.size(); ++i) root.extended.insert(buffers_.absolute(sources[static_cast<FileId>(i)].path()));
    for (Diagnostic& mistake : root.config_mistakes) {
      if (!mistake.where || mistake.where.file == FileId{0}) continue;
      // In a file that the configuration extends: told at the configuration's beginning.
      mistake.message = format("{}:{}: {}", sources[mistake.where.file].path(),
                               sources[mistake.where.file].position(mistake.where.begin).line, mistake.message);
      mistake.where = Span{FileId{0}, 0, 0};
    }
  }
  overrule(settings, user_.words, open_folder(folder));
  settings.today = today_;
  settings.jobs = jobs_;
  settings.isolated = user_.isolated;
  const bool whole = buffers_.canonical(settings.base) == buffers_.canonical(folder) ||
                     lies_below(buffers_.canonical(folder), buffers_.canonical(settings.base));
  root.live = std::make_unique<LiveRoot>(buffers_, InputPath{folder, std::nullopt}, std::move(settings), whole);
  return root;
}

void Workspace::rebuild() {
  for (const Root& root : roots_) extended_.insert(root.extended.begin(), root.extended.end());
  roots_.clear();
  known_roots_ = 0;
  ++rebuilt_;
  for (const std::string& folder : folders_) {
    // A folder in another one is read with it.
    const bool inside =
        std::ranges::any_of(folders_, [&](const std::string& other) { return other != folder && lies_below(other, folder); });
    if (!inside) roots_.push_back(make_root(folder, false));
  }
  for (const auto& [path, buffer] : buffers_.all()) {
    if (file_name(path) != config_name) place_document(path);
  }
}

bool Workspace::makes_settings(const std::string& path) const {
  const auto extends = [&](const Root& root) { return root.extended.contains(path); };
  return file_name(path) == config_name || extended_.contains(path) || std::ranges::any_of(roots_, extends);
}

bool Workspace::is_configuration(const std::string& path) const {
  return file_name(path) == config_name || file_name(path) == ".gitignore";
}

void Workspace::document_changed(const std::string& path) {
  if (makes_settings(path)) file_changed(path);
  if (file_name(path) == config_name) return;
  const std::string own = own_path(buffers_, path);
  for (Root& root : roots_) root.live->changed(own, true);
}

void Workspace::document_moved(const std::string& path) {
  if (makes_settings(path)) file_changed(path);
  if (file_name(path) != config_name) place_document(path);
}

void Workspace::place_document(const std::string& path) {
  if (!is_manifest_path(path)) return;
  const bool open = buffers_.find(path) != nullptr;
  const std::string own = own_path(buffers_, path);
  bool below_any = false;
  for (Root& root : roots_) {
    if (root.loose) continue;
    const bool below = lies_below(root.folder, path);
    const bool has = root.live->changed(own, open);
    if (below && (!has || buffers_.type(path) == FileType::missing)) root.live->rescan();
    below_any = below_any || below;
  }
  if (below_any) return;
  const auto loose = std::ranges::find_if(roots_, [&](const Root& root) { return root.loose && root.folder == path; });
  if (loose != roots_.end() && !open) {
    roots_.erase(loose);
    known_roots_ = std::min(known_roots_, roots_.size());
    ++rebuilt_;
  } else if (loose != roots_.end()) {
    loose->live->changed(own, true);
  } else if (open) {
    roots_.push_back(make_root(path, true));
    roots_.back().live->changed(own, true);
  }
}

void Workspace::file_changed(const std::string& path) {
  if (makes_settings(path)) {
    // A configuration that cannot be used leaves the one before in force, until it is mended or goes away.
    for (Root& root : roots_) {
      if ((root.config != path && !root.extended.contains(path)) || buffers_.type(path) != FileType::regular) continue;
      Root changed = make_root(root.folder, root.loose);
      if (changed.config_mistakes.empty()) continue;
      root.config_mistakes = std::move(changed.config_mistakes);
      root.extended.insert(changed.extended.begin(), changed.extended.end());
      root.config_text = std::move(changed.config_text);
      ++rebuilt_;
      return;
    }
    rebuild();
    return;
  }
  if (is_configuration(path)) return rescan();
  if (!is_manifest_path(path) || buffers_.find(path) != nullptr) return;
  const bool there = buffers_.type(path) != FileType::missing;
  const std::string own = own_path(buffers_, path);
  for (Root& root : roots_) {
    if (!lies_below(root.folder, path)) continue;
    const bool has = root.live->changed(own, false);
    if (has != there) root.live->rescan();
  }
}

void Workspace::rescan() {
  for (Root& root : roots_) root.live->rescan(true);
}

bool Workspace::step() {
  for (Root& root : roots_) {
    if (root.live->step()) return true;
  }
  if (known_roots_ == roots_.size()) return false;
  add_nested_roots();
  return true;
}

/// Those that walks came across: each is linted by itself.
void Workspace::add_nested_roots() {
  std::set<std::string> wanted;
  for (std::size_t i = known_roots_; i < roots_.size(); ++i) {
    for (const std::string& folder : roots_[i].live->other_roots()) wanted.insert(buffers_.absolute(folder));
  }
  known_roots_ = roots_.size();
  for (const std::string& folder : wanted) {
    if (std::ranges::any_of(roots_, [&](const Root& root) { return root.folder == folder; })) continue;
    roots_.push_back(make_root(folder, false));
    roots_.back().nested = true;
    for (const auto& [path, buffer] : buffers_.all()) {
      if (lies_below(folder, path)) roots_.back().live->changed(own_path(buffers_, path), true);
    }
  }
}

bool Workspace::settled() const {
  return known_roots_ == roots_.size() && std::ranges::all_of(roots_, [](const Root& root) { return root.live->settled(); });
}

unsigned Workspace::percent() const {
  unsigned sum = 0;
  for (const Root& root : roots_) sum += root.live->percent();
  return roots_.empty() ? 100 : sum / static_cast<unsigned>(roots_.size());
}

std::size_t Workspace::generation() const {
  std::size_t sum = rebuilt_ << 20U;
  for (const Root& root : roots_) sum += root.live->generation();
  return sum;
}

std::optional<Spot> Workspace::find(const std::string& path) const {
  const std::string own = own_path(buffers_, path);
  for (const Root& root : roots_) {
    const LiveFile* file = root.live->find(own);
    if (file != nullptr && file->text != nullptr && root.live->run().graph) return Spot{&root, file};
  }
  return std::nullopt;
}

std::string Workspace::uri_of(std::string_view path) const {
  const std::string absolute = buffers_.absolute(path);
  const Buffer* buffer = buffers_.find(absolute);
  return buffer != nullptr ? buffer->uri : uri_of_path(absolute);
}

}  // namespace hop::lsp
