#include "report/line_hash.h"

#include <cstddef>
#include <cstdint>
#include <map>

#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

constexpr std::size_t window = 100;
constexpr std::uint64_t base = 37;

/// The text as UTF-16 units with one line feed for each line end and without blanks, and where its lines begin.
struct Units {
  std::vector<char16_t> all;
  std::vector<std::size_t> lines;
};

class Collector {
 public:
  Units run(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const CodePoint character = code_point_at(text, at);
      at += character.length;
      add(character.value);
    }
    if (at_line_start_) units_.lines.push_back(units_.all.size());
    units_.all.push_back(0xffff);  // the end of the file
    units_.all.resize(units_.all.size() + window);
    return std::move(units_);
  }

 private:
  void add(char32_t value) {
    const bool second_of_two = behind_return_ && value == '\n';
    behind_return_ = value == '\r';
    if (second_of_two || value == ' ' || value == '\t') return;
    if (at_line_start_) units_.lines.push_back(units_.all.size());
    at_line_start_ = value == '\n' || value == '\r';
    if (value == '\r') value = '\n';
    if (value >= 0x10000) {
      units_.all.push_back(static_cast<char16_t>(0xd800 + ((value - 0x10000) >> 10U)));
      value = 0xdc00 + ((value - 0x10000) & 0x3ffU);
    }
    units_.all.push_back(static_cast<char16_t>(value));
  }

  Units units_;
  bool at_line_start_ = true;
  bool behind_return_ = false;
};

}  // namespace

std::vector<std::string> line_hashes(std::string_view stored) {
  const Units units = Collector().run(stored);
  std::map<std::uint64_t, std::size_t> seen;
  std::vector<std::string> hashes;
  hashes.reserve(units.lines.size());
  for (const std::size_t line : units.lines) {
    std::uint64_t hash = 0;
    for (std::size_t i = line; i < line + window; ++i) hash = hash * base + units.all[i];
    hashes.push_back(format("{:x}:{}", hash, ++seen[hash]));
  }
  return hashes;
}

}  // namespace hop
