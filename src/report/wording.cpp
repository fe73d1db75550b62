#include "report/wording.h"

#include "text/format.h"
#include "text/unicode.h"

namespace hop {

std::string counted(std::size_t number, std::string_view singular, std::string_view plural) {
  return format("{} {}", number, number == 1 ? singular : plural);
}

std::string title(const ObjectId& object) {
  const std::string text =
      object.ns.empty() ? format("{} {}", object.kind, object.name) : format("{} {}/{}", object.kind, object.ns, object.name);
  return escape_controls(text);
}

std::string location(const Sources& sources, Span place) {
  if (!place) return {};
  const File& file = sources[place.file];
  const Position position = file.position(place.begin);
  return format("{}:{}:{}", escape_controls(file.path()), position.line, position.column);
}

std::string_view to_string(FixPolicy policy) {
  switch (policy) {
    case FixPolicy::never:
      return "never";
    case FixPolicy::sometimes:
      return "sometimes";
    case FixPolicy::always:
      return "always";
  }
  return "never";
}

std::string versions_text(const Applies& applies) {
  if (applies.to == Component::none) return {};
  const auto number = [](Version version) { return format("{}.{}", version.major, version.minor); };
  const std::string_view name = to_string(applies.to);
  const bool open = applies.before == Version{};
  if (applies.since == Version{}) return open ? std::string() : format("{} before {}", name, number(applies.before));
  if (open) return format("{} {} and newer", name, number(applies.since));
  return format("{} from {} to before {}", name, number(applies.since), number(applies.before));
}

std::string_view fix_command(Safety safety) {
  return safety == Safety::safe ? "hoplint check --fix" : "hoplint check --fix --unsafe-fixes";
}

}  // namespace hop
