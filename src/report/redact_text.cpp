#include "report/redact_text.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "text/words.h"

namespace hop {
namespace {

constexpr auto npos = std::string_view::npos;

/// Keys whose plain values say nothing secret, so that a broken Secret can still be recognised in a frame.
constexpr std::string_view harmless_keys[] = {"apiVersion", "kind", "metadata", "name", "namespace", "type", "data", "stringData"};

bool mentions_secret_kind(std::string_view text) {
  for (std::size_t at = text.find("kind"); at != npos; at = text.find("kind", at + 1)) {
    const std::string_view nearby = text.substr(at, 40);  // a line may be a whole file
    const std::string rest_of_line = lower(nearby.substr(0, nearby.find_first_of("\r\n")));
    if (rest_of_line.find("secret") != npos) return true;
  }
  return text.find("secretGenerator") != npos;
}

struct Line {
  std::string_view text;
  std::size_t indent = 0;  ///< of the first character that is neither blank nor a list's dash
  std::size_t colon = npos;
  std::string_view key() const { return colon == npos ? std::string_view() : trim(text.substr(indent, colon - indent)); }
};

Line read_line(std::string_view text) {
  const std::size_t indent = std::min(text.find_first_not_of(" \t-"), text.size());
  return {text, indent, text.find(':', indent)};
}

bool is_harmless(const Line& line) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_- ";
  const auto* const end = std::end(harmless_keys);
  if (std::find(std::begin(harmless_keys), end, line.key()) == end) return false;
  return line.text.find_first_not_of(plain, line.colon + 1) == npos;
}

/// Whether the line starts something new rather than go on with a value.
bool has_plain_key(const Line& line) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-";
  return !line.key().empty() && line.key().find_first_not_of(plain) == npos;
}

/// Where a value that may be a credential begins; npos if there is none.
std::size_t value_begin(std::string_view line) {
  for (const std::string_view key : {std::string_view("value"), std::string_view("last-applied-configuration")}) {
    for (std::size_t at = line.find(key); at != npos; at = line.find(key, at + 1)) {
      const std::size_t behind = line.find_first_not_of("\"' \t", at + key.size());
      if (behind != npos && line[behind] == ':') return behind + 1;
    }
  }
  return npos;
}

/// Line by line: what to hide, and whether the next line may still belong to it.
class Guess {
 public:
  explicit Guess(bool in_secret) : in_secret_(in_secret) {}

  /// First byte of the line to hide; npos if none.
  std::size_t hidden_from(std::string_view text) {
    const Line line = read_line(text);
    if (in_secret_) return is_harmless(line) ? npos : line.indent;
    const std::size_t value = value_begin(text);
    if (value != npos) return open_ = true, indent_ = line.indent, value;
    open_ = open_ && (line.indent > indent_ || !has_plain_key(line));
    return open_ ? line.indent : npos;
  }

 private:
  bool in_secret_;
  bool open_ = false;
  std::size_t indent_ = 0;  ///< of the line with the value
};

}  // namespace

std::vector<Span> guess_secrets(const File& file, Span chunk) {
  std::vector<Span> found;
  Guess guess(mentions_secret_kind(file.text().substr(chunk.begin, chunk.size())));
  const std::uint32_t last = file.position(chunk.end, ColumnUnit::byte).line;
  for (std::uint32_t number = file.position(chunk.begin, ColumnUnit::byte).line; number <= last; ++number) {
    const std::string_view line = file.line(number);
    const std::size_t from = guess.hidden_from(line);
    const std::size_t begin = from == npos ? npos : line.find_first_not_of(" \t", from);
    if (begin == npos) continue;
    const std::uint32_t base = file.line_begin(number);
    found.push_back({chunk.file, base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(line.size())});
  }
  return found;
}

}  // namespace hop
