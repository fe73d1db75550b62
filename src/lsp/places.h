#pragma once
// Positions, ranges and locations of the protocol, 0-based, from and to the byte offsets of a text. Knows nothing of roots.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "lsp/json_value.h"
#include "report/json_text.h"
#include "text/file.h"

namespace hop::lsp {

/// Beyond the end of a line or of the text counts as there. Of what is no position: 0.
std::uint32_t read_position(const JsonValue& position, const File& file, ColumnUnit unit);
/// Begin and end, in this order whatever the client says.
std::pair<std::uint32_t, std::uint32_t> read_range(const JsonValue& range, const File& file, ColumnUnit unit);

Json position_json(const File& file, std::uint32_t offset, ColumnUnit unit);
Json range_json(const File& file, Span place, ColumnUnit unit);

}  // namespace hop::lsp
