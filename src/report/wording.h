#pragma once
// Small phrases that several renderers share. Knows nothing of layout or colour.

#include <cstddef>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "text/file.h"

namespace hop {

/// "1 error", "3 errors".
std::string counted(std::size_t number, std::string_view singular, std::string_view plural);
/// "Gateway istio-system/edge", "Namespace shop"; control characters escaped.
std::string title(const ObjectId& object);
/// "path:line:column" with control characters escaped; "" for a place in no file.
std::string location(const Sources& sources, Span place);
/// "never", "sometimes", "always".
std::string_view to_string(FixPolicy policy);
/// The versions a rule speaks of: "Istio 1.22 and newer", "Kubernetes before 1.27"; "" for all.
std::string versions_text(const Applies& applies);
/// The command that applies fixes of this kind.
std::string_view fix_command(Safety safety);

}  // namespace hop
