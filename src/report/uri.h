#pragma once
// Paths as URIs. Knows nothing of where files lie.

#include <string>
#include <string_view>

namespace hop {

/// "a%20b/c.yaml" for a relative path, "file:///a" for an absolute one. Bytes that are not UTF-8 become U+FFFD: readers decode the whole.
std::string uri_of_path(std::string_view path);

/// Where a rule's page is published.
std::string rule_page_uri(std::string_view rule_id);

}  // namespace hop
