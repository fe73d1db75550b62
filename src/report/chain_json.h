#pragma once
// Places, objects and chains as the JSON contract has them (design section 8): what findings and traces share.

#include <optional>
#include <vector>

#include "diag/diagnostic.h"
#include "report/json_text.h"
#include "text/file.h"

namespace hop {

/// null where there is none.
Json object_json(const std::optional<ObjectId>& object);
/// Path, lines and columns; the first ones where there is no text.
Json region(const Sources& sources, Span place);
/// Adds where a place lies among the stored bytes: what an edit of the file needs.
void add_bytes(Json& json, const Sources& sources, Span place);
/// Both.
Json place_json(const Sources& sources, Span place);
Json chain_json(const Sources& sources, const std::vector<Step>& chain);

}  // namespace hop
