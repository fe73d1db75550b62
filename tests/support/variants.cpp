#include "support/variants.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "text/file_system.h"
#include "text/format.h"
#include "yaml/parse.h"
#include "yaml/template.h"

namespace hop {
namespace {

/// Content of the documents of a file, each with its line end.
std::vector<std::string> documents_of(const FileTexts::value_type& stored) {
  const auto file = file_of(stored);
  std::vector<std::string> documents;
  for (const yaml::Chunk& chunk : yaml::split(file->text())) {
    std::string text(file->text().substr(chunk.begin, chunk.end - chunk.begin));
    if (!text.ends_with('\n')) text += '\n';
    documents.push_back(std::move(text));
  }
  return documents;
}

std::string joined_text(const std::vector<std::string>& documents) {
  std::string text;
  for (const std::string& document : documents) text += "---\n" + document;
  return text;
}

/// Not std::shuffle: its order is not the same everywhere.
template <class T>
void shuffle(std::vector<T>& values, std::mt19937& random) {
  for (std::size_t left = values.size(); left > 1; --left) std::swap(values[left - 1], values[random() % left]);
}

bool speaks_by_its_path(std::string_view path) {
  static constexpr std::string_view names[] = {"kustomization.yaml", "kustomization.yml", "Chart.yaml", "values.yaml"};
  const std::string_view name = file_name(path);
  return name.starts_with('.') || !is_manifest_path(name) || std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool has_directive(std::string_view text) { return text.starts_with('%') || text.find("\n%") != std::string_view::npos; }

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::size_t count_digits(std::string_view text, std::size_t from) {
  const std::size_t end = text.find_first_not_of("0123456789", from);
  return std::min(end, text.size()) - from;
}

/// RFC 8259 section 6, without exponents: YAML 1.1 reads some of those as text.
bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = count_digits(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at == text.size()) return true;
  if (text[at] != '.') return false;
  const std::size_t fraction = count_digits(text, at + 1);
  return fraction > 0 && at + 1 + fraction == text.size();
}

std::optional<std::string> json_scalar(yaml::Node node) {
  if (node.is_null()) return "null";
  const std::string_view text = node.str();
  if (node.is_string()) return json_string(text);
  if (text == "true" || text == "false" || is_json_number(text)) return std::string(text);
  return std::nullopt;
}

std::optional<std::string> json_sequence(yaml::Node node) {
  std::string out;
  for (const yaml::Node item : node.items()) {
    const auto value = json_of(item);
    if (!value) return std::nullopt;
    (out += out.empty() ? "[" : ", ") += *value;
  }
  return out.empty() ? "[]" : out + "]";
}

std::optional<std::string> json_mapping(yaml::Node node) {
  std::string out;
  for (const yaml::Entry& entry : node.entries()) {
    const auto value = json_of(entry.value);
    if (!value || !entry.key.is_string()) return std::nullopt;
    out += format("{}{}: {}", out.empty() ? "{" : ", ", json_string(entry.key.str()), *value);
  }
  return out.empty() ? "{}" : out + "}";
}

/// Whether nothing in the document would be lost in JSON, but for single values.
bool fits_json(const yaml::Tree& tree) {
  if (!tree.properties.empty() || !tree.duplicates.empty() || !tree.problems.empty()) return false;
  if (yaml::looks_like_template(tree.source)) return false;
  const bool suppresses = std::any_of(tree.comments.begin(), tree.comments.end(), [&](const yaml::Comment& comment) {
    return tree.source.substr(comment.begin, comment.end - comment.begin).find("hoplint:") != std::string_view::npos;
  });
  return !suppresses && std::none_of(tree.items.begin(), tree.items.end(), [](const yaml::Item& item) {
    const bool merges = item.type == yaml::NodeType::mapping && (item.flags & yaml::has_merge) != 0;
    return merges || item.type == yaml::NodeType::alias;
  });
}

template <class Change>
FileTexts changed(const FileTexts& files, Change change) {
  FileTexts out;
  for (const auto& [path, text] : files) out[path] = is_manifest_path(path) ? change(path, text) : text;
  return out;
}

}  // namespace

bool is_rearrangeable(const FileTexts& files) {
  return std::none_of(files.begin(), files.end(), [](const auto& file) {
    return speaks_by_its_path(file.first) || file.first.find("/templates/") != std::string::npos || has_directive(file_of(file)->text()) ||
           file_of(file)->text().find("hoplint: allow-file") != std::string_view::npos;
  });
}

FileTexts shuffled(const FileTexts& files, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::size_t> names(files.size());
  std::iota(names.begin(), names.end(), std::size_t{0});
  shuffle(names, random);
  FileTexts out;
  for (const auto& file : files) {
    std::vector<std::string> documents = documents_of(file);
    shuffle(documents, random);
    out[format("{}/{}.yaml", case_root, names[out.size()])] = joined_text(documents);
  }
  return out;
}

FileTexts split_up(const FileTexts& files) {
  FileTexts out;
  for (const auto& file : files) {
    std::size_t number = 0;
    for (std::string& document : documents_of(file)) out[format("{}.{}.yaml", file.first, ++number)] = std::move(document);
  }
  return out;
}

FileTexts joined(const FileTexts& files) {
  FileTexts out;
  std::string& text = out[format("{}/joined.yaml", case_root)];
  for (const auto& file : files) text += joined_text(documents_of(file));
  return out;
}

std::optional<FileTexts> as_json(const FileTexts& files) {
  FileTexts out;
  for (const auto& [path, text] : split_up(files)) {
    const yaml::Document document(yaml::parse(text, nullptr), no_file, 0);
    if (!fits_json(document.tree())) return std::nullopt;
    if (document.tree().items.empty()) continue;
    const auto json = json_of(document.root());
    if (!json) return std::nullopt;
    out[path + ".json"] = *json + "\n";
  }
  return out;
}

std::optional<std::string> json_of(yaml::Node node) {
  if (node.is_mapping()) return json_mapping(node);
  return node.is_sequence() ? json_sequence(node) : json_scalar(node);
}

FileTexts with_leading_comment(const FileTexts& files) {
  return changed(files, [](const std::string& path, const std::string& text) {
    return is_json_path(path) ? text : "# a line that says nothing\n" + text;
  });
}

FileTexts with_crlf(const FileTexts& files) {
  return changed(files, [](const std::string&, const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
  });
}

FileTexts with_byte_order_mark(const FileTexts& files) {
  return changed(files, [](const std::string&, const std::string& text) { return "\xef\xbb\xbf" + text; });
}

bool is_plain(const FileTexts& files) {
  return std::all_of(files.begin(), files.end(), [](const auto& file) {
    return file_of(file)->encoding() == Encoding::utf8 && file.second.find('\r') == std::string::npos;
  });
}

std::string_view first_lines(const File& file, std::uint32_t lines) { return file.text().substr(0, file.line_begin(lines + 1)); }

std::string with_line_above(const File& file, std::uint32_t number, std::string_view line) {
  const std::string_view text = file.text();
  const std::uint32_t at = file.line_begin(number);
  return format("{}{}\n{}", text.substr(0, at), line, text.substr(at));
}

}  // namespace hop
