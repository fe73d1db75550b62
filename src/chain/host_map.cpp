#include "chain/host_map.h"

#include <algorithm>

#include "text/words.h"

namespace hop {
namespace {

std::string folded(std::string_view pattern) {
  std::string text = lower(pattern);
  if (text.size() > 1 && text.back() == '.') text.pop_back();
  return text;
}

/// Calls `each` with every domain that the host lies in, the closest first.
template <class Each>
void domains(std::string_view host, Each each) {
  for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.')) {
    host.remove_prefix(dot + 1);
    each(std::string(host));
  }
}

}  // namespace

void HostMap::add(std::string_view pattern, std::uint32_t value) {
  const std::string text = folded(pattern);
  all_.push_back(value);
  if (text == "*") {
    any_.push_back(value);
    return;
  }
  const bool wild = text.starts_with("*.");
  const std::string_view rest = wild ? std::string_view(text).substr(2) : std::string_view(text);
  (wild ? wild_ : exact_)[std::string(rest)].push_back(value);
  if (wild) below_[std::string(rest)].push_back(value);
  domains(rest, [&](const std::string& domain) { below_[domain].push_back(value); });
}

std::vector<std::uint32_t> HostMap::overlapping(std::string_view pattern) const {
  const std::string text = folded(pattern);
  std::vector<std::uint32_t> found = text == "*" ? all_ : any_;
  const auto collect = [&](const Table& table, const std::string& key) {
    if (const auto at = table.find(key); at != table.end()) found.insert(found.end(), at->second.begin(), at->second.end());
  };
  if (text != "*") {
    const bool wild = text.starts_with("*.");
    const std::string rest = wild ? text.substr(2) : text;
    if (wild) {
      collect(below_, rest);
      collect(wild_, rest);
    } else {
      collect(exact_, rest);
    }
    domains(rest, [&](const std::string& domain) { collect(wild_, domain); });
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace hop
