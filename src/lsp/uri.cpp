#include "lsp/uri.h"

#include "text/file_system.h"

namespace hop::lsp {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

}  // namespace

std::optional<std::string> path_of_uri(std::string_view uri) {
  if (!uri.starts_with("file:")) return std::nullopt;
  uri.remove_prefix(5);
  if (uri.starts_with("//localhost/")) uri.remove_prefix(11);
  if (uri.starts_with("///")) uri.remove_prefix(2);
  if (!uri.starts_with('/') || uri.starts_with("//")) return std::nullopt;
  const std::string path = decoded(uri.substr(0, uri.find_first_of("?#")));
  if (path.find('\0') != std::string::npos) return std::nullopt;
  return join_path("/", path);
}

}  // namespace hop::lsp
