#pragma once
// The way of a request through the manifests, for whoever asks for it in an editor. Knows nothing of where requests go (chain/).

#include <optional>
#include <string>
#include <string_view>

#include "chain/chains.h"
#include "lsp/asked.h"

namespace hop::lsp {

/// What becomes of the requests for a host, in a few words, over every chain that they can take from outside.
struct HostVerdict {
  Verdict verdict = Verdict::ok;
  Truth encrypted = Truth::unknown;
  std::string why;         ///< what breaks it or leaves it unencrypted: a hop and a reason; may be empty
  std::size_t chains = 0;  ///< 0: no load balancer among the manifests takes such requests
};
HostVerdict judge_host(const Asked& asked, const LiveRoot& root, std::string_view host);

/// A ladder of the first chains of the host's requests; nothing if there is none. Not escaped for Markdown.
std::optional<std::string> trace_text(const Asked& asked, const LiveRoot& root, std::string_view host);

/// `hoplint/trace`: `{host}` or `{textDocument, position}` of a host → `{host, text, mermaid}`; null where no host stands.
Answer show_trace(const Asked& asked);

/// The hosts that a resource serves and that are names, not patterns.
std::vector<std::string_view> hosts_of(const Resource& resource);

}  // namespace hop::lsp
