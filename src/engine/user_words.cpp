#include "engine/user_words.h"

#include <utility>

#include "engine/config.h"
#include "engine/paths.h"
#include "engine/select.h"
#include "text/format.h"

namespace hop {
namespace {

std::string path_from(const std::string& folder, const std::string& path) {
  return path.starts_with('/') ? path : child_path(folder, path);
}

std::optional<std::string> mistake_in_known(const std::string& word, const FileSystem& files, const std::string& folder) {
  if (const auto name = parse_known_name(word)) return mistaken_kind(*name);
  if (is_known_path(word) || files.type(path_from(folder, word)) != FileType::missing) return std::nullopt;
  return format("expected {} in the place of `{}`", known_forms, word);
}

}  // namespace

std::vector<std::string> mistakes_in(const UserWords& words, const FileSystem& files, const std::string& folder) {
  std::vector<std::string> mistakes;
  const std::pair<std::string_view, const std::vector<std::string>*> lists[] = {{"select", &words.select}, {"ignore", &words.ignore}};
  for (const auto& [name, list] : lists) {
    for (const std::string& word : *list) {
      if (const auto mistake = unknown_rule_word(word)) mistakes.push_back(format("--{}: {}", name, *mistake));
    }
  }
  for (const std::string& word : words.known) {
    if (const auto mistake = mistake_in_known(word, files, folder)) mistakes.push_back(format("--known: {}", *mistake));
  }
  return mistakes;
}

void overrule(Settings& settings, const UserWords& words, const std::string& folder) {
  if (!words.select.empty()) {
    settings.selection.select = words.select;
    for (Override& override : settings.overrides) override.select.clear();  // what else they select is not asked for
  }
  if (!words.ignore.empty()) settings.selection.ignore = words.ignore;
  settings.selection.preview = settings.selection.preview || words.preview;
  if (words.complete) {
    settings.world.complete = words.complete->all;
    settings.world.complete_namespaces = words.complete->namespaces;
  }
  for (const std::string& word : words.known) {
    auto name = parse_known_name(word);
    if (!name) {
      settings.known_paths.push_back(path_from(folder, word));
    } else if (!mistaken_kind(*name)) {
      settings.world.known.push_back(std::move(*name));
    }
  }
}

}  // namespace hop
