#pragma once
// C++ sources as text, for tests that hold them to the layering and the house's style. No parser: it sees includes, comments, strings,
// brackets. Knows nothing of what they mean.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hop {

struct SourceFile {
  std::string path;  ///< relative to the project, with '/'
  std::string text;
};

/// All .h and .cpp files below a folder of the project, in path order.
std::vector<SourceFile> load_sources(const std::filesystem::path& project, const std::string& folder);

struct Include {
  std::string path;
  bool quoted = false;  ///< "…" rather than <…>
};
std::vector<Include> includes_of(std::string_view text);

/// The text with comments, strings and character literals blanked out, of the same length.
std::string code_of(std::string_view text);

/// Position behind the bracket that closes the one at `open`; the end if none does.
std::size_t behind_bracket(std::string_view code, std::size_t open);

}  // namespace hop
