#pragma once
// What a server certificate says about itself: whether it can be read, and from when to when it holds. libcrypto lives behind this.
// Knows nothing of Secrets.

#include <optional>
#include <string>
#include <string_view>

namespace hop {

struct Certificate {
  std::string from, until;  ///< "YYYY-MM-DD"
};

/// Text of base64, blanks ignored; nothing if it is none.
std::optional<std::string> decode_base64(std::string_view text);
/// Whether text holds something in PEM at all.
bool is_pem(std::string_view text);
/// The first certificate of PEM text; nothing if its first block is no X.509 certificate.
std::optional<Certificate> parse_certificate(std::string_view pem);

}  // namespace hop
