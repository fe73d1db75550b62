#include "text/file.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "text/ensure.h"
#include "text/scan.h"
#include "text/unicode.h"
#include "text/utf16.h"

namespace hop {
namespace {

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";
constexpr std::string_view utf16_le_mark = "\xff\xfe";
constexpr std::string_view utf16_be_mark = "\xfe\xff";
constexpr std::uint32_t tab_width = 4;

struct Detected {
  Encoding encoding = Encoding::utf8;
  std::uint8_t mark_size = 0;
};

/// Without a mark two characters decide: a manifest starts with ASCII, and neither ASCII nor UTF-8 text holds a NUL.
Detected detect(std::string_view bytes) {
  if (bytes.starts_with(utf8_mark)) return {Encoding::utf8_bom, utf8_mark.size()};
  if (bytes.starts_with(utf16_le_mark)) return {Encoding::utf16_le, utf16_le_mark.size()};
  if (bytes.starts_with(utf16_be_mark)) return {Encoding::utf16_be, utf16_be_mark.size()};
  if (bytes.size() < 4) return {};
  const auto zero = [&](std::size_t at) { return bytes[at] == '\0'; };
  if (!zero(0) && zero(1) && !zero(2) && zero(3)) return {Encoding::utf16_le, 0};
  if (zero(0) && !zero(1) && zero(2) && !zero(3)) return {Encoding::utf16_be, 0};
  return {};
}

std::optional<ByteOrder> byte_order(Encoding encoding) {
  if (encoding == Encoding::utf16_le) return ByteOrder::little;
  if (encoding == Encoding::utf16_be) return ByteOrder::big;
  return std::nullopt;
}

/// Calls `use` with the offset behind each line end. Each kind of line end is looked for once ahead of the line at hand, so the whole text
/// is passed only twice.
template <class Use>
void each_line_end(std::string_view text, Use use) {
  std::size_t carriage = text.find('\r');
  if (carriage == std::string_view::npos) {
    each_byte(text, '\n', [&](std::size_t at) { use(static_cast<std::uint32_t>(at + 1)); });
    return;
  }
  std::size_t feed = text.find('\n');
  while (feed != carriage) {  // equal only when neither is left
    std::size_t next = std::min(feed, carriage) + 1;
    if (carriage < feed && feed == next) ++next;
    use(static_cast<std::uint32_t>(next));
    if (feed < next) feed = text.find('\n', next);
    if (carriage < next) carriage = text.find('\r', next);
  }
}

/// Columns that a character takes when it starts `before` columns after the start of its line.
std::uint32_t columns_of(std::string_view piece, const CodePoint& character, std::uint32_t before, ColumnUnit unit) {
  switch (unit) {
    case ColumnUnit::byte:
      return character.length;
    case ColumnUnit::utf16:
      return character.value >= 0x10000 ? 2 : 1;
    case ColumnUnit::code_point:
      return 1;
    case ColumnUnit::cell:
      break;
  }
  if (character.value == '\t') return tab_width - before % tab_width;
  if (is_escaped(character, true)) return static_cast<std::uint32_t>(escape_controls(piece, true).size());
  return cell_width(character.value);
}

/// A line that is longer than this may be a whole file of JSON with a finding for every few bytes of it.
constexpr std::size_t long_line = 1U << 16U;
constexpr std::size_t checkpoint_distance = 1U << 12U;

constexpr std::uint32_t no_bound = std::numeric_limits<std::uint32_t>::max();

}  // namespace

/// A place inside a line, counted both ways from its start.
struct File::Reach {
  std::size_t bytes = 0;
  std::uint32_t columns = 0;

  /// Goes from character to character while neither bound is exceeded.
  static Reach walk(std::string_view line, Reach from, std::size_t most_bytes, std::uint32_t most_columns, ColumnUnit unit);
};

File::Reach File::Reach::walk(std::string_view line, Reach reach, std::size_t most_bytes, std::uint32_t most_columns, ColumnUnit unit) {
  while (reach.bytes < most_bytes && reach.columns < most_columns) {
    if (unit != ColumnUnit::cell) {  // long lines of JSON are ASCII, where all units but cells agree
      const std::size_t bound = std::min<std::size_t>(most_bytes - reach.bytes, most_columns - reach.columns);
      const std::size_t plain = ascii_prefix(line.substr(reach.bytes, bound));
      reach.bytes += plain;
      reach.columns += static_cast<std::uint32_t>(plain);
      if (plain == bound) break;
    }
    const CodePoint character = code_point_at(line, reach.bytes);
    const std::uint32_t columns = columns_of(line.substr(reach.bytes, character.length), character, reach.columns, unit);
    if (reach.bytes + character.length > most_bytes || reach.columns + columns > most_columns) break;
    reach.bytes += character.length;
    reach.columns += columns;
  }
  return reach;
}

/// How far columns reach at about every so many bytes of each long line, as far into it as was asked.
class File::LongLines {
 public:
  Reach before(std::string_view line, std::uint32_t number, std::size_t bytes, std::uint32_t columns, ColumnUnit unit) {
    const std::lock_guard lock(mutex_);
    std::vector<Reach>& known = known_[{number, unit}];
    if (known.empty()) known.emplace_back();
    while (known.back().bytes + checkpoint_distance <= bytes && known.back().columns < columns) {
      const Reach next = Reach::walk(line, known.back(), known.back().bytes + checkpoint_distance, no_bound, unit);
      known.push_back(next);
    }
    const auto beyond =
        std::partition_point(known.begin(), known.end(), [&](const Reach& at) { return at.bytes <= bytes && at.columns <= columns; });
    return beyond == known.begin() ? Reach{} : *std::prev(beyond);
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::uint32_t, ColumnUnit>, std::vector<Reach>> known_;
};

File::File(std::string path, std::string bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {
  const Detected detected = detect(bytes_);
  encoding_ = detected.encoding;
  mark_size_ = detected.mark_size;
  if (const auto order = byte_order(encoding_)) decoded_ = std::make_unique<const std::string>(utf8_from_utf16(text(), *order));
  HOP_ENSURE(text().size() < std::numeric_limits<std::uint32_t>::max());
}

File::~File() = default;

std::shared_ptr<const File> File::from_bytes(std::string path, std::string bytes) {
  struct Made : File {  // lets std::make_shared make one
    Made(std::string path, std::string bytes) : File(std::move(path), std::move(bytes)) {}
  };
  return std::make_shared<const Made>(std::move(path), std::move(bytes));
}

/// Where lines begin. Of text without long ones, only every `stride`th is kept: the others are near.
struct File::Lines {
  static constexpr std::uint32_t most_stride = 16;
  static constexpr std::uint32_t longest = 1024;  // beyond that going through the lines in between would be felt

  explicit Lines(std::string_view of) : text(of), has_carriage(of.find('\r') != std::string_view::npos) {
    if (!keep_each(most_stride)) keep_each(1);
  }

  /// False if a line is too long for that.
  bool keep_each(std::uint32_t apart) {
    stride = apart;
    begins.assign(1, 0);
    count = 1;
    std::uint32_t last = 0, widest = 0;
    each_line_end(text, [&](std::uint32_t begin) {
      widest = std::max(widest, begin - last);
      last = begin;
      if (count++ % apart == 0) begins.push_back(begin);
    });
    widest = std::max(widest, static_cast<std::uint32_t>(text.size()) - last);
    begins.shrink_to_fit();
    return widest <= longest || apart == 1;
  }

  /// Of the line behind the one that holds this place; beyond the text where there is none.
  std::size_t next(std::size_t at) const {
    const std::size_t end = has_carriage ? text.find_first_of("\r\n", at) : text.find('\n', at);
    if (end == std::string_view::npos) return text.size() + 1;
    return end + (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n' ? 2 : 1);
  }

  /// Of a 1-based line that exists.
  std::uint32_t begin(std::uint32_t number) const {
    std::size_t at = begins[(number - 1) / stride];
    for (std::uint32_t line = (number - 1) / stride * stride + 1; line < number; ++line) at = next(at);
    return static_cast<std::uint32_t>(at);
  }

  /// The 1-based line that holds this place.
  std::uint32_t number_of(std::uint32_t offset) const {
    const auto behind = std::upper_bound(begins.begin(), begins.end(), offset) - begins.begin() - 1;
    auto number = static_cast<std::uint32_t>(behind) * stride + 1;
    if (stride == 1) return number;
    for (std::size_t at = next(begins[static_cast<std::size_t>(behind)]); at <= offset && number < count; at = next(at)) ++number;
    return number;
  }

  std::string_view text;
  std::vector<std::uint32_t> begins;
  std::uint32_t stride = 1;
  std::uint32_t count = 1;
  bool has_carriage;             ///< among the line ends
  mutable LongLines long_lines;  ///< safe to share between threads
};

const File::Lines& File::lines() const {
  std::call_once(lines_once_, [this] { lines_ = std::make_unique<const Lines>(text()); });
  return *lines_;
}

File::Reach File::start_of(std::uint32_t number, std::size_t most_bytes, std::uint32_t most_columns, ColumnUnit unit) const {
  const std::string_view text = line(number);
  if (text.size() <= long_line || most_bytes <= checkpoint_distance || most_columns <= checkpoint_distance) return {};
  return lines().long_lines.before(text, number, most_bytes, most_columns, unit);
}

Position File::position(std::uint32_t offset, ColumnUnit unit) const {
  const std::uint32_t number = lines().number_of(offset);
  const std::string_view text = line(number);
  const std::size_t bytes = std::min<std::size_t>(offset - lines().begin(number), text.size());
  return {number, 1 + Reach::walk(text, start_of(number, bytes, no_bound, unit), bytes, no_bound, unit).columns};
}

std::uint32_t File::offset(Position position, ColumnUnit unit) const {
  const std::uint32_t number = std::clamp(position.line, 1U, line_count());
  const std::string_view text = line(number);
  if (position.line > number) return static_cast<std::uint32_t>(this->text().size());
  const std::uint32_t columns = position.column == 0 ? 0 : position.column - 1;
  return line_begin(number) +
         static_cast<std::uint32_t>(Reach::walk(text, start_of(number, text.size(), columns, unit), text.size(), columns, unit).bytes);
}

std::uint32_t File::line_count() const { return lines().count; }

std::string_view File::line(std::uint32_t number) const {
  if (number == 0 || number > line_count()) return {};
  const std::uint32_t begin = lines().begin(number);
  const bool last = number == line_count();
  const std::size_t end = last ? this->text().size() : lines().stride == 1 ? lines().begin(number + 1) : lines().next(begin);
  std::string_view text = this->text().substr(begin, end - begin);
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (!last && text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t File::line_begin(std::uint32_t number) const {
  if (number == 0) return 0;
  return number > line_count() ? static_cast<std::uint32_t>(this->text().size()) : lines().begin(number);
}

std::uint64_t File::stored_offset(std::uint32_t offset) const {
  const std::string_view text = this->text();
  std::size_t end = std::min<std::size_t>(offset, text.size());
  if (!byte_order(encoding_)) return mark_size_ + end;
  while (!is_character_boundary(text, end)) --end;
  std::size_t units = 0;
  for (const char c : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xc0) != 0x80 ? 1 : 0;
    units += byte >= 0xf0 ? 1 : 0;  // stored as a surrogate pair
  }
  return std::min(mark_size_ + 2 * units, bytes_.size());  // a last odd byte was read as one character
}

std::string File::encode(std::string_view utf8) const {
  const auto order = byte_order(encoding_);
  return order ? utf16_from_utf8(utf8, *order) : std::string(utf8);
}

FileId Sources::add(std::shared_ptr<const File> file) {
  HOP_ENSURE(file != nullptr && files_.size() < static_cast<std::size_t>(no_file));
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

}  // namespace hop
