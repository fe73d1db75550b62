#include "lsp/edits.h"

#include <algorithm>
#include <utility>

#include "report/uri.h"
#include "text/line_diff.h"

namespace hop::lsp {
namespace {

constexpr auto annotation = "hoplint";

Json start_of_file() {
  const Json zero{{"line", 0}, {"character", 0}};
  return Json{{"start", zero}, {"end", zero}};
}

}  // namespace

bool EditBuilder::add(const LiveRoot& root, const std::vector<Edit>& edits) {
  const auto stands = [&](const Edit& edit) { return root.find(edit.where.file) != nullptr && root.stands(edit.where); };
  if (!std::ranges::all_of(edits, stands)) return false;
  for (const Edit& edit : edits) add(root.text(edit.where.file), root.here(edit.where), edit.text);
  return true;
}

void EditBuilder::add(const File& file, Span place, std::string text) {
  files_[workspace_.buffers().absolute(file.path())].push_back({range_json(file, place, client_.unit), std::move(text)});
}

void EditBuilder::create(const std::string& path, std::string text) { created_[path] = std::move(text); }

void EditBuilder::add(const ChangedFile& changed) {
  const auto after = File::from_bytes(changed.before->path(), changed.after);
  const auto old_lines = split_lines(changed.before->text());
  const auto new_lines = split_lines(after->text());
  const auto text = [](const std::vector<std::string_view>& lines, std::size_t begin, std::size_t end) {
    std::string joined;
    for (std::size_t i = begin; i < end; ++i) joined += lines[i];
    return joined;
  };
  std::uint32_t at = 0;
  std::size_t line = 0;
  for (const LineChange& change : line_changes(old_lines, new_lines)) {
    for (; line < change.begin; ++line) at += static_cast<std::uint32_t>(old_lines[line].size());
    std::uint32_t end = at;
    for (; line < change.end; ++line) end += static_cast<std::uint32_t>(old_lines[line].size());
    add(*changed.before, {no_file, at, end}, text(new_lines, change.new_begin, change.new_end));
    at = end;
  }
}

Json EditBuilder::edits_json(const std::vector<One>& edits, bool annotate) const {
  Json list = Json::list();
  for (const One& one : edits) {
    Json edit{{"range", one.range}, {"newText", one.text}};
    if (annotate) edit.add("annotationId", annotation);
    list.push_back(edit);
  }
  return list;
}

Json EditBuilder::json() const {
  if (!client_.document_changes) {
    Json changes{};
    for (const auto& [path, edits] : files_) changes.add(workspace_.uri_of(path), edits_json(edits, false));
    return Json{{"changes", changes}};
  }
  const bool annotate = !label_.empty() && client_.asks_before_edits;
  Json changes = Json::list();
  for (const auto& [path, text] : created_) {
    const std::string uri = workspace_.uri_of(path);
    changes.push_back(Json{{"kind", "create"}, {"uri", uri}, {"options", Json{{"ignoreIfExists", true}}}});
    changes.push_back(Json{{"textDocument", Json{{"uri", uri}, {"version", Json::null()}}},
                           {"edits", Json::list(std::vector<Json>{Json{{"range", start_of_file()}, {"newText", text}}})}});
  }
  for (const auto& [path, edits] : files_) {
    const Buffer* buffer = workspace_.buffers().find(path);
    const Json document{{"uri", workspace_.uri_of(path)}, {"version", buffer != nullptr ? Json(buffer->version) : Json::null()}};
    changes.push_back(Json{{"textDocument", document}, {"edits", edits_json(edits, annotate)}});
  }
  Json edit{{"documentChanges", changes}};
  if (annotate) edit.add("changeAnnotations", Json{{annotation, Json{{"label", label_}, {"needsConfirmation", true}}}});
  return edit;
}

}  // namespace hop::lsp
