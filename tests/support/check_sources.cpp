#include "support/check_sources.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "text/format.h"

namespace hop {
namespace {

constexpr std::string_view layers[] = {"text", "diag",  "yaml",   "model",  "graph", "chain",
                                       "rule", "rules", "engine", "report", "lsp",   "cli"};

std::optional<std::size_t> layer_of(std::string_view folder) {
  const auto* const found = std::find(std::begin(layers), std::end(layers), folder);
  if (found == std::end(layers)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(layers));
}

/// "yaml" of "src/yaml/parse.cpp", "rules" of "rules/alb/x.cpp".
std::string_view folder_of(std::string_view path) {
  if (path.starts_with("src/")) path.remove_prefix(4);
  return path.substr(0, path.find('/'));
}

/// A third-party library: its headers, where they may be included, and in how many files.
struct Door {
  std::string_view headers;
  std::string_view files;
  std::size_t most;
};

/// Includes begin with `headers`, paths with `files`. The library of a JSON header that is slow to compile may be in three files.
constexpr Door doors[] = {{"yaml.h", "src/yaml/parse.cpp", 1},
                          {"re2/", "src/text/pattern.cpp", 1},
                          {"fmt/", "src/text/format.h", 1},
                          {"CLI/", "src/cli/", 99},
                          {"nlohmann/", "src/", 3},
                          {"yaml-cpp/", "src/engine/yaml_writer.cpp", 1},
                          {"openssl/", "src/", 1}};

/// What the operating system offers; everything else of the standard library has no dot and no slash in its name.
constexpr std::string_view system_headers[] = {"dirent.h",    "fcntl.h",     "malloc.h",       "poll.h",
                                               "sys/ioctl.h", "sys/mman.h",  "sys/resource.h", "sys/signalfd.h",
                                               "sys/stat.h",  "sys/types.h", "unistd.h",       "emmintrin.h"};

bool is_system_header(std::string_view path) {
  if (std::find(std::begin(system_headers), std::end(system_headers), path) != std::end(system_headers)) return true;
  return path.find_first_of("./") == std::string_view::npos;
}

const Door* door_for(std::string_view include) {
  const auto* const found =
      std::find_if(std::begin(doors), std::end(doors), [&](const Door& door) { return include.starts_with(door.headers); });
  return found == std::end(doors) ? nullptr : found;
}

Complaints check_include(const SourceFile& source, const Include& include) {
  if (include.path == "regex") return {source.path + " includes <regex>: patterns are RE2's, behind text/pattern.h"};
  const Door* door = door_for(include.path);
  if (door == nullptr) {
    if (include.quoted || is_system_header(include.path)) return {};
    return {format("{} includes <{}>, which has no door", source.path, include.path)};
  }
  if (source.path.starts_with(door->files)) return {};
  return {format("{} includes <{}>, whose door is {}", source.path, include.path, door->files)};
}

std::size_t count_users(std::span<const SourceFile> sources, const Door& door) {
  return static_cast<std::size_t>(std::count_if(sources.begin(), sources.end(), [&](const SourceFile& source) {
    const std::vector<Include> includes = includes_of(source.text);
    return std::any_of(includes.begin(), includes.end(), [&](const Include& include) { return door_for(include.path) == &door; });
  }));
}

/// Position of the next `for (` from `from` on.
std::optional<std::size_t> find_for(std::string_view code, std::size_t from) {
  for (std::size_t at = code.find("for", from); at != std::string_view::npos; at = code.find("for", at + 1)) {
    const bool is_word = at == 0 || (std::isalnum(static_cast<unsigned char>(code[at - 1])) == 0 && code[at - 1] != '_');
    const std::size_t next = code.find_first_not_of(" \n", at + 3);
    if (is_word && next != std::string_view::npos && code[next] == '(') return at;
  }
  return std::nullopt;
}

bool is_over_resources(std::string_view head) {
  static constexpr std::string_view calls[] = {".all<", ".of(", ".linted<", ".workloads(", ".resources("};
  return std::any_of(std::begin(calls), std::end(calls), [&](std::string_view call) { return head.find(call) != std::string_view::npos; });
}

/// Position behind the statement that begins at `at`.
std::size_t behind_statement(std::string_view code, std::size_t at) {
  for (; at < code.size(); ++at) {
    if (code[at] == '{') return behind_bracket(code, at);
    if (code[at] == '(') at = behind_bracket(code, at) - 1;
    if (code[at] == ';') return at + 1;
  }
  return code.size();
}

/// Where the loops over resources are in `code`: begin of head and end of body.
std::vector<std::pair<std::size_t, std::size_t>> loops_over_resources(std::string_view code) {
  std::vector<std::pair<std::size_t, std::size_t>> loops;
  for (auto at = find_for(code, 0); at; at = find_for(code, *at + 1)) {
    const std::size_t open = code.find('(', *at);
    const std::size_t body = behind_bracket(code, open);
    if (is_over_resources(code.substr(open, body - open))) loops.emplace_back(*at, behind_statement(code, body));
  }
  return loops;
}

}  // namespace

Complaints check_layers(const SourceFile& source) {
  const auto own = layer_of(folder_of(source.path));
  if (!own) return {format("{}: `{}` is no layer", source.path, folder_of(source.path))};
  Complaints complaints;
  for (const Include& include : includes_of(source.text)) {
    if (!include.quoted || include.path == "version.h") continue;
    const auto other = layer_of(folder_of(include.path));
    if (!other || *other > *own)
      complaints.push_back(format("{} includes \"{}\", which does not stand left of it", source.path, include.path));
  }
  return complaints;
}

Complaints check_doors(std::span<const SourceFile> sources) {
  Complaints complaints;
  for (const SourceFile& source : sources) {
    for (const Include& include : includes_of(source.text)) append(complaints, check_include(source, include));
  }
  for (const Door& door : doors) {
    const std::size_t users = count_users(sources, door);
    if (users > door.most) complaints.push_back(format("{} files include <{}…>, {} may", users, door.headers, door.most));
  }
  return complaints;
}

Complaints check_form(const SourceFile& source) {
  Complaints complaints;
  if (source.path.ends_with(".h") && !source.text.starts_with("#pragma once\n// ")) {
    complaints.push_back(source.path + " does not begin with `#pragma once` and a comment on what the reader gets");
  }
  if (code_of(source.text).find("using namespace") != std::string::npos) complaints.push_back(source.path + " has `using namespace`");
  return complaints;
}

Complaints check_nesting(const SourceFile& source) {
  const std::string code = code_of(source.text);
  const auto loops = loops_over_resources(code);
  for (std::size_t i = 1; i < loops.size(); ++i) {
    const bool inside = std::any_of(loops.begin(), loops.begin() + static_cast<std::ptrdiff_t>(i),
                                    [&](const auto& outer) { return loops[i].first < outer.second; });
    if (!inside) continue;
    const auto line = 1 + std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(loops[i].first), '\n');
    return {format("{}:{} loops over resources inside another such loop; graph has an index for that", source.path, line)};
  }
  return {};
}

}  // namespace hop
