#include <vector>

#include "engine/config.h"
#include "model/kind.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

constexpr auto none = std::string_view::npos;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "Secret", "Gateway.networking.istio.io".
bool is_kind(std::string_view text) {
  if (text.empty() || !is_upper(text[0])) return false;
  const std::size_t dot = text.find('.');
  for (const char c : text.substr(0, dot)) {
    if (!is_upper(c) && !is_lower(c) && !is_digit(c)) return false;
  }
  if (dot == none) return true;
  for (const char c : text.substr(dot + 1)) {
    if (!is_lower(c) && !is_digit(c) && c != '.' && c != '-') return false;
  }
  return dot + 1 < text.size();
}

/// Names of Kubernetes objects; colons and capitals occur in RBAC, whose kinds share the syntax.
bool is_object_name(std::string_view text) { return !text.empty() && text.find_first_of(" \t/\\\"'") == none; }

}  // namespace

std::optional<KnownName> parse_known_name(std::string_view text) {
  text = trim(text);
  const std::size_t blank = text.find_first_of(" \t");
  if (blank == none || !is_kind(text.substr(0, blank))) return std::nullopt;
  const std::string_view object = trim(text.substr(blank));
  const std::size_t slash = object.find('/');
  const std::string_view ns = slash == none ? std::string_view{} : object.substr(0, slash);
  const std::string_view name = slash == none ? object : object.substr(slash + 1);
  if (!is_object_name(name) || (slash != none && !is_object_name(ns))) return std::nullopt;
  return KnownName{std::string(text.substr(0, blank)), std::string(ns), std::string(name)};
}

bool is_known_path(std::string_view word) {
  return word.ends_with('/') || word.ends_with(".yaml") || word.ends_with(".yml") || word.ends_with(".json");
}

std::optional<std::string> mistaken_kind(const KnownName& known) {
  if (find_kind_by_name(known.kind) != Kind::other) return std::nullopt;
  const std::string_view word = std::string_view(known.kind).substr(0, known.kind.find('.'));
  std::vector<std::string_view> names;
  for (const KindInfo& kind : all_kinds()) names.push_back(kind.name);
  const auto near = nearest(word, names);
  if (!near) return std::nullopt;
  return format("`{}` is no kind; did you mean `{}`?", word, *near);
}

}  // namespace hop
