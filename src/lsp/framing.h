#pragma once
// Messages in a stream of bytes: `Content-Length: N`, an empty line, N bytes. Knows nothing of what is in them.
// Source: Language Server Protocol 3.17, base protocol.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hop::lsp {

/// Total on any bytes: what is no header is skipped, what is too large is left out.
class FrameReader {
 public:
  explicit FrameReader(std::size_t most = std::size_t{256} << 20U) : most_(most) {}
  void feed(std::string_view bytes);
  /// The next whole message; an empty one stands for one that was too large. Nothing until more bytes come.
  std::optional<std::string> next();

 private:
  bool read_header();
  std::size_t most_;
  std::string bytes_;
  std::size_t done_ = 0;               ///< bytes that are used up
  std::optional<std::size_t> length_;  ///< of the message whose header was read
  std::size_t skip_ = 0;               ///< bytes of a message that is left out
};

std::string frame(std::string_view message);

}  // namespace hop::lsp
