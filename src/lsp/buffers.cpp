#include "lsp/buffers.h"

#include <algorithm>
#include <utility>

#include "lsp/places.h"

namespace hop::lsp {

const Buffer* Buffers::find(const std::string& path) const {
  const auto found = open_.find(path);
  return found == open_.end() ? nullptr : &found->second;
}

void Buffers::open(const std::string& path, std::string uri, std::int64_t version, std::string_view text) {
  open_[path] = {std::move(uri), version, File::from_bytes(path, std::string(text))};
}

bool Buffers::change(const std::string& path, std::int64_t version, const JsonValue& changes, ColumnUnit unit) {
  const auto found = open_.find(path);
  if (found == open_.end() || version <= found->second.version) return false;
  Buffer& buffer = found->second;
  buffer.version = version;
  for (const JsonValue& change : changes.items()) {
    std::string text(change["text"].str());
    if (change["range"].has_value()) {
      const auto [begin, end] = read_range(change["range"], *buffer.text, unit);
      std::string whole(buffer.text->text());
      text = whole.replace(begin, end - begin, text);
    }
    buffer.text = File::from_bytes(path, std::move(text));
  }
  return true;
}

Result<std::string> Buffers::read(const std::string& path, std::uint64_t limit) const {
  const Buffer* buffer = find(absolute(path));
  if (buffer == nullptr) return disk_.read(path, limit);
  if (buffer->text->text().size() > limit) return Failure{too_large(limit)};
  return std::string(buffer->text->text());
}

Result<std::vector<DirectoryEntry>> Buffers::list(const std::string& path) const {
  auto entries = disk_.list(path);
  if (!entries) return entries;
  const std::string folder = absolute(path);
  for (const auto& [open, buffer] : open_) {
    if (parent_path(open) != folder) continue;
    const std::string_view name = file_name(open);
    const auto at = std::ranges::lower_bound(*entries, name, {}, [](const DirectoryEntry& entry) { return std::string_view(entry.name); });
    if (at == entries->end() || at->name != name) entries->insert(at, {std::string(name), FileType::regular, false});
  }
  return entries;
}

FileType Buffers::type(const std::string& path) const {
  const FileType type = disk_.type(path);
  return type == FileType::missing && find(absolute(path)) != nullptr ? FileType::regular : type;
}

}  // namespace hop::lsp
