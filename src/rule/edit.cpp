#include "rule/edit.h"

#include "yaml/template.h"

namespace hop {
namespace {

bool editable(yaml::Node node) {
  if (!node || node.via_alias() || node.document() == nullptr || !node.span()) return false;
  const yaml::Item& item = node.document()->tree().items[node.index()];
  return node.document()->editable(item.begin, item.end);
}

/// Whether a plain scalar of this text is read back as this very string.
bool stays_plain(std::string_view text) {
  if (text.empty() || text.find_first_of(":#\n\"'\\{}[],&*!|>%@`") != std::string_view::npos) return false;
  if (text.front() == '-' || text.front() == '?' || text.front() == ' ' || text.back() == ' ') return false;
  const bool numeric = text.find_first_not_of("0123456789.+-_eExXoOabcdefABCDEF") == std::string_view::npos;
  static constexpr std::string_view words[] = {"true", "false", "yes", "no", "on", "off", "null", "~", "y", "n"};
  std::string folded;
  for (char c : text) folded.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  for (std::string_view word : words) {
    if (folded == word) return false;
  }
  return !numeric;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

/// Text of the line's white space in front of an item, for a new line at the same depth.
std::string indentation(const yaml::Node& key) {
  const yaml::Document& document = *key.document();
  const std::string_view source = document.tree().source;
  const std::uint32_t begin = document.tree().items[key.index()].begin;
  std::uint32_t line = begin;
  while (line > 0 && source[line - 1] != '\n' && source[line - 1] != '\r') --line;
  // In `- name: x` the column counts, not the dash.
  return std::string(begin - line, ' ');
}

std::string_view line_end(const yaml::Node& node) {
  return node.document()->tree().source.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
}

}  // namespace

std::optional<Edit> replace_text(yaml::Node scalar, std::string_view text) {
  if (!scalar.is_scalar() || !editable(scalar)) return std::nullopt;
  switch (scalar.style()) {
    case yaml::Style::single_quoted:
    case yaml::Style::double_quoted:
      if (text.find_first_of("\"'\\\n") != std::string_view::npos) return std::nullopt;
      return Edit{scalar.text_span(), std::string(text)};
    case yaml::Style::plain: {
      // A number stays a number; a word that would become something else is quoted.
      const bool number_for_number = scalar.integer() && text.find_first_not_of("0123456789") == std::string_view::npos;
      return Edit{scalar.span(), number_for_number || stays_plain(text) ? std::string(text) : quoted(text)};
    }
    default:
      return std::nullopt;
  }
}

std::optional<Edit> quote(yaml::Node scalar) {
  if (!scalar.is_plain() || scalar.is_null() || !editable(scalar)) return std::nullopt;
  const std::string_view source = scalar.document()->tree().source;
  const yaml::Item& item = scalar.document()->tree().items[scalar.index()];
  return Edit{scalar.span(), quoted(source.substr(item.begin, item.end - item.begin))};
}

std::optional<Edit> rename_key(yaml::Node value, std::string_view key) {
  if (!value || value.via_alias() || value.document() == nullptr || value.index() == 0) return std::nullopt;
  const Span place = value.key_span();
  const yaml::Document& document = *value.document();
  const yaml::Item& item = document.tree().items[value.index() - 1];
  if (item.type != yaml::NodeType::scalar || !document.editable(item.begin, item.end) || place != document.span(item.begin, item.end)) {
    return std::nullopt;
  }
  if (item.style == yaml::Style::plain && (stays_plain(key) || key.find_first_of(":#\"'\\ ") == std::string_view::npos)) {
    return Edit{place, std::string(key)};
  }
  return item.style == yaml::Style::plain ? std::nullopt
                                          : std::optional(Edit{{place.file, place.begin + 1, place.end - 1}, std::string(key)});
}

std::optional<Edit> add_pair(yaml::Node mapping, std::string_view key, std::string_view value) {
  if (!mapping.is_mapping() || mapping.size() == 0 || !editable(mapping)) return std::nullopt;
  const std::string pair = std::string(key) + ": " + (stays_plain(value) ? std::string(value) : quoted(value));
  const Span whole = mapping.span();
  if (mapping.style() == yaml::Style::flow) return Edit{{whole.file, whole.end - 1, whole.end - 1}, ", " + pair};
  const yaml::Entry first = *mapping.entries().begin();
  if (first.value.via_alias()) return std::nullopt;
  // Before the first pair: that place needs no look at what stands behind the last value, comments and block scalars included.
  const Span place = first.key.span();
  return Edit{{place.file, place.begin, place.begin}, pair + std::string(line_end(mapping)) + indentation(first.key)};
}

std::optional<Edit> remove_pair(yaml::Node mapping, yaml::Node value) {
  if (!mapping.is_mapping() || mapping.size() < 2 || mapping.style() == yaml::Style::flow || !editable(mapping)) return std::nullopt;
  const yaml::Document& document = *mapping.document();
  const yaml::Tree& tree = document.tree();
  if (!value || value.document() != &document || value.index() == 0 || value.via_alias()) return std::nullopt;
  const std::string_view source = tree.source;
  std::uint32_t begin = tree.items[value.index() - 1].begin;
  std::uint32_t end = tree.items[value.index()].end;
  while (end < source.size() && source[end] != '\n') ++end;
  if (end < source.size()) ++end;
  // On a line shared with a dash only the pair goes and the next one moves up.
  std::uint32_t line = begin;
  while (line > 0 && source[line - 1] != '\n' && source[line - 1] == ' ') --line;
  if (line == 0 || source[line - 1] == '\n') return Edit{document.span(line, end), ""};
  while (end < source.size() && source[end] == ' ') ++end;
  return Edit{document.span(begin, end), ""};
}

std::optional<Edit> remove_item(yaml::Node sequence, yaml::Node item) {
  if (!sequence.is_sequence() || sequence.size() < 2 || sequence.style() == yaml::Style::flow || !editable(sequence)) return std::nullopt;
  const yaml::Document& document = *sequence.document();
  if (!item || item.document() != &document || item.via_alias() || !editable(item)) return std::nullopt;
  const std::string_view source = document.tree().source;
  const yaml::Item& whole = document.tree().items[item.index()];
  // From the line of its dash, which must have nothing else before it, to the end of its last line.
  std::uint32_t begin = whole.begin;
  while (begin > 0 && source[begin - 1] == ' ') --begin;
  if (begin == 0 || source[begin - 1] != '-') return std::nullopt;
  --begin;
  while (begin > 0 && source[begin - 1] == ' ') --begin;
  if (begin > 0 && source[begin - 1] != '\n') return std::nullopt;
  std::uint32_t end = whole.end;
  while (end < source.size() && source[end] != '\n') ++end;
  if (end < source.size()) ++end;
  return Edit{document.span(begin, end), ""};
}

}  // namespace hop
