#include "text/words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "text/format.h"

namespace hop {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Three rows of the distance table suffice; cells further than `limit` from the diagonal cannot matter.
class DistanceTable {
 public:
  DistanceTable(std::string_view a, std::string_view b, unsigned limit) : a_(a), b_(b), limit_(limit) {
    for (auto& row : rows_) row.assign(b.size() + 1, limit + 1);
    for (std::size_t j = 0; j <= std::min<std::size_t>(b.size(), limit); ++j) rows_[0][j] = static_cast<unsigned>(j);
  }

  unsigned distance() {
    for (std::size_t i = 1; i <= a_.size(); ++i) {
      if (fill_row(i) > limit_) return limit_ + 1;
    }
    return rows_[a_.size() % 3][b_.size()];
  }

 private:
  /// Returns the row's smallest cell: no later cell can be below it.
  unsigned fill_row(std::size_t i) {
    auto& row = rows_[i % 3];
    const std::size_t first = i > limit_ ? i - limit_ : 0;
    const std::size_t last = std::min(b_.size(), i + limit_);
    unsigned smallest = limit_ + 1;
    for (std::size_t j = first; j <= last; ++j) smallest = std::min(smallest, row[j] = cell(i, j));
    return smallest;
  }

  unsigned cell(std::size_t i, std::size_t j) const {
    const auto& row = rows_[i % 3];
    const auto& above = rows_[(i + 2) % 3];
    unsigned best = std::min(limit_, above[j]) + 1;
    if (j == 0) return best;
    if (j + limit_ > i) best = std::min(best, row[j - 1] + 1);  // else that cell is left over from three rows above
    best = std::min(best, above[j - 1] + (a_[i - 1] == b_[j - 1] ? 0U : 1U));
    if (i > 1 && j > 1 && a_[i - 1] == b_[j - 2] && a_[i - 2] == b_[j - 1]) best = std::min(best, rows_[(i + 1) % 3][j - 2] + 1);
    return std::min(best, limit_ + 1);
  }

  std::string_view a_, b_;
  unsigned limit_;
  std::array<std::vector<unsigned>, 3> rows_;
};

}  // namespace

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  const std::size_t longest = std::max(a.size(), b.size());
  if (longest - std::min(a.size(), b.size()) > limit) return limit + 1;
  if (limit > longest) limit = static_cast<unsigned>(longest);
  return DistanceTable(a, b, limit).distance();
}

unsigned slip_limit(std::size_t length) {
  if (length < 2) return 0;  // another letter is another name
  if (length <= 4) return 1;
  return length <= 11 ? 2 : 3;
}

namespace {

std::string digits_of(std::string_view word) {
  std::string digits;
  for (char c : word) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

/// Whether the two differ by one letter that stands alone: `shop-a` and `shop-b`.
bool lettered_apart(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  if (x == a.end() || !std::equal(x + 1, a.end(), y + 1)) return false;
  const auto at = static_cast<std::size_t>(x - a.begin());
  const auto breaks = [&](std::size_t i) { return a[i] == '-' || a[i] == '_' || a[i] == '.'; };
  return (at == 0 || breaks(at - 1)) && (at + 1 == a.size() || breaks(at + 1));
}

/// Whether both are numbered, and differently: then each is meant.
bool numbered_apart(std::string_view a, std::string_view b) {
  if (lettered_apart(a, b)) return true;
  const std::string digits = digits_of(a);
  const std::string others = digits_of(b);
  return !digits.empty() && !others.empty() && digits != others;
}

}  // namespace

std::optional<unsigned> slip(std::string_view word, std::string_view name) {
  const unsigned limit = slip_limit(word.size());
  const unsigned distance = word == name ? limit + 1 : edit_distance(word, name, limit);
  if (distance > limit || numbered_apart(word, name)) return std::nullopt;
  return distance;
}

namespace {

/// Which characters a word is made of, whatever their case; several may share a bit.
std::uint64_t letters_of(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char c : word) letters |= std::uint64_t{1} << (static_cast<unsigned char>(lower_char(c)) & 63U);
  return letters;
}

/// Whether more characters of the one are not in the other than that many edits explain: said at a glance, for almost all pairs of words.
bool is_far(std::uint64_t a, std::uint64_t b, unsigned limit) {
  const auto missing = [](std::uint64_t all, std::uint64_t some) { return static_cast<unsigned>(std::popcount(all & ~some)); };
  return missing(a, b) > limit || missing(b, a) > limit;
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string folded = lower(word);
  const unsigned limit = slip_limit(word.size());
  const std::uint64_t letters = letters_of(word);
  std::optional<std::string_view> best;
  std::pair<unsigned, unsigned> best_distance;
  for (const std::string_view candidate : candidates) {
    if (candidate == word) return std::nullopt;
    if (std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size()) > limit) continue;
    if (is_far(letters, letters_of(candidate), limit)) continue;
    const unsigned without_case = edit_distance(folded, lower(candidate), limit);
    if (without_case > limit || numbered_apart(word, candidate)) continue;
    const auto longest = static_cast<unsigned>(std::max(word.size(), candidate.size()));
    const std::pair distance{without_case, edit_distance(word, candidate, longest)};
    if (best && distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

std::string list_words(std::span<const std::string_view> words, std::size_t most) {
  const std::size_t shown = std::min(words.size(), most);
  const std::size_t rest = words.size() - shown;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += format("`{}`", words[i]);
  }
  if (rest > 0) out += shown > 0 ? format(" and {} more", rest) : format("{}", rest);
  return out;
}

std::string shorten(std::string_view text, std::size_t most) {
  std::size_t end = text.size();
  if (end > most) {
    end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;  // not inside a character
  }
  std::string line;
  for (char c : text.substr(0, end)) {
    if (c == '\n') {
      line += "\\n";
    } else {
      line.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    }
  }
  return end < text.size() ? line + "…" : line;
}

std::string lower(std::string_view ascii) {
  std::string out(ascii);
  std::transform(out.begin(), out.end(), out.begin(), lower_char);
  return out;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view piece = trim(text.substr(0, end));
    if (!piece.empty()) pieces.push_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

}  // namespace hop
