#include "model/host_patterns.h"

#include <algorithm>

#include "model/host.h"
#include "text/words.h"

namespace hop {
namespace {

/// Without the `*`, from its end.
std::string reversed(std::string_view pattern) {
  if (pattern.size() > 1 && pattern.ends_with('.')) pattern.remove_suffix(1);
  if (is_wildcard(pattern)) pattern.remove_prefix(1);
  std::string text = lower(pattern);
  std::ranges::reverse(text);
  return text;
}

/// Whether one of them, sorted, begins with `start`.
bool any_begins_with(const std::vector<std::string>& sorted, std::string_view start) {
  const auto at = std::ranges::lower_bound(sorted, start);
  return at != sorted.end() && at->starts_with(start);
}

/// Whether `text` begins with one of them, sorted, of which none begins with another.
bool begins_with_any(const std::vector<std::string>& sorted, std::string_view text) {
  const auto at = std::ranges::upper_bound(sorted, text);
  return at != sorted.begin() && text.starts_with(*(at - 1));
}

}  // namespace

void HostPatterns::add(std::string_view pattern) { (is_wildcard(pattern) ? wild_ : exact_).push_back(reversed(pattern)); }

void HostPatterns::seal() {
  std::ranges::sort(exact_);
  std::ranges::sort(wild_);
  // Whatever begins with a text follows it at once.
  const auto rest = std::ranges::unique(wild_, [](const std::string& a, const std::string& b) { return b.starts_with(a); });
  wild_.erase(rest.begin(), rest.end());
}

bool HostPatterns::overlap(std::string_view pattern) const {
  if (empty()) return false;
  const std::string text = reversed(pattern);
  if (begins_with_any(wild_, text)) return true;
  if (!is_wildcard(pattern)) return std::ranges::binary_search(exact_, text);
  return any_begins_with(exact_, text) || any_begins_with(wild_, text);
}

bool HostPatterns::cover(std::string_view pattern) const {
  const std::string text = reversed(pattern);
  return begins_with_any(wild_, text) || (!is_wildcard(pattern) && std::ranges::binary_search(exact_, text));
}

}  // namespace hop
