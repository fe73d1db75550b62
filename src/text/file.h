#pragma once
// One version of a file as text: decoded to UTF-8, with lines, columns, and the way back to the stored bytes.
// Knows nothing of YAML; does not touch the disk (text/file_system.h does).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace hop {

enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16_le, utf16_be };

/// What a column counts.
enum class ColumnUnit : std::uint8_t {
  byte,        ///< UTF-8 code units
  utf16,       ///< UTF-16 code units, the default of the Language Server Protocol
  code_point,  ///< Unicode scalar values: JSON and SARIF reports
  cell,        ///< terminal cells: tabs to the next multiple of 4, wide characters count two, combining ones none, and what
               ///< escape_controls() escapes as many as its escape
};

/// Both 1-based.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

/// Immutable once made; safe to share between threads. Text may still be invalid UTF-8 (the YAML reader reports that, with a
/// position); every function here is total on such text.
class File {
 public:
  /// `bytes` as stored, less than 2 GiB. A byte order mark is stripped; UTF-16 with a mark (or with a NUL in every other of the first
  /// four bytes) is decoded.
  static std::shared_ptr<const File> from_bytes(std::string path, std::string bytes);

  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  /// As shown to the user: relative to the working directory where it lies below it.
  const std::string& path() const { return path_; }
  /// Decoded text without byte order mark. Valid as long as this File.
  std::string_view text() const { return decoded_ ? std::string_view(*decoded_) : std::string_view(bytes_).substr(mark_size_); }
  Encoding encoding() const { return encoding_; }
  /// As it was read, mark and all. Valid as long as this File.
  std::string_view stored() const { return bytes_; }

  /// Offsets beyond the end are clamped to it, those inside a character to its start, those inside a line end to the end of the line's
  /// text. "\n", "\r\n" and a lone "\r" end a line.
  Position position(std::uint32_t offset, ColumnUnit unit = ColumnUnit::code_point) const;
  /// The inverse: clamps a line or column beyond the end to the nearest valid offset.
  std::uint32_t offset(Position position, ColumnUnit unit = ColumnUnit::code_point) const;
  /// At least 1: what follows the last line end is a line, even if empty.
  std::uint32_t line_count() const;
  /// Text of a 1-based line without its line end; empty beyond the last.
  std::string_view line(std::uint32_t number) const;
  /// Offset of the first byte of a 1-based line; the end of the text beyond the last.
  std::uint32_t line_begin(std::uint32_t number) const;

  /// Where the character at `offset` lies among the stored bytes. Linear in the offset for UTF-16.
  std::uint64_t stored_offset(std::uint32_t offset) const;
  /// `utf8` in this file's encoding and without a mark, as a fix writes it.
  std::string encode(std::string_view utf8) const;

 protected:
  File(std::string path, std::string bytes);

 private:
  struct Lines;
  const Lines& lines() const;
  struct Reach;
  class LongLines;
  /// A place in a line from which to go on, at most this far from its beginning.
  Reach start_of(std::uint32_t number, std::size_t most_bytes, std::uint32_t most_columns, ColumnUnit unit) const;

  std::string path_;
  std::string bytes_;
  std::unique_ptr<const std::string> decoded_;  ///< only for UTF-16
  mutable std::unique_ptr<const Lines> lines_;  ///< made on first use
  mutable std::once_flag lines_once_;
  Encoding encoding_ = Encoding::utf8;
  std::uint8_t mark_size_ = 0;  ///< bytes of the byte order mark
};

/// The files of one run, in the order they were added. Owns them; a FileId is an index into it.
class Sources {
 public:
  FileId add(std::shared_ptr<const File> file);
  /// Room for so many in all, to the byte.
  void reserve(std::size_t files) { files_.reserve(files); }
  /// `id` must come from this table.
  const File& operator[](FileId id) const { return *files_[static_cast<std::size_t>(id)]; }
  const std::shared_ptr<const File>& share(FileId id) const { return files_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return files_.size(); }

 private:
  std::vector<std::shared_ptr<const File>> files_;
};

}  // namespace hop
