#include "model/host.h"

#include <algorithm>

namespace hop {
namespace {

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_case(x) == lower_case(y); });
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && equal_ignoring_case(text.substr(text.size() - suffix.size()), suffix);
}

std::string_view without_trailing_dot(std::string_view host) {
  return host.size() > 1 && host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
}

}  // namespace

std::optional<ServiceHost> service_host(std::string_view host, std::string_view cluster_domain) {
  host = without_trailing_dot(host);
  if (host.empty() || is_wildcard(host)) return std::nullopt;
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return ServiceHost{host, {}};
  if (!ends_with(host, cluster_domain)) return std::nullopt;
  std::string_view rest = host.substr(0, host.size() - cluster_domain.size());
  if (!rest.ends_with(".svc.")) return std::nullopt;
  rest.remove_suffix(5);
  const std::size_t split = rest.find('.');
  // More than two parts in front of `.svc.` name one pod of a headless Service, which no rule resolves.
  if (split == std::string_view::npos || rest.find('.', split + 1) != std::string_view::npos) return std::nullopt;
  return ServiceHost{rest.substr(0, split), rest.substr(split + 1)};
}

std::optional<ServiceHost> half_qualified_host(std::string_view host) {
  host = without_trailing_dot(host);
  if (host.ends_with(".svc")) host.remove_suffix(4);
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos || dot == 0 || host.find('.', dot + 1) != std::string_view::npos) return std::nullopt;
  return ServiceHost{host.substr(0, dot), host.substr(dot + 1)};
}

bool is_wildcard(std::string_view host) { return host.starts_with('*'); }

bool hosts_overlap(std::string_view a, std::string_view b) {
  a = without_trailing_dot(a);
  b = without_trailing_dot(b);
  const bool wild_a = is_wildcard(a);
  const bool wild_b = is_wildcard(b);
  if (!wild_a && !wild_b) return equal_ignoring_case(a, b);
  if (wild_a && wild_b) return a.size() >= b.size() ? ends_with(a.substr(1), b.substr(1)) : ends_with(b.substr(1), a.substr(1));
  return wild_a ? ends_with(b, a.substr(1)) : ends_with(a, b.substr(1));
}

bool host_covers(std::string_view wide, std::string_view narrow) {
  wide = without_trailing_dot(wide);
  narrow = without_trailing_dot(narrow);
  if (!is_wildcard(wide)) return equal_ignoring_case(wide, narrow);
  const std::string_view suffix = wide.substr(1);
  return ends_with(is_wildcard(narrow) ? narrow.substr(1) : narrow, suffix);
}

GatewayHost gateway_host(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {{}, text};
  return {text.substr(0, slash), text.substr(slash + 1)};
}

}  // namespace hop
