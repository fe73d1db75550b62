#include "text/version_map.h"

#include <algorithm>

namespace hop {
namespace {

struct Ends {
  std::uint32_t prefix, suffix;
};

Ends common_ends(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  const std::size_t prefix =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin()).first - a.begin());
  std::size_t suffix = 0;
  while (suffix < most - prefix && a[a.size() - 1 - suffix] == b[b.size() - 1 - suffix]) ++suffix;
  return {static_cast<std::uint32_t>(prefix), static_cast<std::uint32_t>(suffix)};
}

std::uint32_t size_of(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

std::string_view between_ends(std::string_view text, Ends ends) {
  return text.substr(ends.prefix, text.size() - ends.prefix - ends.suffix);
}

/// Texts of more lines than this were replaced, not edited.
constexpr std::ptrdiff_t most_lines = 1024;

/// Calls `add` with what the lines of two texts of equally many have in common at their ends, one by one.
template <class Add>
void add_lines(std::string_view older, std::string_view newer, Add add) {
  std::uint32_t was = 0, is = 0;
  while (was <= older.size() && is <= newer.size()) {
    const std::string_view a = older.substr(was, older.find('\n', was) - was), b = newer.substr(is, newer.find('\n', is) - is);
    const Ends ends = common_ends(a, b);
    add({was, is, ends.prefix});
    add({was + size_of(a) - ends.suffix, is + size_of(b) - ends.suffix, ends.suffix});
    was += size_of(a) + 1;
    is += size_of(b) + 1;
  }
}

}  // namespace

VersionMap VersionMap::identity(std::size_t size) {
  VersionMap map;
  map.older_size_ = map.newer_size_ = static_cast<std::uint32_t>(size);
  map.add({0, 0, map.older_size_});
  return map;
}

VersionMap VersionMap::between(std::string_view older, std::string_view newer) {
  VersionMap map;
  map.append(older, newer);
  return map;
}

void VersionMap::append(std::string_view older, std::string_view newer) {
  const Ends ends = common_ends(older, newer);
  const std::uint32_t older_end = older_size_ + size_of(older), newer_end = newer_size_ + size_of(newer);
  add({older_size_, newer_size_, ends.prefix});
  // Where several lines were rewritten, each of them has ends of its own.
  const std::string_view was = between_ends(older, ends), is = between_ends(newer, ends);
  const auto lines = std::count(was.begin(), was.end(), '\n');
  if (lines > 0 && lines <= most_lines && lines == std::count(is.begin(), is.end(), '\n')) {
    older_size_ += ends.prefix;
    newer_size_ += ends.prefix;
    add_lines(was, is, [&](const Run& run) { add({older_size_ + run.older, newer_size_ + run.newer, run.size}); });
  }
  older_size_ = older_end;
  newer_size_ = newer_end;
  add({older_end - ends.suffix, newer_end - ends.suffix, ends.suffix});
}

void VersionMap::then(std::string_view before, std::string_view after) {
  const VersionMap step = between(before, after);
  std::vector<Run> runs;
  runs.swap(runs_);
  auto next = step.runs_.begin();
  for (const Run& run : runs) {
    const std::uint32_t end = run.newer + run.size;
    while (next != step.runs_.end() && next->older + next->size <= run.newer) ++next;
    for (auto kept = next; kept != step.runs_.end() && kept->older < end; ++kept) {
      const std::uint32_t from = std::max(run.newer, kept->older), to = std::min(end, kept->older + kept->size);
      add({run.older + (from - run.newer), kept->newer + (from - kept->older), to - from});
    }
  }
  newer_size_ = size_of(after);
}

void VersionMap::add(Run run) {
  if (run.size == 0) return;
  if (!runs_.empty()) {
    Run& last = runs_.back();
    if (last.older + last.size == run.older && last.newer + last.size == run.newer) {
      last.size += run.size;
      return;
    }
  }
  runs_.push_back(run);
}

/// An offset between two runs is where the one behind it begins: a place begins with its first byte.
std::uint32_t VersionMap::begin_of(std::uint32_t older) const {
  const auto behind = std::upper_bound(runs_.begin(), runs_.end(), older, [](std::uint32_t at, const Run& run) { return at < run.older; });
  if (behind != runs_.begin()) {
    const Run& run = *std::prev(behind);
    if (older < run.older + run.size) return run.newer + (older - run.older);
  }
  // In what was rewritten: where the text before it ends, so that it holds what stands there now.
  return behind == runs_.begin() ? 0 : std::prev(behind)->newer + std::prev(behind)->size;
}

/// The same for the end of a place, which belongs to the byte before it.
std::uint32_t VersionMap::end_of(std::uint32_t older) const {
  const auto behind = std::lower_bound(runs_.begin(), runs_.end(), older, [](const Run& run, std::uint32_t at) { return run.older < at; });
  if (behind != runs_.begin()) {
    const Run& run = *std::prev(behind);
    if (older <= run.older + run.size) return run.newer + (older - run.older);
  }
  return behind == runs_.end() ? newer_size_ : behind->newer;
}

Span VersionMap::forward(Span span) const {
  const std::uint32_t begin = begin_of(span.begin);
  return {span.file, begin, span.empty() ? begin : std::max(begin, end_of(span.end))};
}

std::uint32_t VersionMap::back(std::uint32_t newer) const {
  const auto behind = std::upper_bound(runs_.begin(), runs_.end(), newer, [](std::uint32_t at, const Run& run) { return at < run.newer; });
  if (behind == runs_.begin()) return 0;
  const Run& run = *std::prev(behind);
  return run.older + std::min(newer - run.newer, run.size);
}

bool VersionMap::keeps(Span span) const {
  const auto behind =
      std::upper_bound(runs_.begin(), runs_.end(), span.begin, [](std::uint32_t at, const Run& run) { return at < run.older; });
  if (behind == runs_.begin()) return false;
  const Run& run = *std::prev(behind);
  return span.end <= run.older + run.size;
}

}  // namespace hop
