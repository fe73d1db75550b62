#include "lsp/framing.h"

#include <algorithm>
#include <charconv>

#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

/// More than this before an empty line is no header.
constexpr std::size_t most_header = 8192;

std::optional<std::size_t> length_in(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || lower(trim(line.substr(0, colon))) != "content-length") return std::nullopt;
  const std::string_view digits = trim(line.substr(colon + 1));
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole ? std::optional(length) : std::nullopt;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  const std::size_t skipped = std::min(skip_, bytes.size());
  skip_ -= skipped;
  bytes.remove_prefix(skipped);
  if (done_ > 0 && done_ >= bytes_.size() / 2) {
    bytes_.erase(0, done_);
    done_ = 0;
  }
  bytes_ += bytes;
}

std::optional<std::string> FrameReader::next() {
  if (!length_ && !read_header()) return std::nullopt;
  const std::size_t length = length_.value_or(0);
  if (length > most_) {
    const std::size_t here = std::min(length, bytes_.size() - done_);
    done_ += here;
    skip_ = length - here;
    length_.reset();
    return std::string();
  }
  if (bytes_.size() - done_ < length) return std::nullopt;
  std::string message = bytes_.substr(done_, length);
  done_ += length;
  length_.reset();
  return message;
}

/// Lines up to an empty one. Those that say nothing of a length are passed over: the stream goes on behind them.
bool FrameReader::read_header() {
  std::optional<std::size_t> length;
  std::size_t at = done_;
  for (std::size_t end = bytes_.find('\n', at); end != std::string::npos; end = bytes_.find('\n', at)) {
    const std::string_view line = trim(std::string_view(bytes_).substr(at, end - at));
    at = end + 1;
    if (const auto found = length_in(line)) length = found;
    if (!line.empty()) continue;
    done_ = at;
    if (length) {
      length_ = length;
      return true;
    }
  }
  if (bytes_.size() - done_ > most_header) done_ = bytes_.size() - most_header;
  return false;
}

std::string frame(std::string_view message) { return format("Content-Length: {}\r\n\r\n{}", message.size(), message); }

}  // namespace hop::lsp
