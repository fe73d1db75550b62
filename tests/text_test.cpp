#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.h"
#include "text/file.h"
#include "text/file_system.h"
#include "text/format.h"
#include "text/pattern.h"
#include "text/permute.h"
#include "text/scan.h"
#include "text/span_index.h"
#include "text/typing_slip.h"
#include "text/unicode.h"
#include "text/words.h"

using namespace hop;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

constexpr std::uint64_t no_limit = std::uint64_t{1} << 30;

std::shared_ptr<const File> file_of(std::string bytes) { return File::from_bytes("a.yaml", std::move(bytes)); }

Position at(std::uint32_t line, std::uint32_t column) { return {line, column}; }

/// Every string of up to `longest` bytes out of an alphabet that holds all that is special about lines and UTF-8.
template <class Use>
void each_odd_text(std::size_t longest, Use use, const std::string& text = "") {
  use(text);
  if (text.size() == longest) return;
  for (const char c : "a\n\r\t\xc3\xa9\xf0\x9f\x80\xff"sv) each_odd_text(longest, use, text + c);
}

/// A folder that is gone when the test is over.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hoplint-text-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  std::string put(std::string_view name, std::string_view content) const {
    std::ofstream(*this / name, std::ios::binary) << content;
    return *this / name;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string names(const std::vector<DirectoryEntry>& entries) {
  std::string out;
  for (const DirectoryEntry& entry : entries) out += entry.name + (entry.type == FileType::directory ? "/ " : " ");
  return out;
}

bool globbed(std::string_view lines, std::string_view path, bool is_directory = false) {
  return Globs::parse(lines).match(path, is_directory) == Globs::Verdict::matched;
}

}  // namespace

// ---- unicode

TEST_CASE("characters decode to their value and length") {
  CHECK(code_point_at("a", 0).value == U'a');
  CHECK(code_point_at("é", 0).value == U'é');
  CHECK(code_point_at("€", 0).length == 3);
  CHECK(code_point_at("x😀", 1).value == U'😀');
  CHECK(code_point_at("\0"sv, 0).valid);
}

TEST_CASE("overlong forms, surrogates, cut characters and values beyond Unicode are invalid bytes") {
  for (const auto text : {"\xc0\x80"sv, "\xc1\xbf"sv, "\xe0\x9f\xbf"sv, "\xf0\x8f\xbf\xbf"sv, "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv,
                          "\xf4\x90\x80\x80"sv, "\xf8\x88\x80\x80\x80"sv, "\xe2\x82"sv, "\xe2\x28\xa1"sv, "\x80"sv, "\xff"sv}) {
    const CodePoint character = code_point_at(text, 0);
    CHECK_FALSE(character.valid);
    CHECK(character.value == 0xfffd);
    CHECK(character.length == 1);
    CHECK(first_invalid_utf8(text) == 0U);
  }
}

TEST_CASE("every scalar value survives encoding and decoding") {
  for (char32_t value = 0; value <= 0x10ffff; ++value) {
    std::string text;
    append_utf8(text, value);
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    const CodePoint character = code_point_at(text, 0);
    if (character.value != (surrogate ? 0xfffd : value) || character.length != text.size() || !character.valid) FAIL(std::uint32_t{value});
  }
}

TEST_CASE("the first invalid byte is found at any distance from the start") {
  for (std::size_t length = 0; length < 80; ++length) {
    const std::string plain(length, 'x');
    CHECK_FALSE(first_invalid_utf8(plain));
    CHECK(is_ascii(plain));
    CHECK(first_invalid_utf8(format("{0}\xff{0}", plain)) == length);
    CHECK(first_invalid_utf8(format("{0}é{0}\xc3", plain)) == 2 * length + 2);
    CHECK(ascii_prefix(format("{0}é{0}", plain)) == length);
    CHECK_FALSE(is_ascii(plain + "é"));
  }
}

TEST_CASE("a boundary lies between characters, stray bytes being characters of their own") {
  const std::string text = "aé€😀\x80";
  const std::vector<bool> expected{true, true, false, true, false, false, true, false, false, false, true, true, false};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(is_character_boundary(text, i) == expected[i]);
  each_odd_text(5, [](const std::string& odd) {
    std::vector<bool> starts(odd.size() + 1);
    for (std::size_t i = 0; i < odd.size(); i += code_point_at(odd, i).length) starts[i] = true;
    starts[odd.size()] = true;
    for (std::size_t i = 0; i <= odd.size(); ++i) {
      if (is_character_boundary(odd, i) != starts[i]) FAIL(escape_controls(odd) << " at " << i);
    }
  });
}

TEST_CASE("wide characters take two cells, combining ones none") {
  for (const char32_t wide : U"漢가。Ａ😀🚀⌚｡"sv.substr(0, 7)) CHECK(cell_width(wide) == 2);
  for (const char32_t narrow : U"aé€|→▸½ｱ✔"sv) CHECK(cell_width(narrow) == 1);
  for (const char32_t none : {U'\u0301', U'\u200b', U'\u200d', U'\ufe0f', U'\u20dd', U'\u3099', U'\u1160'}) CHECK(cell_width(none) == 0);
  CHECK(cell_width(0xad) == 1);
  CHECK(cell_width(0x2a6d6) == 2);
  CHECK(cell_width(0x10ffff) == 1);
}

TEST_CASE("controls, bidi marks and invalid bytes become visible, other text stays") {
  CHECK(escape_controls("plain é 漢") == "plain é 漢");
  CHECK(escape_controls("\x1b[31m\n\r\t\x7f\0"sv) == "\\x1b[31m\\n\\r\\t\\x7f\\x00");
  CHECK(escape_controls("a\tb", true) == "a\tb");
  CHECK(escape_controls("\u0085\u202e\u2066\u2028\u200f") == "\\u0085\\u202e\\u2066\\u2028\\u200f");
  CHECK(escape_controls("\xff\xc3") == "\\xff\\xc3");
}

// ---- file

TEST_CASE("a file without a mark is its bytes") {
  const auto file = file_of("kind: A\n");
  CHECK(file->text() == "kind: A\n");
  CHECK(file->encoding() == Encoding::utf8);
  CHECK(file->path() == "a.yaml");
  CHECK(file->stored().size() == 8);
  CHECK(file->stored_offset(3) == 3);
  CHECK(file->stored_offset(99) == 8);
  CHECK(file->encode("é") == "é");
}

TEST_CASE("a byte order mark is no part of the text but counts among the stored bytes") {
  const auto file = file_of("\xef\xbb\xbfkind: A");
  CHECK(file->text() == "kind: A");
  CHECK(file->encoding() == Encoding::utf8_bom);
  CHECK(file->stored_offset(0) == 3);
  CHECK(file->position(0) == at(1, 1));
}

TEST_CASE("UTF-16 is decoded, with a mark or without, and offsets lead back to the stored bytes") {
  const std::string little = "a\0\xe9\0\x3d\xd8\0\xde!\0"s;
  const std::string big = "\0a\0\xe9\xd8\x3d\xde\0\0!"s;
  struct Case {
    std::string bytes;
    Encoding encoding;
    std::uint64_t mark;
  };
  for (const Case& c : {Case{"\xff\xfe" + little, Encoding::utf16_le, 2}, Case{"\xfe\xff" + big, Encoding::utf16_be, 2},
                        Case{little, Encoding::utf16_le, 0}, Case{big, Encoding::utf16_be, 0}}) {
    const auto file = file_of(c.bytes);
    CHECK(file->encoding() == c.encoding);
    REQUIRE(file->text() == "aé😀!");
    const std::vector<std::uint64_t> stored{0, 2, 2, 4, 4, 4, 4, 8, 10, 10};  // inside a character: its start
    for (std::uint32_t i = 0; i < stored.size(); ++i) CHECK(file->stored_offset(i) == c.mark + stored[i]);
    CHECK(file->encode(file->text()) == c.bytes.substr(c.mark));
  }
}

TEST_CASE("lone surrogates and a last odd byte become replacement characters") {
  const auto file = file_of("\xff\xfe\x3d\xd8" + "a\0\0\xde"s + "x");
  CHECK(file->text() ==
        "\ufffd"
        "a\ufffd\ufffd");
  CHECK(file->stored_offset(3) == 4);
  CHECK(file->stored_offset(7) == 8);
  CHECK(file->stored_offset(10) == 9);
  CHECK(file_of("\xfe\xff\xd8"s)->text() == "\ufffd");
}

TEST_CASE("tiny files and a few NULs are not taken for UTF-16") {
  for (const auto& bytes : {""s, "\0"s, "a\0"s, "a\0b"s, "\0\0\0\0"s, "a\0bc"s, "abc\0"s}) {
    CHECK(file_of(bytes)->encoding() == Encoding::utf8);
    CHECK(file_of(bytes)->text() == bytes);
  }
}

TEST_CASE("all three line ends count, in any mixture") {
  const auto file = file_of("one\ntwo\r\nthree\rfour\n\r\n");
  CHECK(file->line_count() == 6);
  const std::vector<std::string_view> lines{"one", "two", "three", "four", "", ""};
  for (std::uint32_t i = 0; i < lines.size(); ++i) CHECK(file->line(i + 1) == lines[i]);
  CHECK(file->line(0).empty());
  CHECK(file->line(7).empty());
  CHECK(file->line_begin(3) == 9);
  CHECK(file->line_begin(7) == file->text().size());
  CHECK(file_of("")->line_count() == 1);
  CHECK(file_of("\r\r\n")->line_count() == 3);
}

TEST_CASE("columns count bytes, UTF-16 units, code points or cells") {
  const auto file = file_of("x\n\té漢😀z");
  const auto z = static_cast<std::uint32_t>(file->text().find('z'));
  CHECK(file->position(z, ColumnUnit::byte) == at(2, 11));
  CHECK(file->position(z, ColumnUnit::utf16) == at(2, 6));
  CHECK(file->position(z, ColumnUnit::code_point) == at(2, 5));
  CHECK(file->position(z, ColumnUnit::cell) == at(2, 10));
  for (const ColumnUnit unit : {ColumnUnit::byte, ColumnUnit::utf16, ColumnUnit::code_point, ColumnUnit::cell}) {
    CHECK(file->offset(file->position(z, unit), unit) == z);
  }
}

TEST_CASE("cells agree with what is shown once controls are escaped") {
  const auto file = file_of("a\x1b\xff\u202e\tz");
  CHECK(escape_controls(file->line(1), true) == "a\\x1b\\xff\\u202e\tz");  // 15 cells before the tab
  CHECK(file->position(7, ColumnUnit::cell) == at(1, 17));
}

TEST_CASE("positions out of reach are clamped to the nearest place") {
  const auto file = file_of("ab\r\ncd");
  CHECK(file->position(99) == at(2, 3));
  CHECK(file->position(3) == at(1, 3));
  CHECK(file->offset(at(1, 99)) == 2);
  CHECK(file->offset(at(0, 0)) == 0);
  CHECK(file->offset(at(2, 0)) == 4);
  CHECK(file->offset(at(99, 1)) == 6);
  CHECK(file_of("a😀")->offset(at(1, 3), ColumnUnit::utf16) == 1);
  CHECK(file_of("a😀")->position(3, ColumnUnit::byte) == at(1, 2));
}

TEST_CASE("offset and position are inverse at the start of every character, whatever the bytes") {
  each_odd_text(5, [](const std::string& odd) {
    const auto file = file_of(odd);
    std::uint32_t line = 1;
    for (std::uint32_t i = 0; i <= file->text().size(); ++i) {
      if (i > 0 && (odd[i - 1] == '\n' || (odd[i - 1] == '\r' && odd[i] != '\n'))) ++line;
      const bool in_line_end = i > 0 && odd[i - 1] == '\r' && odd[i] == '\n';
      for (const ColumnUnit unit : {ColumnUnit::byte, ColumnUnit::utf16, ColumnUnit::code_point, ColumnUnit::cell}) {
        const Position position = file->position(i, unit);
        const std::uint32_t back = file->offset(position, unit);
        if (position.line != line) FAIL(escape_controls(odd) << " line at " << i);
        if (is_character_boundary(odd, i) && !in_line_end ? back != i : back > i) FAIL(escape_controls(odd) << " at " << i);
      }
    }
  });
}

TEST_CASE("columns of a very long line are counted on from the last place, not from the line's beginning") {
  std::string text = "a\n";
  for (int i = 0; i < 20'000; ++i) text += i % 7 == 0 ? "\u20ac\t\U0001f6d2" : "caf\u00e9 ";
  const auto file = File::from_bytes("a", text);
  for (const ColumnUnit unit : {ColumnUnit::byte, ColumnUnit::utf16, ColumnUnit::code_point, ColumnUnit::cell}) {
    // Forwards, and backwards in a file of which nothing is known yet.
    const auto other = File::from_bytes("a", text);
    std::uint32_t column = 0;
    std::vector<Position> forward;
    for (std::uint32_t at = 2; at < text.size(); at += 997) {
      while (!is_character_boundary(text, at)) ++at;
      forward.push_back(file->position(at, unit));
      CHECK(forward.back().column > column);
      column = forward.back().column;
      CHECK(file->offset(forward.back(), unit) == at);
      CHECK(other->offset(forward.back(), unit) == at);
    }
    const auto third = File::from_bytes("a", text);
    CHECK(third->position(static_cast<std::uint32_t>(text.size()), unit) == file->position(static_cast<std::uint32_t>(text.size()), unit));
    // What is counted without any help: a line that is short enough.
    const std::uint32_t near = 2 + static_cast<std::uint32_t>(std::string_view(text).substr(2, 60'000).rfind(' '));
    const auto piece = File::from_bytes("a", text.substr(0, near));
    CHECK(piece->position(near, unit) == file->position(near, unit));
  }
}

TEST_CASE("a line of many megabytes may be asked for any number of places") {
  const std::string text(30'000'000, 'x');  // counted from its beginning this would be a million megabytes
  const auto file = File::from_bytes("a", text);
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < 100'000; ++i) sum += file->position(i * 300).column;
  CHECK(sum == 100'000ULL + 300ULL * 99'999 * 100'000 / 2);
}

TEST_CASE("several threads may ask a file for its first position at once") {
  const auto file = file_of(std::string(100000, '\n') + "x");
  std::array<Position, 4> found;
  std::vector<std::thread> threads;
  threads.reserve(found.size());
  for (Position& position : found) threads.emplace_back([&] { position = file->position(100000); });
  for (std::thread& thread : threads) thread.join();
  for (const Position& position : found) CHECK(position == at(100001, 1));
}

TEST_CASE("a table of sources gives back what was put in, in order") {
  Sources sources;
  const FileId first = sources.add(file_of("1"));
  const FileId second = sources.add(file_of("2"));
  CHECK(sources.size() == 2);
  CHECK(first < second);
  CHECK(sources[second].text() == "2");
  CHECK(sources.share(first)->text() == "1");
}

// ---- paths and file access

TEST_CASE("paths join without doubled slashes and dots") {
  CHECK(join_path("a", "b") == "a/b");
  CHECK(join_path("a/", "./b//c/") == "a/b/c");
  CHECK(join_path("a", "/b") == "/b");
  CHECK(join_path("a/b", "../c") == "a/c");
  CHECK(join_path("a", "../../c") == "../c");
  CHECK(join_path("/a", "../../c") == "/c");
  CHECK(join_path(".", "a") == "a");
  CHECK(join_path("", "") == ".");
  CHECK(join_path("a", "..") == ".");
  CHECK(join_path("/", "") == "/");
}

TEST_CASE("paths come apart at the last slash") {
  CHECK(parent_path("a/b/c") == "a/b");
  CHECK(parent_path("a") == ".");
  CHECK(parent_path("/a") == "/");
  CHECK(file_name("a/b") == "b");
  CHECK(file_name("b") == "b");
  CHECK(file_name("a/").empty());
}

TEST_CASE("a limit is named in the largest unit that fits") {
  CHECK(too_large(std::uint64_t{1} << 30) == "larger than 1 GiB");
  CHECK(too_large(64 << 20) == "larger than 64 MiB");
  CHECK(too_large(1500) == "larger than 1500 bytes");
}

TEST_CASE("A bulk reader reads what a file system reads, and fails as it fails") {
  const TemporaryFolder folder;
  const auto files = disk_files();
  const auto bulk = files->bulk_reader(nullptr);
  REQUIRE(std::filesystem::create_directories(folder / "sub/below"));
  const std::string paths[] = {folder.put("empty.yaml", ""),
                               folder.put("small.yaml", "a: 1\n"),
                               folder.put("sub/room.yaml", std::string(std::size_t{1} << 16U, 'x')),
                               folder.put("sub/large.yaml", std::string(300'000, 'y')),
                               folder.put("sub/below/other.yaml", "b: 2\n"),
                               folder.put("again.yaml", "c: 3\n")};
  for (const std::string& path : paths) {
    const auto read = bulk->read(path, no_limit);
    REQUIRE(read);
    CHECK(*read == *files->read(path, no_limit));
  }
  for (const std::string& path : {folder / "none.yaml", folder / "sub", folder / "none/at.yaml", folder / "small.yaml\0x"s}) {
    const auto read = bulk->read(path, no_limit);
    REQUIRE_FALSE(read);
    CHECK(read.reason() == files->read(path, no_limit).reason());
  }
  CHECK(bulk->read(paths[1], 3).reason() == files->read(paths[1], 3).reason());
}

TEST_CASE("the disk gives back what is stored, byte for byte") {
  const TemporaryFolder folder;
  const auto files = disk_files();
  std::string large(3000000, 'x');
  large[77] = '\0';
  for (const std::string& content : {""s, "a"s, "\xef\xbb\xbf\0\xff\r\n"s, large}) {
    const auto read = files->read(folder.put("file", content), no_limit);
    REQUIRE(read);
    CHECK((*read == content));
  }
}

TEST_CASE("what cannot be read says why") {
  const TemporaryFolder folder;
  const auto files = disk_files();
  CHECK(files->read(folder / "none", no_limit).reason() == "no such file or directory");
  CHECK(files->read(folder.path(), no_limit).reason() == "not a regular file");
  CHECK(files->read("/dev/null", no_limit).reason() == "not a regular file");
  CHECK(files->read(folder.put("file", "x") + "/below", no_limit).reason() == "not a directory");
  CHECK(files->read((folder / "file") + "\0more"s, no_limit).reason() == "no such file or directory");
  CHECK(files->list(folder / "none").reason() == "no such file or directory");
  CHECK(files->list(folder / "file").reason() == "not a directory");
}

TEST_CASE("reading a FIFO or a socket fails at once") {
  const TemporaryFolder folder;
  REQUIRE(mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK(disk_files()->read(folder / "fifo", no_limit).reason() == "not a regular file");
  CHECK(disk_files()->type(folder / "fifo") == FileType::other);
  REQUIRE(mknod((folder / "socket").c_str(), S_IFSOCK | 0600, 0) == 0);
  CHECK(disk_files()->read(folder / "socket", no_limit).reason() == "not a regular file");
}

TEST_CASE("a file that may not be read is said to be so") {
  if (geteuid() == 0) return;  // root may read everything
  const TemporaryFolder folder;
  REQUIRE(chmod(folder.put("closed", "x").c_str(), 0) == 0);
  CHECK(disk_files()->read(folder / "closed", no_limit).reason() == "permission denied");
}

TEST_CASE("the size limit is inclusive and holds for files that do not tell their size") {
  const TemporaryFolder folder;
  const auto files = disk_files();
  const std::string path = folder.put("file", "12345");
  CHECK(files->read(path, 5));
  CHECK(files->read(path, 4).reason() == "larger than 4 bytes");
  const auto status = files->read("/proc/self/status", no_limit);
  REQUIRE(status);
  CHECK(status->find("VmPeak") != std::string::npos);
  CHECK(files->read("/proc/self/status", 10).reason() == "larger than 10 bytes");
}

TEST_CASE("a folder that is listed to be read stays open until it is read") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "a");
  std::filesystem::create_directories(folder / "b/c");
  folder.put("a/x.yaml", "x: 1\n");
  folder.put("b/c/y.yaml", "y: 1\n");
  const auto open_files = [] {
    return std::ranges::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
  };
  const auto before = open_files();
  const auto files = disk_files();
  {
    KeptFolders kept;
    REQUIRE(files->list(folder / "a", kept));
    REQUIRE(files->list(folder / "b", kept));
    REQUIRE(files->list(folder / "b/c", kept));
    CHECK(files->list(folder / "none", kept).reason() == "no such file or directory");
    CHECK(open_files() == before + 2);  // nobody will read a file right below `b`
    const auto reader = files->bulk_reader(&kept);
    // Moved away meanwhile: what was listed is what is read.
    std::filesystem::rename(folder / "a", folder / "moved");
    CHECK(*reader->read(folder / "a/x.yaml", 100) == "x: 1\n");
    CHECK(reader->read(folder / "b/y.yaml", 100).reason() == "no such file or directory");
    CHECK(kept.take(folder / "a") == -1);
  }
  CHECK(open_files() == before);
}

TEST_CASE("a folder lists by bytes of the name, with the types behind links") {
  const TemporaryFolder folder;
  folder.put("b.yaml", "");
  folder.put("B.yaml", "");
  folder.put("\xff.yaml", "bytes");
  folder.put(".hidden", "");
  std::filesystem::create_directory(folder / "a");
  std::filesystem::create_symlink("a", folder / "link");
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  const auto entries = disk_files()->list(folder.path());
  REQUIRE(entries);
  CHECK(names(*entries) == ".hidden B.yaml a/ b.yaml dangling link/ \xff.yaml ");
  CHECK((*entries)[4].type == FileType::missing);
  CHECK((*entries)[4].link);
  CHECK((*entries)[5].link);
  CHECK_FALSE((*entries)[2].link);
  CHECK(*disk_files()->read(folder / "\xff.yaml", no_limit) == "bytes");
}

TEST_CASE("two names of one folder have one canonical path") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "a");
  std::filesystem::create_symlink("a", folder / "link");
  CHECK(disk_files()->canonical(folder / "link") == disk_files()->canonical(folder / "./a"));
  CHECK(disk_files()->canonical(folder / "none") == folder / "none");
}

TEST_CASE("files in memory form folders and fail on request") {
  MemoryFiles files({{"a/x.yaml", "1"}, {"./a/b/y.yaml", "2"}, {"a-b", "3"}, {"/abs/z", "4"}});
  CHECK(*files.read("a/./b/../x.yaml", no_limit) == "1");
  CHECK(*files.read("a/b/y.yaml", no_limit) == "2");
  CHECK(names(*files.list("")) == "a/ a-b ");
  CHECK(names(*files.list("a/")) == "b/ x.yaml ");
  CHECK(names(*files.list("/")) == "abs/ ");
  CHECK(files.type("a/b") == FileType::directory);
  CHECK(files.type("a-b") == FileType::regular);
  CHECK(files.type("none") == FileType::missing);
  CHECK(files.read("a", no_limit).reason() == "not a regular file");
  CHECK(files.read("none", no_limit).reason() == "no such file or directory");
  CHECK(files.read("a-b", 0).reason() == "larger than 0 bytes");
  CHECK(files.list("a-b").reason() == "not a directory");
  CHECK(files.list("none").reason() == "no such file or directory");
  files.fail("a/x.yaml", "permission denied");
  files.fail("a/new", "input/output error");
  CHECK(files.read("./a/x.yaml", no_limit).reason() == "permission denied");
  CHECK(names(*files.list("a")) == "b/ new x.yaml ");
  files.fail("a", "permission denied");
  CHECK(files.list("a").reason() == "permission denied");
  CHECK(files.canonical("./a/../a") == "a");
}

// ---- patterns

TEST_CASE("a regular expression matches the whole or is found within") {
  const auto pattern = Pattern::compile("a+b");
  REQUIRE(pattern);
  CHECK(pattern->matches_whole("aab"));
  CHECK_FALSE(pattern->matches_whole("aabc"));
}

TEST_CASE("a broken regular expression says what is wrong with it") {
  CHECK(Pattern::compile("[a-z").reason() == "missing ]: [a-z");
  CHECK_FALSE(Pattern::compile("(?=look)"));
  CHECK_FALSE(Pattern::compile("((a{1000}){1000}){1000}"));
}

TEST_CASE("nested repetition takes no exponential time") {
  const auto pattern = Pattern::compile("(a*)*(a*)*b");
  REQUIRE(pattern);
  CHECK_FALSE(pattern->matches_whole(std::string(20000, 'a')));
}

TEST_CASE("a word glob's star crosses any character") {
  CHECK(glob_match("*", ""));
  CHECK(glob_match("istio-*", "istio-system"));
  CHECK(glob_match("*/*.yaml", "a/b/c.yaml"));
  CHECK(glob_match("a?c", "abc"));
  CHECK_FALSE(glob_match("a?c", "ac"));
  CHECK_FALSE(glob_match("", "a"));
  CHECK_FALSE(glob_match("abc", "ab"));
  CHECK(glob_match("*a*b*", "xxaxxbxx"));
  CHECK_FALSE(glob_match("*a*b*", "xxbxxaxx"));
}

TEST_CASE("bracket classes hold ranges, negation, escapes and POSIX names") {
  CHECK(glob_match("[a-c]x", "bx"));
  CHECK_FALSE(glob_match("[!a-c]x", "bx"));
  CHECK(glob_match("[^a-c]x", "dx"));
  CHECK(glob_match("[]-]", "]"));
  CHECK(glob_match("[]-]", "-"));
  CHECK(glob_match("[\\]]", "]"));
  CHECK(glob_match("[a-]", "-"));
  CHECK(glob_match("[[:digit:]x][[:upper:]]", "7Q"));
  CHECK_FALSE(glob_match("[[:digit:]]", "a"));
  CHECK(glob_match("[[:x]", ":"));
  CHECK(glob_match("\\*\\[", "*["));
}

TEST_CASE("malformed globs match nothing") {
  for (const auto pattern : {"[", "[a", "[!", "[]", "a\\", "[[:nonsense:]", "[a-"}) {
    for (const auto word : {"[", "a", "a\\", "", "[a", "]"}) CHECK_FALSE(glob_match(pattern, word));
  }
}

TEST_CASE("many stars take no exponential time") {
  std::string stars;
  std::string parts;
  for (int i = 0; i < 50; ++i) {
    stars += "a*";
    parts += "**/a*a*/";
  }
  CHECK_FALSE(glob_match(stars + "b", std::string(20000, 'a')));
  std::string path;
  for (int i = 0; i < 2000; ++i) path += "aaaa/";
  CHECK_FALSE(globbed(parts + "b", path + "c"));
}

TEST_CASE("a glob without a slash matches at any depth") {
  CHECK(globbed("*.tmp", "a.tmp"));
  CHECK(globbed("*.tmp", "x/y/a.tmp"));
  CHECK_FALSE(globbed("*.tmp", "a.tmp/x"));
  CHECK(globbed("**", "a/b"));
  CHECK(globbed("foo**bar", "x/foo-bar"));
}

TEST_CASE("a slash at the start or inside anchors a glob") {
  CHECK(globbed("/build", "build"));
  CHECK_FALSE(globbed("/build", "x/build"));
  CHECK(globbed("a/b", "a/b"));
  CHECK_FALSE(globbed("a/b", "x/a/b"));
  CHECK_FALSE(globbed("a/*", "a/b/c"));
  CHECK_FALSE(globbed("a?b/c", "a/b/c"));
  CHECK(globbed("a[b/c]d", "acd"));
  CHECK_FALSE(globbed("a[b/c]d", "a/d"));
}

TEST_CASE("a slash at the end means folders only and does not anchor") {
  CHECK(globbed("build/", "x/build", true));
  CHECK_FALSE(globbed("build/", "x/build", false));
  CHECK(globbed("/a/b/", "a/b", true));
}

TEST_CASE("two stars stand for any number of folders") {
  CHECK(globbed("**/foo", "foo"));
  CHECK(globbed("**/foo/bar", "a/b/foo/bar"));
  CHECK(globbed("a/**/b", "a/b"));
  CHECK(globbed("a/**/b", "a/x/y/b"));
  CHECK_FALSE(globbed("a/**/b", "ab"));
  CHECK(globbed("a/**", "a/x/y"));
  CHECK_FALSE(globbed("a/**", "a", true));
  CHECK(globbed("/**", "x"));
  CHECK(globbed("**/x/**/y", "x/x/y"));
  CHECK_FALSE(globbed("a**/b", "a/x/b"));
}

TEST_CASE("the last matching line decides, and an exclamation mark takes back") {
  const Globs globs = Globs::parse("*.yaml\n!keep.yaml\n/keep.yaml\n");
  CHECK(globs.match("x.yaml", false) == Globs::Verdict::matched);
  CHECK(globs.match("a/keep.yaml", false) == Globs::Verdict::taken_back);
  CHECK(globs.match("keep.yaml", false) == Globs::Verdict::matched);
  CHECK(globs.match("x.json", false) == Globs::Verdict::none);
  CHECK(globs.match("", true) == Globs::Verdict::none);
}

TEST_CASE("comments, blank lines, marks, line ends and trailing spaces are no part of a glob") {
  CHECK(Globs::parse("\xef\xbb\xbf# comment\r\n\r\n   \n/\n!\n").empty());
  CHECK(globbed("a.txt  \r\n", "a.txt"));
  CHECK(globbed("a\\ ", "a "));
  CHECK(globbed("a\\   ", "a "));
  CHECK(globbed("a b", "a b"));
  CHECK(globbed("\\#a", "#a"));
  CHECK(globbed("\\!a", "!a"));
  CHECK(globbed(" a", " a"));
}

// ---- words

TEST_CASE("edit distance counts insertions, deletions, substitutions and swapped neighbours") {
  CHECK(edit_distance("", "", 3) == 0);
  CHECK(edit_distance("abc", "", 3) == 3);
  CHECK(edit_distance("kitten", "sitting", 9) == 3);
  CHECK(edit_distance("gateway", "gatewya", 3) == 1);
  CHECK(edit_distance("ca", "abc", 5) == 3);
  CHECK(edit_distance("service", "services", 1) == 1);
  CHECK(edit_distance("abc", "xyz", 1) == 2);
  CHECK(edit_distance("abc", "abd", 0) == 1);
  CHECK(edit_distance(std::string(1000000, 'a'), std::string(1000000, 'b'), 3) == 4);
}

TEST_CASE("the limit changes no distance below it") {
  std::vector<std::string> words{""};
  for (std::size_t i = 0; words[i].size() < 4; ++i) {
    for (const char c : "abc"sv) words.push_back(words[i] + c);
  }
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      const unsigned whole = edit_distance(a, b, 9);
      for (unsigned limit = 0; limit < 5; ++limit) {
        if (edit_distance(a, b, limit) != std::min(whole, limit + 1)) FAIL(a << " " << b << " " << limit);
      }
      if (whole != edit_distance(b, a, 9)) FAIL(a << " " << b);
    }
  }
}

TEST_CASE("the nearest word is close, ignores case first, and is the earlier on a tie") {
  const std::array candidates{"HTTP"sv, "HTTPS"sv, "HTTP2"sv, "GRPC"sv, "TCP"sv};
  CHECK(nearest("http", candidates) == "HTTP");
  CHECK(nearest("HTPTS", candidates) == "HTTPS");
  CHECK(nearest("HTTP3", candidates) == "HTTP");
  CHECK_FALSE(nearest("v3", std::array{"v1"sv, "v2"sv}));
  CHECK_FALSE(nearest("HTTP", candidates));
  CHECK_FALSE(nearest("MONGO", candidates));
  CHECK_FALSE(nearest("", candidates));
  CHECK_FALSE(nearest("x", std::array{"y"sv}));
}

TEST_CASE("the nearest of many words is the one that holding each against each finds") {
  std::mt19937 random(7);
  const auto word = [&] {
    std::string text;
    for (std::size_t length = 1 + random() % 8; length > 0; --length) text.push_back("abAB-1"[random() % 6]);
    return text;
  };
  std::vector<std::string> names(40);
  for (std::string& name : names) name = word();
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  for (int i = 0; i < 1000; ++i) {
    const std::string asked = word();
    std::optional<std::string_view> best;
    std::pair<unsigned, unsigned> closest;
    for (const std::string_view one : candidates) {
      if (one == asked) {
        best = std::nullopt;
        break;
      }
      if (!nearest(asked, std::span(&one, 1))) continue;
      const std::pair distance{edit_distance(lower(asked), lower(one), 99), edit_distance(asked, one, 99)};
      CHECK(distance.first <= slip_limit(asked.size()));
      if (!best || distance < closest) best = one, closest = distance;
    }
    CHECK(nearest(asked, candidates) == best);
    for (const std::string_view one : candidates) {
      const bool close = one != asked && edit_distance(lower(asked), lower(one), 99) <= slip_limit(asked.size());
      if (nearest(asked, std::span(&one, 1))) CHECK(close);
      // Numbers and letters that stand alone are each meant.
      const bool stands_alone = asked.find_first_of("1-") != std::string::npos || asked.size() == 1;
      if (close && !stands_alone) CHECK(nearest(asked, std::span(&one, 1)) == one);
    }
  }
}

TEST_CASE("spans that hold a place are found as if each were looked at") {
  std::mt19937 random(7);
  for (const std::size_t count : {0U, 1U, 2U, 7U, 64U, 200U}) {
    std::vector<Span> spans;
    SpanIndex<std::size_t> index;
    for (std::size_t i = 0; i < count; ++i) {
      const auto begin = static_cast<std::uint32_t>(random() % 300);
      spans.push_back({no_file, begin, begin + static_cast<std::uint32_t>(random() % (i % 5 == 0 ? 300 : 4))});
      index.add(spans.back(), i);
    }
    index.seal();
    for (std::uint32_t place = 0; place < 610; ++place) {
      std::set<std::size_t> found, expected;
      index.each_at(place, [&](std::size_t i) { CHECK(found.insert(i).second); });
      for (std::size_t i = 0; i < count; ++i) {
        if (place == spans[i].begin || (place > spans[i].begin && place < spans[i].end)) expected.insert(i);
      }
      CHECK(found == expected);
    }
  }
}

TEST_CASE("a name one slip away is found among many, whatever the slip") {
  NearNames names;
  names.add("default-gateway", 7);
  names.add("reviews", 3);
  names.add("ratings", 4);
  for (const auto word : {"default-gatway", "default-gateways", "defualt-gateway", "default_gateway", "efault-gateway"}) {
    CHECK(names.find(word) == 7U);
  }
  CHECK(names.find("review") == 3U);
  CHECK_FALSE(names.find("reviews"));
  CHECK_FALSE(names.find("productpage"));
  CHECK_FALSE(names.find(""));
  CHECK_FALSE(NearNames().find("x"));
}

TEST_CASE("of names equally near the smallest value is found, in whatever order they were added") {
  const std::vector<std::pair<std::string_view, std::uint32_t>> entries{
      {"shop-app", 5}, {"shop-apt", 2}, {"shop-app", 1}, {"shops-att", 0}};
  for (const bool backwards : {false, true}) {
    NearNames names;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& [name, value] = entries[backwards ? entries.size() - 1 - i : i];
      names.add(name, value);
    }
    CHECK(names.find("shop-apx") == 1U);
    CHECK(names.find("shop-app") == 2U);
  }
}

TEST_CASE("names that are numbered or lettered are each meant") {
  for (const auto& [word, name] : {std::pair{"v1"sv, "v2"sv}, {"team-a", "team-b"}, {"a-team", "b-team"}, {"shop.a.x", "shop.b.x"}}) {
    CHECK_FALSE(slip(word, name));
    CHECK_FALSE(slip(name, word));
  }
  for (const auto& [word, name] :
       {std::pair{"reviews"sv, "reviewz"sv}, {"team-aa", "team-ab"}, {"scheme", "schema"}, {"catalog", "catelog"}}) {
    CHECK(slip(word, name));
  }
}

TEST_CASE("names can be added after a question, and a copy goes its own way") {
  NearNames names;
  names.add("alpha", 1);
  CHECK(names.find("alpho") == 1U);
  NearNames copy = names;
  copy.add("alphi", 0);
  CHECK(copy.find("alpho") == 0U);
  CHECK(names.find("alpho") == 1U);
}

TEST_CASE("every word at distance one is found") {
  std::vector<std::string> words{""};
  for (std::size_t i = 0; words[i].size() < 5; ++i) {
    for (const char c : "ab"sv) words.push_back(words[i] + c);
  }
  for (const std::string& name : words) {
    NearNames names;
    names.add(name, 1);
    for (const std::string& word : words) {
      if (word.size() < 2) continue;
      const bool found = names.find(word).has_value();
      const unsigned distance = edit_distance(word, name, 9);
      const bool meant = distance == 1 && slip(word, name);
      if (meant ? !found : found && (distance == 0 || distance > slip_limit(word.size()))) FAIL(word << " " << name);
    }
  }
}

TEST_CASE("words are listed as in a sentence") {
  const std::array words{"a"sv, "b"sv, "c"sv, "d"sv};
  const std::span<const std::string_view> all(words);
  CHECK(list_words({}).empty());
  CHECK(list_words(all.first(1)) == "`a`");
  CHECK(list_words(all.first(2)) == "`a` and `b`");
  CHECK(list_words(all) == "`a`, `b`, `c` and `d`");
  CHECK(list_words(all, 2) == "`a`, `b` and 2 more");
}

TEST_CASE("lists are split, trimmed and freed of empty pieces") {
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim("  ").empty());
  CHECK(lower("ABC-xyz-É") == "abc-xyz-É");
  CHECK(split_list(" a, b,,c ,", ',') == std::vector<std::string_view>{"a", "b", "c"});
  CHECK(split_list("", ',').empty());
  CHECK(split_list(" , ", ',').empty());
}

TEST_CASE("a typing slip swaps, doubles or leaves out a letter inside a word; other differences make another name") {
  using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;
  for (const auto& [word, name] : Pairs{{"isito-system", "istio-system"},
                                        {"paymnets", "payments"},
                                        {"kube-sytem", "kube-system"},
                                        {"kube-sysstem", "kube-system"},
                                        {"shpo", "shop"},
                                        {"api.parter.example", "api.partner.example"}}) {
    INFO(word << " " << name);
    CHECK(is_typing_slip(word, name));
    CHECK(is_typing_slip(name, word));
  }
  for (const auto& [word, name] : Pairs{{"team-a", "team-b"},
                                        {"order", "orders"},
                                        {"order-x", "orders-x"},
                                        {"v12", "v21"},
                                        {"node-12", "node-21"},
                                        {"app", "ap"},
                                        {"web", "wbe"},
                                        {"shop", "shp"},
                                        {"example.com", "example.co"},
                                        {"stage", "state"},
                                        {"same", "same"},
                                        {"", ""}}) {
    INFO(word << " " << name);
    CHECK_FALSE(is_typing_slip(word, name));
    CHECK_FALSE(is_typing_slip(name, word));
  }
}

TEST_CASE("a pair, a word and every byte are found wherever they stand") {
  for (std::size_t size = 0; size < 70; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      for (const std::size_t distance : {1, 6, 17}) {
        std::string text(size, '.');
        text[place] = 'a';
        if (place + distance < size) text[place + distance] = 'z';
        CHECK(find_pair(text, 0, 'a', 'z', distance) == (place + distance < size ? place : size));
        CHECK(find_pair(text, place + 1, 'a', 'z', distance) == size);
      }
      std::string text(size, 'a');
      text.replace(place, 3, "abz");
      CHECK(holds_word(text.substr(0, size), "abz") == (place + 3 <= size));
    }
    std::string text;
    std::vector<std::size_t> wanted, found;
    for (std::size_t at = 0; at < size; ++at) {
      text += at * at % 7 == 1 ? '\n' : '-';
      if (text.back() == '\n') wanted.push_back(at);
    }
    each_byte(text, '\n', [&](std::size_t at) { found.push_back(at); });
    CHECK(found == wanted);
  }
}

TEST_CASE("a list is put into any order where it is") {
  std::vector<std::uint32_t> order{0, 1, 2, 3, 4};
  do {
    std::deque<std::string> list{"a", "b", "c", "d", "e"};
    permute(list, order);
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(list[i] == std::string(1, static_cast<char>('a' + order[i])));
  } while (std::next_permutation(order.begin(), order.end()));
}
