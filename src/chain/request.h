#pragma once
// A request as one asks about it, and whether a hop takes it. Knows nothing of encryption.
// Sources: AWS ELB "Listener rules"; istio.io VirtualService (HTTPMatchRequest); gateway-api.sigs.k8s.io HTTPRouteMatch.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chain/hop.h"
#include "text/result.h"

namespace hop {

/// What is left empty may be anything. A host may be a pattern: `*.example.com`.
struct Request {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< lower case
  std::optional<std::int64_t> port;
  std::string path;                                          ///< as far as it is known, where `path_is_prefix`
  bool path_is_prefix = true;                                ///< false: this very path
  std::string method;                                        ///< upper case
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case; the query string stands under ""
  std::optional<std::int64_t> served_at;                     ///< on its way: the port of the server, or of the Service, that it came to
};

/// `https://host[:port][/path][?query]`; without a scheme https is meant. A path that is not given is `/`.
Result<Request> parse_request(std::string_view url);

/// The port of a URL that names none: 80 for http, else 443.
inline std::int64_t usual_port(std::string_view scheme) { return scheme == "http" ? 80 : 443; }

/// Whether the host is one host and no pattern.
bool is_exact(const Request& request);
/// Whether it is one request: what does not surely take it may not.
inline bool is_one(const Request& request) { return is_exact(request) && !request.path_is_prefix; }

/// Whether a request like this is taken. Unknown: it depends on what the request does not say, or on a placeholder.
struct Taken {
  Truth taken = Truth::yes;
  std::string host;             ///< the request's, narrowed to what is taken
  std::size_t closeness = 0;    ///< of the host pattern: higher is closer; an exact host is the closest
  std::string path;             ///< narrowed: a prefix
  std::string_view depends_on;  ///< why it is unknown: "headers", …
};
Taken takes(const Condition& condition, const Request& request);

/// The same for each of several hosts that fit a request without a single host; one entry otherwise. Empty: not taken.
std::vector<Taken> ways_taken(const Condition& condition, const Request& request);

/// Whether it leaves nothing to be taken by another.
bool takes_everything(const Condition& condition);

}  // namespace hop
