#pragma once
// URIs of files and back. Knows nothing of which files there are. Source: RFC 3986, RFC 8089.

#include <optional>
#include <string>
#include <string_view>

namespace hop::lsp {

/// The absolute path of a `file:` URI, without "." and ".." parts; nothing for other schemes, other hosts and what is no URI.
std::optional<std::string> path_of_uri(std::string_view uri);

}  // namespace hop::lsp
