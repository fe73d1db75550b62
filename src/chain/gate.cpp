#include "chain/gate.h"

#include <algorithm>

#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

/// Paths that proxies normalize before they compare them.
bool is_normal(std::string_view path) {
  return path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos &&
         path.find_first_of("%\\") == std::string_view::npos;
}

/// What follows the prefix that the route's match asks for; nothing where it cannot be told which match took the request.
std::optional<std::string_view> after_prefix(yaml::Node match, std::string_view path) {
  if (match.size() == 0) return path.starts_with('/') ? std::optional(path.substr(1)) : std::nullopt;
  if (match.size() > 1) return std::nullopt;
  const yaml::Node uri = match[std::size_t{0}]["uri"];
  if (!uri) return path.starts_with('/') ? std::optional(path.substr(1)) : std::nullopt;
  if (const auto exact = text_of(uri["exact"]); exact.is_known()) return std::string_view();
  const auto prefix = text_of(uri["prefix"]);
  return prefix.is_known() && path.starts_with(*prefix) ? std::optional(path.substr((*prefix).size())) : std::nullopt;
}

OpenText host_of(const Request& request, const RewrittenRequest& rewritten, std::optional<std::int64_t> port, std::string& text) {
  if (!rewritten.host_known) return {{}, false, false, false};
  if (rewritten.host) return {*rewritten.host};
  if (!port) return {{}, request.path_is_prefix, request.path_is_prefix, request.path_is_prefix};
  text = request.host;
  const bool open = !is_exact(request);
  if (open) text = text.substr(std::min(text.size(), text.rfind('*') + 1));
  if (*port != usual_port(request.scheme)) text += format(":{}", *port);
  return {text, open};
}

}  // namespace

void RewrittenRequest::apply(const Hop& route, const Request& request) {
  if (!route.rewrite) return;
  if (route.resource->kind != Kind::virtual_service) {
    host_known = path_known = false;
    return;
  }
  if (const yaml::Node authority = route.rewrite["authority"]) {
    const auto said = text_of(authority);
    host_known = said.is_known();
    host = lower(said.value_or(""));
  }
  if (route.rewrite["uriRegexRewrite"]) path_known = false;
  if (const yaml::Node uri = route.rewrite["uri"]) {
    const auto said = text_of(uri);
    const auto rest = after_prefix(route.takes.http_match, request.path);
    path_known = path_known && said.is_known() && rest && !path;
    if (path_known) path = std::string(*said) + std::string(*rest);
  }
}

Admission admit(const Gate& gate, const std::vector<std::string_view>& trust_domains, const Request& request,
                const RewrittenRequest& rewritten, std::optional<std::int64_t> port) {
  Asked asked;
  asked.sees = gate.sees;
  asked.peer = gate.peer;
  asked.port = gate.port;
  asked.open = request.path_is_prefix;
  std::string host;
  asked.host = host_of(request, rewritten, port, host);
  const std::string_view path = rewritten.path ? std::string_view(*rewritten.path) : std::string_view(request.path);
  asked.path = {path, false, request.path_is_prefix, rewritten.path_known && is_normal(path)};
  asked.method = {request.method, false, request.method.empty()};
  Admission found = gate.network;
  std::size_t refused = 0;  // by policies of Istio: that NetworkPolicies are enforced is not known
  for (const PoliciesInForce* policies : gate.pods) {
    Admission one = admission(*policies, asked, trust_domains);
    if (one.let_in == Truth::no) ++refused;
    if (one.let_in < found.let_in) found = std::move(one);
  }
  // Some of the pods let it in.
  if (found.let_in == Truth::no && refused < gate.pods.size())
    found.let_in = Truth::unknown, found.reason = "some of the pods: " + found.reason;
  return found;
}

}  // namespace hop
