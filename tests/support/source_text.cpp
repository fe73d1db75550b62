#include "support/source_text.h"

#include <algorithm>

#include "support/case.h"
#include "text/words.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

/// Position behind what begins at `at` and is no code: a comment or a literal; `at` itself if it is code.
std::size_t behind_literal(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto behind = [&](std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return behind("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const std::string delimiter(text.substr(at + 2, text.find('(', at) - at - 2));
    return behind(")" + delimiter + "\"", at + 2);
  }
  // 1'000 is a number, not a character.
  const bool digits = at > 0 && text[at] == '\'' && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0;
  if ((text[at] != '"' && text[at] != '\'') || digits) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

}  // namespace

std::vector<SourceFile> load_sources(const fs::path& project, const std::string& folder) {
  std::vector<SourceFile> sources;
  if (!fs::is_directory(project / folder)) return sources;
  for (const auto& entry : fs::recursive_directory_iterator(project / folder)) {
    const bool is_source = entry.path().extension() == ".h" || entry.path().extension() == ".cpp";
    if (is_source) sources.push_back({fs::relative(entry.path(), project).generic_string(), read_bytes(entry.path())});
  }
  std::sort(sources.begin(), sources.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return sources;
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  for (std::string_view line : split_list(text, '\n')) {
    if (!line.starts_with("#include")) continue;
    line = trim(line.substr(std::string_view("#include").size()));
    const std::size_t end = line.find_first_of("\">", 1);
    if (end != std::string_view::npos) includes.push_back({std::string(line.substr(1, end - 1)), line.front() == '"'});
  }
  return includes;
}

std::string code_of(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = behind_literal(text, at);
    for (std::size_t i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::size_t behind_bracket(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (std::string_view("([{").find(code[at]) != std::string_view::npos) ++depth;
    if (std::string_view(")]}").find(code[at]) != std::string_view::npos && --depth == 0) return at + 1;
  }
  return code.size();
}

}  // namespace hop
