#include "chain/request.h"

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_set>

#include "model/host.h"
#include "text/format.h"
#include "text/pattern.h"
#include "text/words.h"
#include "yaml/template.h"

namespace hop {
namespace {

Failure no_url(std::string_view url, std::string_view why) { return {format("`{}` is no request: {}", shorten(url), why)}; }

std::optional<std::int64_t> parse_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t port = 0;
  for (const char digit : text) port = port * 10 + (digit - '0');
  return port >= 1 && port <= 65535 ? std::optional(port) : std::nullopt;
}

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '*' || c == ':';
}

}  // namespace

Result<Request> parse_request(std::string_view url) {
  Request request;
  std::string_view rest = url;
  request.scheme = "https";
  if (const std::size_t colon = rest.find("://"); colon != std::string_view::npos) {
    request.scheme = lower(rest.substr(0, colon));
    rest.remove_prefix(colon + 3);
    if (request.scheme != "http" && request.scheme != "https") return no_url(url, "its scheme is neither http nor https");
  }
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, end);
  rest = rest.substr(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  if (const std::size_t colon = authority.rfind(':');
      colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    request.port = parse_port(authority.substr(colon + 1));
    if (!request.port) return no_url(url, "its port is no number from 1 to 65535");
    authority = authority.substr(0, colon);
  }
  request.host = lower(authority);
  if (request.host.size() > 1 && request.host.back() == '.') request.host.pop_back();
  if (request.host.empty()) return no_url(url, "it names no host");
  if (!std::all_of(request.host.begin(), request.host.end(), is_host_char)) return no_url(url, "its host has characters that no host has");
  rest = rest.substr(0, rest.find('#'));
  const std::size_t query = rest.find('?');
  request.path = std::string(rest.substr(0, query));
  if (request.path.empty()) request.path = "/";
  request.path_is_prefix = false;
  request.headers.emplace_back("", query == std::string_view::npos ? std::string_view() : rest.substr(query + 1));
  request.method = "GET";
  return request;
}

bool is_exact(const Request& request) { return !request.host.empty() && request.host.find('*') == std::string::npos; }

namespace {

constexpr std::size_t exact_host = std::numeric_limits<std::size_t>::max();

bool overlaps(std::string_view pattern, const Request& request) {
  if (request.host.empty() || pattern == "*") return true;
  if (is_exact(request)) return glob_match(pattern, request.host);
  return hosts_overlap(pattern, request.host);
}

std::string narrower(std::string_view pattern, const std::string& host) {
  if (host.empty() || host == "*") return std::string(pattern);
  if (pattern == "*") return host;
  return host_covers(pattern, host) ? host : std::string(pattern);
}

std::size_t closeness(std::string_view pattern) {
  return pattern.find_first_of("*?") == std::string_view::npos ? exact_host : pattern.size();
}

/// What a path pattern of an ALB, or a prefix of Istio's, leaves of the request's path.
struct PathFit {
  Truth fits = Truth::no;
  std::string path;
};

PathFit fit_literal(std::string_view literal, bool whole, const Request& request) {
  if (!request.path_is_prefix) {
    const bool fits = whole ? request.path == literal : request.path.starts_with(literal);
    return {truth(fits), request.path};
  }
  if (request.path.starts_with(literal)) return {whole && request.path != literal ? Truth::no : Truth::unknown, request.path};
  if (literal.starts_with(request.path)) return {Truth::unknown, std::string(literal)};
  return {};
}

PathFit fit_pattern(std::string_view pattern, const Request& request) {
  if (!request.path_is_prefix) return {truth(glob_match(pattern, request.path)), request.path};
  const std::size_t literal = pattern.find_first_of("*?");
  return fit_literal(pattern.substr(0, literal), literal == std::string_view::npos, request);
}

/// A text against `exact`, `prefix` or `regex`.
Truth fits(yaml::Node match, std::string_view text, bool fold) {
  const std::string given = fold ? lower(text) : std::string(text);
  for (const auto& [key, value] : match.entries()) {
    const auto wanted = text_of(value);
    if (!wanted.is_known()) return Truth::unknown;
    const std::string word = fold ? lower(*wanted) : std::string(*wanted);
    if (key.str() == "exact") return truth(given == word);
    if (key.str() == "prefix") return truth(given.starts_with(word));
    if (key.str() == "regex") {
      const auto pattern = Pattern::compile(*wanted);
      return pattern ? truth(pattern->matches_whole(text)) : Truth::unknown;
    }
  }
  return Truth::yes;  // an empty match asks that the header is there
}

std::optional<std::string_view> header(const Request& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<std::string> query_value(const Request& request, std::string_view name) {
  for (std::string_view pair : split_list(header(request, "").value_or(""), '&')) {
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) == name) return std::string(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
  }
  return std::nullopt;
}

/// Adds one part of a condition to what is known so far.
class Conjunction {
 public:
  explicit Conjunction(Taken& taken) : taken_(taken) {}
  void add(Truth part, std::string_view name) {
    if (part == Truth::unknown && taken_.depends_on.empty()) taken_.depends_on = name;
    taken_.taken = taken_.taken && part;
  }

 private:
  Taken& taken_;
};

Truth fits_headers(yaml::Node wanted, const Request& request) {
  Truth all = Truth::yes;
  for (const auto& [key, value] : wanted.entries()) {
    const std::string name = lower(key.str());
    if (name == ":authority" || name == ":method" || name == ":scheme") return Truth::unknown;
    const auto given = header(request, name);
    if (!given) return request.path_is_prefix ? Truth::unknown : Truth::no;
    all = all && fits(value, *given, false);
  }
  return all;
}

Truth fits_queries(yaml::Node wanted, const Request& request) {
  if (request.path_is_prefix) return Truth::unknown;
  Truth all = Truth::yes;
  for (const auto& [key, value] : wanted.entries()) {
    const auto given = query_value(request, key.str());
    if (!given) return Truth::no;
    all = all && fits(value, *given, false);
  }
  return all;
}

Truth names_gateway(yaml::Node list, std::string_view gateway) {
  for (yaml::Node item : list.items()) {
    const auto name = text_of(item);
    if (!name.is_known()) return Truth::unknown;
    if (*name == gateway || gateway.ends_with("/" + std::string(*name))) return Truth::yes;
  }
  return Truth::no;
}

/// Istio compares with the number of the Gateway's server, inside the mesh with that of the Service.
Truth fits_port(yaml::Node wanted, const Condition& condition, const Request& request) {
  std::optional<std::int64_t> port = request.served_at;
  if (!port && condition.gateway == "mesh") {
    port = request.port || request.scheme.empty() ? request.port : std::optional(usual_port(request.scheme));
  }
  const auto number = integer_of(wanted);
  return port && number.is_known() ? truth(*port == *number) : Truth::unknown;
}

void fit_uri(yaml::Node match, bool fold, const Request& request, Taken& taken, Conjunction& all) {
  for (const char* key : {"exact", "prefix"}) {
    const auto text = text_of(match[key]);
    if (text.is_unknown()) return all.add(Truth::unknown, "a placeholder");
    if (!text.is_known()) continue;
    if (fold && !request.path_is_prefix) return all.add(fits(match, request.path, true), "the path");
    PathFit fit = fit_literal(*text, std::string_view(key) == "exact", request);
    taken.path = std::move(fit.path);
    return all.add(fit.fits, "the path");
  }
  all.add(request.path_is_prefix ? Truth::unknown : fits(match, request.path, false), "the path");
}

Taken fit_match(yaml::Node match, const Condition& condition, const Request& request) {
  Taken taken;
  taken.path = request.path;
  Conjunction all(taken);
  for (const auto& [key, value] : match.entries()) {
    const std::string_view name = key.str();
    if (name == "uri") fit_uri(value, match["ignoreUriCase"].boolean() == true, request, taken, all);
    if (name == "method") all.add(request.method.empty() ? Truth::unknown : fits(value, request.method, false), "the method");
    if (name == "scheme") all.add(request.scheme.empty() ? Truth::unknown : fits(value, request.scheme, false), "the scheme");
    if (name == "authority") all.add(is_exact(request) ? fits(value, request.host, false) : Truth::unknown, "the host");
    if (name == "headers") all.add(fits_headers(value, request), "headers");
    if (name == "withoutHeaders") all.add(value.size() == 0 ? Truth::yes : !fits_headers(value, request), "headers");
    if (name == "queryParams") all.add(fits_queries(value, request), "the query");
    if (name == "gateways") all.add(names_gateway(value, condition.gateway), "the gateway");
    if (name == "port") all.add(fits_port(value, condition, request), "the port");
    if (name == "sourceLabels" || name == "sourceNamespace") all.add(Truth::unknown, "where it comes from");
  }
  return taken;
}

/// The best of several alternatives.
void take_any(const Taken& one, Taken& best, bool& first) {
  if (first || one.taken > best.taken) best = one;
  first = false;
}

Taken fit_http(const Condition& condition, const Request& request) {
  Taken best;
  best.path = request.path;
  bool first = true;
  for (yaml::Node match : condition.http_match.items()) take_any(fit_match(match, condition, request), best, first);
  return best;
}

Truth fits_api_path(yaml::Node match, const Request& request, std::string& path) {
  const yaml::Node node = match["path"];
  const auto value = text_of(node["value"]);
  if (!node || value.is_absent()) return Truth::yes;
  if (!value.is_known()) return Truth::unknown;
  const std::string_view type = node["type"] ? node["type"].str() : "PathPrefix";
  if (type == "RegularExpression") {
    const auto pattern = Pattern::compile(*value);
    return request.path_is_prefix || !pattern ? Truth::unknown : truth(pattern->matches_whole(request.path));
  }
  std::string_view base = *value;
  if (type == "PathPrefix" && base.size() > 1 && base.ends_with('/')) base.remove_suffix(1);
  const bool whole = type == "Exact";
  PathFit fit = fit_literal(base == "/" ? std::string_view("/") : base, whole, request);
  // A prefix ends at a slash: /shop is no prefix of /shopping.
  const bool splits =
      !whole && !request.path_is_prefix && base != "/" && request.path.size() > base.size() && request.path[base.size()] != '/';
  path = std::move(fit.path);
  return splits ? Truth::no : fit.fits;
}

Truth fits_api_headers(yaml::Node list, const Request& request) {
  Truth all = Truth::yes;
  for (yaml::Node item : list.items()) {
    const auto given = header(request, lower(item["name"].str()));
    if (!given) return request.path_is_prefix ? Truth::unknown : Truth::no;
    const bool regex = item["type"].str() == "RegularExpression";
    all = all && (regex ? Truth::unknown : text_of(item["value"]).equals(*given));
  }
  return all;
}

Taken fit_api(const Condition& condition, const Request& request) {
  Taken best;
  best.path = request.path;
  bool first = true;
  for (yaml::Node match : condition.api_matches.items()) {
    Taken one;
    one.path = request.path;
    Conjunction all(one);
    all.add(fits_api_path(match, request, one.path), "the path");
    if (match["headers"]) all.add(fits_api_headers(match["headers"], request), "headers");
    if (match["queryParams"]) all.add(Truth::unknown, "the query");
    if (match["method"].is_scalar() && !request.method.empty()) all.add(text_of(match["method"]).equals(request.method), "the method");
    take_any(one, best, first);
  }
  return best;
}

Taken fit_rule(const ListenerRule& rule, const Request& request) {
  Taken best;
  best.path = request.path;
  bool first = true;
  for (const std::string& pattern : rule.paths) {
    PathFit fit = fit_pattern(pattern, request);
    Taken one;
    one.taken = fit.fits;
    one.path = std::move(fit.path);
    if (fit.fits == Truth::unknown) one.depends_on = "the path";
    take_any(one, best, first);
  }
  Conjunction all(best);
  if (!rule.known) all.add(Truth::unknown, "a placeholder");
  if (rule.narrowed) all.add(Truth::unknown, "further conditions of the rule");
  return best;
}

Taken fit_rest(const Condition& condition, const Request& request) {
  const auto& except = condition.except_ports;
  const bool excepted = request.port && std::find(except.begin(), except.end(), *request.port) != except.end();
  if (excepted || (condition.port && request.port && *condition.port != *request.port)) {
    Taken none;
    none.taken = Truth::no;
    return none;
  }
  if (condition.rule != nullptr) return fit_rule(*condition.rule, request);
  if (condition.http_match) return fit_http(condition, request);
  if (condition.api_matches) return fit_api(condition, request);
  Taken taken;
  taken.path = request.path;
  return taken;
}

}  // namespace

std::vector<Taken> ways_taken(const Condition& condition, const Request& request) {
  Taken rest = fit_rest(condition, request);
  if (rest.taken == Truth::no) return {};
  // A request whose path is open fits wherever it can: that is no reason to doubt.
  if (rest.depends_on == "the path" && request.path_is_prefix) rest.taken = Truth::yes;
  std::vector<Taken> ways;
  std::unordered_set<std::string> hosts;  // of the ways; one host is one way
  for (const std::string& pattern : condition.hosts) {
    if (!overlaps(pattern, request)) continue;
    Taken one = rest;
    one.host = narrower(pattern, request.host);
    if (!is_exact(request) && condition.hosts.size() > 1 && !hosts.insert(one.host).second) continue;
    one.closeness = closeness(pattern);
    ways.push_back(std::move(one));
  }
  if (condition.hosts.empty() && !condition.hosts_open) {
    rest.host = request.host;
    ways.push_back(std::move(rest));
  } else if (ways.empty() && condition.hosts_open) {
    rest.host = request.host;
    rest.taken = rest.taken && Truth::unknown;
    rest.depends_on = "a placeholder";
    ways.push_back(std::move(rest));
  }
  // One host fits once: by its closest pattern.
  if (is_exact(request) && ways.size() > 1) {
    ways = {*std::max_element(ways.begin(), ways.end(), [](const Taken& a, const Taken& b) { return a.closeness < b.closeness; })};
  }
  return ways;
}

Taken takes(const Condition& condition, const Request& request) {
  std::vector<Taken> ways = ways_taken(condition, request);
  if (!ways.empty()) return ways.front();
  Taken none;
  none.taken = Truth::no;
  return none;
}

bool takes_everything(const Condition& condition) {
  const auto any_host = [](const std::string& host) { return host == "*"; };
  const bool hosts =
      condition.hosts.empty() ? !condition.hosts_open : std::any_of(condition.hosts.begin(), condition.hosts.end(), any_host);
  if (!hosts || condition.http_match.size() > 0 || condition.api_matches.size() > 0) return false;
  if (condition.rule == nullptr) return true;
  const auto any_path = [](const std::string& path) { return path == "/*" || path == "*"; };
  const auto& paths = condition.rule->paths;
  return condition.rule->known && !condition.rule->narrowed && (paths.empty() || std::any_of(paths.begin(), paths.end(), any_path));
}

}  // namespace hop
