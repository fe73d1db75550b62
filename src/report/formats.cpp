#include "report/render.h"

namespace hop {
namespace {

/// For a format that looks the same everywhere.
template <std::string (*render)(const RenderInput&)>
std::string styleless(const RenderInput& input, const TextStyle&) {
  return render(input);
}

constexpr Format table[] = {{"text", false, false, render_text},
                            {"concise", false, false, render_concise},
                            {"json", true, false, styleless<render_json>},
                            {"json-lines", true, false, styleless<render_json_lines>},
                            {"sarif", true, true, styleless<render_sarif>},
                            {"github", false, false, render_github},
                            {"gitlab", false, false, styleless<render_gitlab>},
                            {"junit", true, false, styleless<render_junit>},
                            {"markdown", false, false, styleless<render_markdown>}};

}  // namespace

std::span<const Format> formats() { return table; }

}  // namespace hop
