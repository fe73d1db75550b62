#include "text/file_system.h"

#include <algorithm>
#include <iterator>

#include "text/format.h"

namespace hop {
namespace {

void append_parts(std::vector<std::string_view>& parts, std::string_view path, bool absolute) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part.empty() || part == ".") continue;
    const bool can_go_up = !parts.empty() && parts.back() != "..";
    if (part != ".." || (!can_go_up && !absolute)) {
      parts.push_back(part);
    } else if (can_go_up) {
      parts.pop_back();
    }
  }
}

}  // namespace

std::string too_large(std::uint64_t limit) {
  constexpr std::string_view units[] = {"bytes", "KiB", "MiB", "GiB"};
  std::size_t unit = 0;
  for (; unit + 1 < std::size(units) && limit >= 1024 && limit % 1024 == 0; ++unit) limit /= 1024;
  return format("larger than {} {}", limit, units[unit]);
}

std::string join_path(std::string_view a, std::string_view b) {
  if (b.starts_with('/')) a = {};
  const bool absolute = a.starts_with('/') || b.starts_with('/');
  std::vector<std::string_view> parts;
  append_parts(parts, a, absolute);
  append_parts(parts, b, absolute);
  std::string out = absolute ? "/" : "";
  for (const std::string_view part : parts) {
    if (!out.empty() && !out.ends_with('/')) out += '/';
    out += part;
  }
  return out.empty() ? "." : out;
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace hop
