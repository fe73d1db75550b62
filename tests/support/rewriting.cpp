#include "support/rewriting.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "support/variants.h"
#include "text/format.h"
#include "text/words.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop {
namespace {

/// No custom resource: its operator might create pods anywhere.
constexpr std::string_view strangers = R"(apiVersion: v1
kind: ServiceAccount
metadata: {name: zebra, namespace: zoo-of-strangers}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: zebra, namespace: zoo-of-strangers}
data: {stripes: "many"}
---
apiVersion: batch/v1
kind: Job
metadata: {name: zebra-feed, namespace: zoo-of-strangers}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: feed, image: registry.example.com/feed:1.0}]
)";

/// A document that can be read, in the text of its file.
struct Page {
  std::string_view text;  ///< of the file
  std::uint32_t begin, end;
  std::shared_ptr<const yaml::Tree> tree;
};

/// Adds edits of the file.
using Rewrite = std::function<void(const Page&, std::vector<Edit>&)>;

void edit(std::vector<Edit>& edits, std::uint32_t begin, std::uint32_t end, std::string text) {
  edits.push_back({{no_file, begin, end}, std::move(text)});
}

FileTexts rewritten(const FileTexts& files, const Rewrite& rewrite) {
  FileTexts out;
  for (const auto& stored : files) {
    const auto file = file_of(stored);
    std::vector<Edit> edits;
    const bool is_yaml = is_manifest_path(stored.first) && !is_json_path(stored.first);
    for (const yaml::Chunk& chunk : is_yaml ? yaml::split(file->text()) : std::vector<yaml::Chunk>()) {
      const std::string_view text = file->text().substr(chunk.begin, chunk.end - chunk.begin);
      const auto tree = yaml::parse(text, nullptr);
      const bool directive = text.starts_with('%');
      if (tree->problems.empty() && !directive) rewrite({file->text(), chunk.begin, chunk.end, tree}, edits);
    }
    out[stored.first] = apply_edits(file->text(), edits);
  }
  return out;
}

enum class LineType : std::uint8_t {
  ordinary,
  continued,  ///< begins inside a scalar that began on a line above
  block,      ///< text of a block scalar
};

struct Line {
  std::uint32_t begin, end;  ///< in the file, without the line end
  LineType type = LineType::ordinary;
  std::uint32_t block_indent = 0;  ///< of a block scalar's text
  bool open_end = false;           ///< ends inside a scalar, so that no comment may follow
  bool comment = false;            ///< holds one
};

std::uint32_t indent_of(std::string_view line) {
  const std::size_t at = line.find_first_not_of(' ');
  return static_cast<std::uint32_t>(at == std::string_view::npos ? line.size() : at);
}

class Lines {
 public:
  explicit Lines(const Page& page) : page_(page) {
    for (std::uint32_t at = page.begin; at < page.end;) {
      const std::uint32_t end = static_cast<std::uint32_t>(std::min<std::size_t>(page.text.find('\n', at), page.end));
      lines_.push_back({at, end});
      at = end + 1;
    }
    for (const yaml::Item& item : page.tree->items) {
      if (item.type == yaml::NodeType::scalar && item.end > item.begin) mark(item);
    }
    for (const yaml::Comment& comment : page.tree->comments) lines_[line_at(comment.begin)].comment = true;
  }
  const std::vector<Line>& all() const { return lines_; }
  std::string_view text(const Line& line) const { return page_.text.substr(line.begin, line.end - line.begin); }

 private:
  std::size_t line_at(std::uint32_t offset) const {
    const auto above = std::upper_bound(lines_.begin(), lines_.end(), page_.begin + offset,
                                        [](std::uint32_t at, const Line& line) { return at < line.begin; });
    return static_cast<std::size_t>(above - lines_.begin()) - 1;
  }

  void mark(const yaml::Item& item) {
    const bool block = item.style == yaml::Style::literal || item.style == yaml::Style::folded;
    const std::size_t first = line_at(item.begin), last = line_at(item.end - 1);
    std::uint32_t indent = 0;
    for (std::size_t i = first + 1; block && i <= last && indent == 0; ++i) {
      if (!trim(text(lines_[i])).empty()) indent = indent_of(text(lines_[i]));
    }
    for (std::size_t i = first + 1; i <= last; ++i) {
      lines_[i].type = block ? LineType::block : LineType::continued;
      lines_[i].block_indent = indent;
    }
    for (std::size_t i = first; !block && i < last; ++i) lines_[i].open_end = true;
  }

  const Page& page_;
  std::vector<Line> lines_;
};

/// Bytes at the start of a line that say how deep it is: spaces and dashes with a space or nothing behind them.
std::size_t depth_of(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && (line[at] == ' ' || (line[at] == '-' && (at + 1 == line.size() || line[at + 1] == ' ')))) ++at;
  return at;
}

void reindent(const Page& page, std::vector<Edit>& edits) {
  const Lines lines(page);
  for (const Line& line : lines.all()) {
    const std::string_view text = lines.text(line);
    if (text.empty()) continue;
    if (line.type == LineType::block) {
      edit(edits, line.begin, line.begin, std::string(line.block_indent, ' '));
      continue;
    }
    const std::size_t depth = line.type == LineType::ordinary ? depth_of(text) : indent_of(text);
    std::string wide;
    for (const char c : text.substr(0, depth)) (wide += c) += ' ';
    edit(edits, line.begin, static_cast<std::uint32_t>(line.begin + depth), std::move(wide));
  }
}

/// Every scalar as written, keys too, none behind an alias.
void each_scalar(yaml::Node node, const std::function<void(yaml::Node)>& visit) {
  if (node.via_alias()) return;
  if (node.is_scalar()) visit(node);
  for (const yaml::Node item : node.items()) each_scalar(item, visit);
  for (const yaml::Entry& entry : node.entries()) {
    each_scalar(entry.key, visit);
    each_scalar(entry.value, visit);
  }
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

bool holds_any(std::string_view text, bool (*wanted)(char)) { return std::any_of(text.begin(), text.end(), wanted); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_escaped(char c) { return c == '"' || c == '\'' || c == '\\' || is_control(c); }

bool may_requote(yaml::Node node, std::string_view source, Escapes escapes) {
  const bool block = node.style() == yaml::Style::literal || node.style() == yaml::Style::folded;
  const bool plain_word = !source.empty() && source != "<<" && source.find('\n') == std::string_view::npos;
  return !block && plain_word && node.is_string() && node.tag().empty() && (escapes == Escapes::some || !holds_any(node.str(), is_escaped));
}

void requote(const Page& page, std::vector<Edit>& edits, Escapes escapes) {
  const yaml::Document document(page.tree, no_file, page.begin);
  std::size_t number = 0;
  each_scalar(document.root(), [&](yaml::Node node) {
    const Span where = node.span();
    if (!may_requote(node, page.text.substr(where.begin, where.size()), escapes)) return;
    const std::size_t turn = number++ % 3;
    const bool to_single = node.is_plain() ? turn == 1 : node.style() == yaml::Style::double_quoted;
    if ((node.is_plain() && turn == 2) || (to_single && holds_any(node.str(), is_control))) return;
    edit(edits, where.begin, where.end, to_single ? single_quoted(node.str()) : *json_of(node));
  });
}

void comment(const Page& page, std::vector<Edit>& edits) {
  const Lines lines(page);
  bool first = true;
  for (const Line& line : lines.all()) {
    const std::string_view text = lines.text(line);
    const bool starts_line = !first || line.begin == 0 || page.text[line.begin - 1] == '\n';
    first = false;
    if (line.type == LineType::ordinary && starts_line && !text.empty()) {
      edit(edits, line.begin, line.begin, format("{}# a word: {{on}} this\n", std::string(indent_of(text), ' ')));
    }
    if (line.type != LineType::block && !line.open_end && !line.comment && !trim(text).empty()) {
      edit(edits, line.end, line.end, "  # and - one: 'more");
    }
  }
}

bool is_same(yaml::Node a, yaml::Node b, unsigned depth = 0) {
  constexpr unsigned enough = 200;  // an anchor may hold itself
  if (depth > enough) return true;
  if (a.is_scalar() != b.is_scalar() || a.is_mapping() != b.is_mapping() || a.size() != b.size()) return false;
  if (a.is_scalar()) return a.str() == b.str() && a.is_string() == b.is_string() && a.is_null() == b.is_null();
  const auto items = a.items(), others = b.items();
  auto other = others.begin();
  for (const yaml::Node item : items) {
    if (!is_same(item, *other, depth + 1)) return false;
    ++other;
  }
  const auto entries = a.entries(), other_entries = b.entries();
  auto other_entry = other_entries.begin();
  for (const yaml::Entry& entry : entries) {
    const yaml::Entry now = *other_entry;
    if (!is_same(entry.key, now.key, depth + 1) || !is_same(entry.value, now.value, depth + 1)) return false;
    ++other_entry;
  }
  return true;
}

std::vector<yaml::Document> documents_in(const File& file) {
  std::vector<yaml::Document> documents;
  for (const yaml::Chunk& chunk : yaml::split(file.text())) {
    documents.emplace_back(yaml::parse(file.text().substr(chunk.begin, chunk.end - chunk.begin), nullptr), no_file, chunk.begin);
  }
  return documents;
}

bool is_same_file(const File& before, const File& now) {
  const auto a = documents_in(before), b = documents_in(now);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const yaml::Document& one, const yaml::Document& other) {
    if (!one.tree().problems.empty()) return !other.tree().problems.empty();
    return other.tree().problems.empty() && is_same(one.root(), other.root());
  });
}

}  // namespace

FileTexts reindented(const FileTexts& files) { return rewritten(files, reindent); }
FileTexts requoted(const FileTexts& files, Escapes escapes) {
  return rewritten(files, [escapes](const Page& page, std::vector<Edit>& edits) { requote(page, edits, escapes); });
}
FileTexts with_comments(const FileTexts& files) { return rewritten(files, comment); }

FileTexts with_strangers(const FileTexts& files) {
  FileTexts out = files;
  out[format("{}/{}/all.yaml", case_root, strangers_namespace)] = strangers;
  return out;
}

bool says_the_same(const FileTexts& before, const FileTexts& now) {
  return std::all_of(before.begin(), before.end(), [&](const FileTexts::value_type& file) {
    const auto other = now.find(file.first);
    if (other == now.end()) return false;
    return !is_manifest_path(file.first) || is_same_file(*file_of(file), *file_of(*other));
  });
}

}  // namespace hop
