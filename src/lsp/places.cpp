#include "lsp/places.h"

#include <algorithm>

namespace hop::lsp {
namespace {

constexpr std::int64_t most = 0x7ffffffe;

std::uint32_t number(const JsonValue& value) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value.integer().value_or(0), 0, most));
}

}  // namespace

std::uint32_t read_position(const JsonValue& position, const File& file, ColumnUnit unit) {
  return file.offset({number(position["line"]) + 1, number(position["character"]) + 1}, unit);
}

std::pair<std::uint32_t, std::uint32_t> read_range(const JsonValue& range, const File& file, ColumnUnit unit) {
  const std::uint32_t start = read_position(range["start"], file, unit), end = read_position(range["end"], file, unit);
  return {std::min(start, end), std::max(start, end)};
}

Json position_json(const File& file, std::uint32_t offset, ColumnUnit unit) {
  const Position at = file.position(offset, unit);
  return Json{{"line", at.line - 1}, {"character", at.column - 1}};
}

Json range_json(const File& file, Span place, ColumnUnit unit) {
  return Json{{"start", position_json(file, place.begin, unit)}, {"end", position_json(file, place.end, unit)}};
}

}  // namespace hop::lsp
