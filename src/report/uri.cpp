#include "report/uri.h"

#include "text/format.h"
#include "text/unicode.h"
#include "version.h"

namespace hop {
namespace {

/// RFC 3986, section 2.3, and the slash between parts.
bool is_plain(char c) {
  constexpr std::string_view marks = "-._~/";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
}

}  // namespace

std::string uri_of_path(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (std::size_t at = 0; at < path.size();) {
    const CodePoint character = code_point_at(path, at);
    std::string bytes;
    append_utf8(bytes, character.value);
    for (const char c : bytes) out += is_plain(c) ? std::string(1, c) : format("%{:02X}", static_cast<unsigned char>(c));
    at += character.length;
  }
  return out;
}

std::string rule_page_uri(std::string_view rule_id) { return format("{}/docs/rules/{}.md", homepage, rule_id); }

}  // namespace hop
