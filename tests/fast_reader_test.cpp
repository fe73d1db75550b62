// The fast reader against the parser library: where it answers, the library accepts the text and gives the same tree.
//
// HOPLINT_CORPUS names a directory of more manifests to compare; HOPLINT_ROUNDS changes how many random texts of each kind are made.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/tree_difference.h"
#include "text/format.h"
#include "yaml/fast.h"
#include "yaml/keys.h"
#include "yaml/parse.h"

namespace {

using namespace hop;
using namespace hop::yaml;
using namespace std::string_literals;

/// Compares texts and counts.
class Comparison {
 public:
  /// What differs; empty if nothing does.
  std::string compare(const std::string& text, const Limits& limits = {}) {
    // Copies without a terminator, so that a sanitizer sees a read beyond the end.
    const std::vector<char> bytes(text.begin(), text.end());
    const std::string_view source(bytes.data(), bytes.size());
    const auto found = fast_.read(source, nullptr, limits);
    const auto expected = parser_.parse_with_library(source, nullptr, limits);
    const bool valid = expected->problems.empty();
    ++texts_;
    valid_ += valid ? 1 : 0;
    accepted_ += found != nullptr ? 1 : 0;
    if (found == nullptr) {
      if (valid && declined_.size() < 20) declined_.push_back(text);
      return "";
    }
    if (!valid) return "accepted, but the library says: " + expected->problems[0].message;
    return tree_difference(*expected, *found);
  }

  void require_equal(const std::string& text) {
    const std::string difference = compare(text);
    if (difference.empty()) return;
    INFO(text);
    FAIL_CHECK(difference);
  }

  std::string summary(std::string_view what) const {
    return format("{}: {} texts, {} valid, {} read fast, {} left to the library\n", what, texts_, valid_, accepted_, valid_ - accepted_);
  }
  std::size_t valid() const { return valid_; }
  std::size_t left() const { return valid_ - accepted_; }
  const std::vector<std::string>& declined() const { return declined_; }

 private:
  FastReader fast_;
  DocumentParser parser_;
  std::size_t texts_ = 0, valid_ = 0, accepted_ = 0;
  std::vector<std::string> declined_;
};

std::vector<std::string> chunks_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().string().find("/.git/") == std::string::npos) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> result;
  for (const auto& path : paths) {
    const std::string extension = path.extension();
    if (extension != ".yaml" && extension != ".yml" && extension != ".json") continue;
    std::ifstream file(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (const Chunk& chunk : split(text)) result.push_back(text.substr(chunk.begin, chunk.end - chunk.begin));
  }
  return result;
}

const std::vector<std::string>& fixtures() {
  static const std::vector<std::string> all = chunks_below(HOPLINT_SOURCE_DIR "/fixtures");
  return all;
}

std::size_t rounds() {
  const char* const wanted = std::getenv("HOPLINT_ROUNDS");
  return wanted == nullptr ? 20000 : static_cast<std::size_t>(std::strtoul(wanted, nullptr, 10));
}

/// Written by hand, as are the next ones: each construct and what nearly is one.
const std::vector<std::string> structures = {
    "",
    "\n",
    " ",
    "\n\n \n",
    "# c",
    "#",
    " # c\n#d\n",
    "\t",
    "a",
    "a\n",
    " a\n",
    "a b\n",
    "a\nb\n",
    "a\n b\n",
    "a:",
    "a:\n",
    "a: \n",
    "a: b",
    "a: b\n",
    "a : b\n",
    "a:b\n",
    "a:b: c\n",
    "a :b\n",
    "a: b: c\n",
    "a: b:\n",
    "a: b:c\n",
    ": a\n",
    ":\n",
    ":a: b\n",
    "? a\n",
    "? a\n: b\n",
    "?a: b\n",
    "-",
    "- ",
    "-\n",
    "- a",
    "-a",
    "-a: b\n",
    "- a\n- b\n",
    "- a\n-b\n",
    "- a\n - b\n",
    "- a\n  - b\n",
    " - a\n- b\n",
    "-\n-\n",
    "-\n- a\n-\n",
    "- - a\n",
    "- - a\n  - b\n",
    "- - a\n - b\n",
    "- - a\n- - b\n",
    "- - - a\n    - b\n  - c\n- d\n",
    "- -a\n",
    "-- a\n",
    "--- a\n",
    "---\n",
    "--- \n",
    "a\n---\nb\n",
    "a: 1\n...\n",
    "a: 1\n...\nb: 2\n",
    "a: ---\n",
    "a: ...\n",
    "a: --- b\n",
    "a:\n  ---\n",
    "- key: v\n",
    "- key: v\n  more: w\n",
    "- key: v\n more: w\n",
    "- key: v\n   more: w\n",
    "- key:\n  - v\n",
    "- key:\n    v\n",
    "- key:\n- v\n",
    "-   key: v\n    more: w\n",
    "-\n  key: v\n",
    "-\nkey: v\n",
    "- a\nb: c\n",
    "a: b\n- c\n",
    "a:\n- b\n",
    "a:\n- b\n- c\nd: e\n",
    "a:\n - b\n - c\nd: e\n",
    "a:\n- b\n - c\n",
    "a:\n  - b\n - c\n",
    "a:\n  - b\n    - c\n",
    "a:\n- b:\n  - c\n- d\n",
    "a:\n-\n- b\nc:\n",
    "a:\n  b: 1\n c: 2\n",
    "a:\n    b: 1\n  c: 2\n",
    "a:\n  b: 1\n    c: 2\n",
    "a:\n  b:\n    c:\nd:\n",
    "a: 1\n b: 2\n",
    " a: 1\nb: 2\n",
    "  a: 1\n  b: 2\n",
    "  a: 1\n  b: 2\n c: 3\n",
    "a:\nb:\nc:\n",
    "a:\n  b\n",
    "a:\nb\n",
    "a:\n\n\n  b: c\n\n\nd: e\n",
    "a: - b\n",
    "a: -b\n",
    "a: -\n",
    "a: - - b\n",
    "- a: - b\n",
    "- ? a\n",
    "a: ? b\n",
    "a: ?b\n",
    "a: :b\n",
    "a: : b\n",
    "a:\n  b\n c: d\n",
    "a:\n  b: c\n d\n",
    "a: 1\na: 2\n",
    "a: 1\n'a': 2\n\"a\": 3\n",
    "a: {b: 1, b: 2, c: 3, b: 4}\n",
    "<<: 1\n<<: 2\n",
    "<<: 1\n'<<': 2\n",
    "<<: {a: 1}\n",
    "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 1\nk: 2\nl: 3\nm: 4\nn: 5\no: 6\np: 7\nq: 8\na: 9\nq: 1\n",
    "a:\tb\n",
    "a: \tb\n",
    "a:\t\n  b: c\n",
    "-\ta\n",
    "- \ta\n",
    "\ta: b\n",
    "a:\n\tb: c\n",
    "a: b\t\n",
    "a: b\t# c\n",
    "a\t: b\n",
    "a:\n  b\n\tc\n",
    "a: b\n\t\nc: d\n",
    "a: 'b'\t\n",
    "- 'b'\t# c\n",
    "a: [b]\t\n",
    "a: b\r\nc: d\r\n",
    "a:\r\n- b\r\n- c\r\n\r\n# d\r\ne: |\r\n  f\r\n",
    "a: b\rc: d\r",
    "a: b\r",
    "%YAML 1.1\n---\na: b\n",
    "%a\n",
    " %a\n",
    "a: %b\n",
    "@a\n",
    "a: @b\n",
    "`a`\n",
    "\xef\xbb\xbf\x61: b\n",
    "a: \xef\xbb\xbf b\n",
    "\xc3\xa4: \xe2\x82\xac\n",
    "- \xc3\xa4: b\n  c: d\n",
    "a: \xff\n",
    "a: \x01\n",
    "a: \x7f\n",
    "a: b\xc2\x85 c\n",
    "a: b\xe2\x80\xa8 c\n",
    "a: \xc2\x80\n",
    "a: \xef\xbf\xbf\n",
    "a: \xed\xa0\x80\n",
    "a: \xc0\xaf\n",
    "a: b\0c"s,
};

const std::vector<std::string> scalars = {
    "a: b c\n",
    "a: b  c\n",
    "a: b \n",
    "a: b#c\n",
    "a: b #c\n",
    "a: b # c\n",
    "a: #c\n",
    "a:#c\n",
    "a: b\n#c\n",
    "a: b\n # c\n  d\n",
    "a: b\n  # c\nd: e\n",
    "a: b\n  c\n",
    "a: b\n c\n",
    "a: b\n\n  c\n",
    "a: b\n\n\n  c\n  d\n\n",
    "a: b \n  c \n",
    "a: b\n  c: d\n",
    "a: b\n  c:\n",
    "a: b\n  : c\n",
    "a: b\n  - c\n",
    "a: b\n  'c'\n",
    "a: b\n  [c]\n",
    "a: b\n  #c\n",
    "a: b\n  c #d\n  e\n",
    "a: b\n  c\nd: e\n",
    "a:\n  b\n  c\n",
    "a:\n  b\n    c\n d\n",
    "- b\n  c\n",
    "- b\n c\n",
    "- b\nc\n",
    "b\n c\n",
    "b\nc: d\n",
    "b\n c: d\n",
    "a: http://x:80/y?z#w\n",
    "a: x:y\n",
    "a: ::\n",
    "a: b::\n",
    "a: b'c\n",
    "a: b\"c\"\n",
    "a: 'b\n",
    "a: \"b\n",
    "a: b, c\n",
    "a: b]\n",
    "a: b{c}\n",
    "a: ,b\n",
    "a: ]\n",
    "a: }b\n",
    "a: !\n",
    "a: &\n",
    "a: *\n",
    "a: |b\n",
    "a: >b\n",
    "a: -1\n",
    "a: -\n b\n",
    "a: --\n",
    "a: - \n",
    "a: ~\n",
    "a: null\n",
    "a b: c d\n",
    "a#b: c\n",
    "a #b: c\n",
    "a, b: c\n",
    "a: 1\r\n  2\r\n",
    "a: b\\nc\n",
    "a: b  # c # d\n",
    "a: \xc3\xa4\n  \xc3\xb6\n",
    "'a'",
    "'a': b\n",
    "'a' : b\n",
    "'a':b\n",
    "'a'b: c\n",
    "a: 'b'\n",
    "a: 'b' \n",
    "a: 'b' # c\n",
    "a: 'b'#c\n",
    "a: 'b' c\n",
    "a: 'b': c\n",
    "a: ''\n",
    "a: ''''\n",
    "a: 'it''s'\n",
    "a: 'b''\n",
    "a: 'b\n  c'\n",
    "a: 'b\n\n  c'\n",
    "a: 'b\nc'\n",
    "a: 'b\n'\n",
    "a: 'b \n c '\n",
    "a: ' b '\n",
    "a: '\n  b\n  '\n",
    "a: 'b # c'\n",
    "a: 'b: c'\n",
    "a: 'b\n  c': d\n",
    "'a\n b': c\n",
    "a: 'b\n---\n'\n",
    "a: 'b\r\n  c'\r\n",
    "a: 'b\n\tc'\n",
    "a: 'b\n%c'\n",
    "\"a\": b\n",
    "\"a\":b\n",
    "a: \"b\"\n",
    "a: \"\"\n",
    "a: \"b\\\"c\"\n",
    "a: \"b\\\\\"\n",
    "a: \"b\\n\\t\\0\\a\\b\\v\\f\\r\\e\\ \\/\\N\\_\\L\\P\"\n",
    "a: \"\\n\\t\\0\\a\\b\\v\\f\\r\\e\\ \\/\"\n",
    "a: \"\\x41\\u00e4\\U0001F600\"\n",
    "a: \"\\x4\"\n",
    "a: \"\\ud83d\\ude00\"\n",
    "a: \"\\U00110000\"\n",
    "a: \"\\Uffffffff\"\n",
    "a: \"\\q\"\n",
    "a: \"\\'\"\n",
    "a: \"\\\n  b\"\n",
    "a: \"b\\\n  c\"\n",
    "a: \"b \\\n  \\ c\"\n",
    "a: \"b\\\n\n  c\"\n",
    "a: \"b\\n\n  c\"\n",
    "a: \"b\\t\n  c\"\n",
    "a: \"b\\ \n  c\"\n",
    "a: \"b \t\n \t c\"\n",
    "a: \"b\n\n\n c\"\n",
    "a: \"b\n\"\n",
    "a: \"b\n  \"\n",
    "a: \"\n  b\"\n",
    "a: \"b\\\r\n  c\"\r\n",
    "a: \"\\\t\"\n",
    "a: \"b\" \"c\"\n",
    "a: \"b\"c\n",
    "a: \"b",
    "a: \"b\\",
    "a: \"b\\x",
    "a: \"b\n...\n\"\n",
    "\"a\\\n b\": c\n",
    std::string(1024, 'k') + ": v\n",
    std::string(1025, 'k') + ": v\n",
    std::string(1020, 'k') + "    : v\n",
    "'" + std::string(1022, 'k') + "': v\n",
    "'" + std::string(1023, 'k') + "': v\n",
    "{" + std::string(1025, 'k') + ": v}\n",
    "[" + std::string(1024, 'k') + ": v]\n",
};

const std::vector<std::string> block_scalars = {
    "a: |\n  b\n",
    "a: |\n  b\n  c\n",
    "a: |\n  b",
    "a: |",
    "a: |\n",
    "a: |\n\n",
    "a: |\n\n\nb: c\n",
    "a: |\nb: c\n",
    "a: |-\n  b\n\n",
    "a: |+\n  b\n\nc: d\n",
    "a: |+\n\n\n",
    "a: |-\n\n\n",
    "a: |+\n  b",
    "a: |+\n",
    "a: |+\n\nb: c\n",
    "a: |2\n    b\n",
    "a: |2-\n    b\n",
    "a: |-2\n    b\n",
    "a: |+1\n  b\n\n",
    "a: |0\n b\n",
    "a: |10\n b\n",
    "a: |--\n b\n",
    "a: |1\n  b\n c\nd: e\n",
    "a: |4\n  b\n",
    "a: | \n  b\n",
    "a: | # c\n  b\n",
    "a: |# c\n  b\n",
    "a: |# c",
    "a: | # c",
    "a: | # c\n",
    "a: | b\n  c\n",
    "a: |\t# c\n  b\n",
    "a: |-  \n\n",
    "a: |\n  b\n\n  c\n",
    "a: |\n  b\n    c\n  d\n",
    "a: |\n    b\n  c\n",
    "a: |\n  b\n c\n",
    "a: |\n  b\n # c\nd: e\n",
    "a: |\n  b\n  # c\nd: e\n",
    "a: |\n  # c\n",
    "a: |\n # c\n",
    "a: |\n# c\n",
    "a: |\n  b\n# c\n  d\n",
    "a: |\n  b  \n  c\n",
    "a: |\n  b\n   \n  c\n",
    "a: |\n  b\n    \n",
    "a: |\n  b\n \n",
    "a: |\n   \n  b\n",
    "a: |\n \n  b\n",
    "a: |\n  \n  b\n",
    "a: |\n  ",
    "a: |\n   \n",
    "a: |\n\n  b\n",
    "a: |\n\tb\n",
    "a: |\n  \tb\n",
    "a: |\n  b\n\tc\n",
    "a: |\n  b\n  \t\n",
    "a: |\n b\n",
    "a: |\r\n  b\r\n  c\r\n\r\nd: e\r\n",
    "a: |-\r\n  b\r\n",
    "a: |+\r\n  b\r\n\r\n",
    "a: |\r\n\r\n",
    "- |\n  b\n- |\n c\n- |\nd\n",
    "- |\n b\n",
    "- a: |\n    b\n  c: d\n",
    "- a: |\n  b\n",
    "- - |\n   b\n",
    "a:\n- |\n  b\n",
    "a:\n- |\n b\nc: d\n",
    "|\n a\n",
    "|\na\n",
    "> \n a\n",
    "a:\n  |\n   b\n",
    "a:\n  |\n  b\n",
    "a:\n  |\n b\n",
    "a: |\n  b: c\n  - d\n",
    "a: |\n  ---\n",
    "a: |\n---\n",
    "a: |\n  %b\n",
    "a: |\n  \"b\n",
    "a: >\n  b\n",
    "a: >\n  b\n  c\n",
    "a: >\n  b\n\n  c\n",
    "a: >\n  b\n\n\n  c\n",
    "a: >\n  b\n    c\n  d\n",
    "a: >\n  b\n\n    c\n\n  d\n",
    "a: >\n    b\n\n    c\n",
    "a: >\n\n  b\n  c\n",
    "a: >-\n  b\n  c\n\n",
    "a: >+\n  b\n  c\n\n",
    "a: >\n  b\n  \n  c\n",
    "a: >\n  b\n   \n  c\n",
    "a: >\n  b\n  \tc\n  d\n",
    "a: >2\n   b\n  c\n",
    "a: >\n  b \n  c\n",
    "a: >\n  \tb\n  c\n",
    "a: >",
    "a: >\n",
    "a: >+",
    "a: >\r\n  b\r\n  c\r\n",
    "a: >\n  b\n  c",
    "a: &x |\n  b\n",
    "a: !!str |\n  b\n",
    "a: &x\n  |\n  b\n",
    "a: |\n  \xc3\xa4\n",
    "a: |\n  b\n\n\n\nc: |\n  d\n",
    "a: |\n  b\n \n   \n  c\n",
    "a:\n  b: |\n    c\n   \n  d: e\n",
    "a: |+\n   \n  \n b\n",
    "a: |1\n\n  \n   b\n",
    "a: |\n  b\n  ",
    "a: |+\n  b\n  ",
    "a: |\n   b\n  \n \n\n",
    "a: | \t \n  b\n",
    "a: |\n  b\n\n # c\n\nd: e\n",
};

const std::vector<std::string> flow = {
    "[]",
    "{}",
    "[]\n",
    "[ ]",
    "[a]",
    "[a, b]",
    "[a,b]",
    "[a ,b]",
    "[a,]",
    "[a, ]",
    "[,]",
    "[a,,b]",
    "[, a]",
    "{a}",
    "{a, b: c}",
    "{a: b}",
    "{a: b, }",
    "{a: b,}",
    "{,}",
    "{a,,b}",
    "{a:}",
    "{a: }",
    "{a:b}",
    "{a:,b}",
    "{a: , b: c}",
    "{\"a\":1}",
    "{\"a\": 1}",
    "{\"a\" : 1}",
    "{\"a\"  :1}",
    "{'a':b}",
    "{\"a\":}",
    "{\"a\":,}",
    "{\"a\"::b}",
    "{\"a\"}",
    "{\"a\" }",
    "{\"a\", b}",
    "{a b: c d}",
    "{a: b: c}",
    "{a: \"b\":c}",
    "[a: b]",
    "[a: b, c]",
    "[a: b: c]",
    "[a:]",
    "[a: ]",
    "[a: , b]",
    "[\"a\":b]",
    "[\"a\":]",
    "[\"a\": [b]]",
    "[a: {b: c}, d]",
    "[a: [b: c]]",
    "[a: b, c: d]",
    "[[a]]",
    "[[a], [b, [c]]]",
    "[{a: b}]",
    "{a: [b], c: {d: e}}",
    "{a: {b: {c: d}}}",
    "{[a]: b}",
    "{{a: b}: c}",
    "[[a]: b]",
    "[{a}: b]",
    "{[a]}",
    "[a",
    "{a",
    "[a}",
    "{a]",
    "[",
    "{",
    "]",
    "}",
    "[a]]",
    "[a] b",
    "[a]: b",
    "{a}: b",
    "[a] # c",
    "[a]# c",
    "[a # c\n]",
    "[a, # c\n b]",
    "[a,# c\n b]",
    "[# c\n a]",
    "[ # c\n a]",
    "[a#b]",
    "[a #b]",
    "[\"a\"#b\n]",
    "[\n  a,\n  b\n]",
    "[\na,\nb\n]",
    "[\n]",
    "{\n}",
    "{\n  a: b,\n  c:\n    d\n}",
    "{\na: b\n}",
    "a: [\n  b\n  ]\n",
    "a: [\nb\n]\n",
    "a: {\n  b: c,\n  d: e\n}\nf: g\n",
    "a: [b\n  c]\n",
    "a: [b\nc]\n",
    "a: [b\n\n  c, d]\n",
    "[a\n: b]",
    "{a\n: b}",
    "{\"a\"\n: b}",
    "{a\n b: c}",
    "[\"a\n b\": c]",
    "[a\n  , b]",
    "- [a, b]\n- {c: d}\n",
    "- [a]: b\n",
    "- {a: b}: c\n",
    "a: [b]: c\n",
    "a: [b] c\n",
    "a: {b: c} # d\n",
    "a: {b: c}\n  d\n",
    "[- a]",
    "[-]",
    "[-, a]",
    "[-a]",
    "[- ]",
    "[a - b]",
    "[a -, b]",
    "[? a]",
    "[?a]",
    "[a?]",
    "{? a : b}",
    "[a?b]",
    "[a ? b]",
    "[:a]",
    "[: a]",
    "[a :b]",
    "[a::b]",
    "[::]",
    "[a: :b]",
    "[*a]",
    "[&a b, *a]",
    "[&a b, *a, c]",
    "[&a b,*a ,c]",
    "{&a b: c, d: *a}",
    "{&a b: *a}",
    "{&a b: c, *a : d}",
    "[&a , b]",
    "[&a]",
    "{a: &b }",
    "{a: &b , c: d}",
    "[!!str a]",
    "[!!str , a]",
    "[!!str a: b]",
    "[&x a: b]",
    "{!!str a: !!int 1}",
    "{&x a: &y [b], c: *y}",
    "[&x [a], *x]",
    "[&x [*x]]",
    "['a', \"b\"]",
    "['a' 'b']",
    "[\"a\" b]",
    "[a \"b\"]",
    "[a 'b': c]",
    "[|]",
    "[>a]",
    "[a|b]",
    "[@a]",
    "[%a]",
    "[\n%a]",
    "[a\n---\n]",
    "[\n---\n]",
    "[\n...\n]",
    "[a,\n--- b]",
    "[\n-a]",
    "[\n--]",
    "[a, b]\n[c]\n",
    "{a: b}\n{c: d}\n",
    "{<<: {a: b}}",
    "{<<}",
    "[<<: a]",
    "{a: 1, a: 2}",
    "{a: 'b\n  c'}",
    "{\"a\": \"b\\n\"}",
    "{\"a\":\"b\",\"c\":[1,2,{\"d\":null}]}",
    "{\n\t\"a\": true,\n\t\"b\": [\n\t\t1\n\t]\n}\n",
    "a: {\n\tb: c\n}\n",
    "a: [b\n\t]\n",
    "a: ['b'\n\t]\n",
    "[a\t,\tb]",
    "[a\tb]",
    "{a:\tb}",
    "{a\t: b}",
    "[a\r\n,\r\nb]\r\n",
    "[a]\n# c\n",
    "[a]\n\n",
    " [a]",
    "  {a: b}\n",
    "[\xc3\xa4, {\xc3\xb6: \xc3\xbc}]",
    "[a, b: c, d: , e]",
    "[[], {}, [[]], [{}]]",
    "{a: [], b: {}}",
    "{a: , }",
    "{a, }",
    "{a\n}",
    "{a #c\n}",
    "{a: #c\n}",
    "{a: b #c\n, d}",
    "{a: |\n b}",
    "{a: [b}",
    "{a: {b: c}",
    "[{a: b]",
    "{a: b]}",
    "[a: {b: c}: d]",
    "[a, [b]: c]",
    "[a: b\n  c]",
    "[a: 'b'\n]",
    "[a: \n b]",
    "[a:\n b]",
    "[a: &x b]",
    "[a: &x [b]]",
    "[a: *x]",
    "[&x a, b: *x]",
    "[a: *x, b]",
    "[[a: b]]",
    "[[a: [b]]]",
    "[a: [b], c: [d]]",
    "[a: [b] c]",
    "[a: [b]: c]",
};

const std::vector<std::string> properties = {
    "a: &x b\n",
    "a: &x\n",
    "a: &x\nb: c\n",
    "a: &x\n  b: c\n",
    "a: &x\n  b\n",
    "a: &x\n- b\n",
    "a: &x\n  - b\n",
    "- &x\n- b\n",
    "- &x a\n- *x\n",
    "- &x a: b\n",
    "- &x\n  a: b\n",
    "&x a: b\n",
    "&x\na: b\n",
    "&x a\n",
    "&x\na\n",
    "&x",
    "&x\n",
    "&x &y a\n",
    "&x\n&y a: b\n",
    "&x\n&y a\n",
    "a: &x &y b\n",
    "a: &x\n  &y b: c\n",
    "a: &x\n  &y b\n",
    "a: &x\n  !!str b\n",
    "a: !!str &x b\n",
    "a: &x !!str b\n",
    "a: !!map\n  b: c\n",
    "a: !!seq\n- b\n",
    "a: !!str\nb: c\n",
    "a: !!str\n",
    "!!map\na: b\n",
    "!!str a: b\n",
    "!!str a: !!int 5\n",
    "a: !b c\n",
    "a: !b\n  c: d\n",
    "a: !b!c d\n",
    "a: !<tag:x> b\n",
    "a: ! b\n",
    "a: !\n",
    "a: !! b\n",
    "a: !b:c d\n",
    "a: !b{ c\n",
    "a: !b,c d\n",
    "a: !!str'b'\n",
    "a: !!str 'b'\n",
    "a: !!str |\n  b\n",
    "a: &x'b'\n",
    "a: &x: b\n",
    "a: &x:\n",
    "&x: a\n",
    "&x : a\n",
    "a: &\n",
    "a: & b\n",
    "a: &\xc3\xa4 b\n",
    "a: &x.y b\n",
    "a: &x-y_Z9 b\n",
    "a: &x b: c\n",
    "a: &x - b\n",
    "- &x - b\n",
    "&x - b\n",
    "a: &x [b]\nc: *x\n",
    "a: &x {b: c}\nd: *x\n",
    "a: &x b\nc: *x\n",
    "a: &x b\nc: *x \n",
    "a: &x b\nc: *x # d\n",
    "a: &x b\nc: *x d\n",
    "a: &x b\nc: *x: d\n",
    "a: &x b\n*x : c\n",
    "a: &x b\n*x: c\n",
    "a: &x b\nc: &y *x\n",
    "a: &x b\nc: !!str *x\n",
    "a: *x\n",
    "*x\n",
    "a: &x\n  b: *x\n",
    "a: &x\n  b: &x c\n  d: *x\ne: *x\n",
    "a: &x b\nc: &x d\ne: *x\n",
    "a: &x b\nc:\n  *x\n",
    "a: &x b\nc:\n*x\n",
    "a: &x b\n- *x\n",
    "- &x b\n- *x\n- *y\n",
    "a: &x\n  - *x\n",
    "a: &x # c\n  b: d\n",
    "a: &x\n# c\n  b: d\n",
    "a:\n  &x\n  b: c\n",
    "a:\n    &x\n  b: c\n",
    "a:\n  &x\nb: c\n",
    "a:\n&x\n  b: c\n",
    "a:\n&x b: c\n",
    "a:\n  &x b: c\n  d: e\n",
    "a:\n  &x\n- b\n",
    "-\n  &x\n  - b\n",
    "- &x\n  - b\n  - *x\n",
    "a: &x b\n<<: *x\n",
    "a: &x {b: c}\nd:\n  <<: *x\n  e: f\n",
    "!!merge <<: a\n",
    "!!str <<: a\n",
    "&x <<: a\n",
    "a: &x |\n  b\nc: *x\n",
    "a: &x 'b\n  c'\n",
    "a: &x b\n  c\nd: *x\n",
    "a: &x\tb\n",
    "a: &x\t\n  b: c\n",
    "a:\t&x b\n",
    "&x  a: b\nc: d\n",
    "- &x  a: b\n  c: d\n",
    "  &x a: b\n  c: d\n",
    "a: &x\n\n\n  b: c\n",
    "a: &x b # c\n",
    "? &x a\n: b\n",
    "&a a: &b b\n&c c: *b\n",
    "!!binary a\n",
    "a: !!binary |\n  Zm9v\n",
    "a: !Ref b\nc: !GetAtt d.e\n",
    "a: &x\n  !!map\n  b: c\n",
    "a: !!map &x\n  b: c\n",
    "a: !!map &x # c\n  b: c\n",
    "- !!str\n- !!null\n",
    "- !x a\n- !y\n  b: c\n",
};

class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_()) % limit; }

  std::string mutated(std::string text) {
    for (std::size_t count = 1 + below(3); count > 0; --count) mutate(text);
    return text;
  }

  std::string tokens() {
    static const std::vector<std::string> all = {
        "a",    "b",        "key",   "k:",      "a: ",      "b: ",         "- ",      "-",   ":",    ": ",    ",",      "[",
        "]",    "{",        "}",     "'",       "\"",       "'x'",         "\"y\"",   "#",   " # c", "|",     "|-\n",   ">\n",
        ">+\n", "|2\n",     "&x ",   "*x",      "!!str ",   "!t ",         "? ",      "\n",  "\n",   "\n  ",  "\n  ",   "\n    ",
        "\n ",  " ",        "  ",    "\t",      "\r\n",     "\r\n  ",      "\\",      "\\n", "''",   "--- ",  "...",    "%",
        "<<: ", "\xc3\xa4", "\n- ",  "\n  - ",  "\n\n",     "~",           "?",       "@",   "- - ", "- a: ", "a: b\n", "{a: ",
        "[a, ", "\n# c\n",  "\na: ", "\n  b: ", "x: |\n  ", "y: >-\n    ", "\n   \n", "1"};
    std::string text;
    for (std::size_t count = 1 + below(14); count > 0; --count) text += all[below(all.size())];
    return text;
  }

 private:
  void mutate(std::string& text) {
    static const std::string inserted[] = {
        " ",  "\n",   ":",     "-",    "#",  "'",  "\"",       "[", "]",  "{",      "}",      ",",       "&x ", "*x",   "|",
        ">",  "!",    "\t",    "\r",   "? ", ": ", " #c",      "%", "\\", "\n ",    "- ",     "\r\n",    "a",   "\n\n", "|-\n",
        "''", "\"\"", "---\n", "<<: ", "  ", "@",  "\xc3\xa4", "*", "&",  "!!str ", "\n  - ", "\n# c\n", ">\n", "{}",   "[]"};
    const std::size_t at = below(text.size() + 1);
    const std::size_t line = text.rfind('\n', at) == std::string::npos ? 0 : text.rfind('\n', at) + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    switch (below(9)) {
      case 0:
        text.erase(at, 1 + below(3));
        break;
      case 1:
        text.erase(line, end - line + below(2));
        break;
      case 2:
        text.insert(line, text.substr(line, end - line) + "\n");
        break;
      case 3:
        text.insert(std::min(line, text.size()), 1 + below(3), ' ');
        break;
      case 4:
        if (line < text.size() && text[line] == ' ') text.erase(line, 1 + below(2));
        break;
      case 5:
        text.resize(at);
        break;
      case 6:
        if (at < text.size()) text[at] = inserted[below(std::size(inserted))][0];
        break;
      default:
        text.insert(at, inserted[below(std::size(inserted))]);
    }
  }

  std::mt19937 random_;
};

void compare_all(std::string_view what, const std::vector<std::string>& texts) {
  Comparison comparison;
  for (const std::string& text : texts) comparison.require_equal(text);
  std::cout << comparison.summary(what);
}

/// Also every text with something before, around and behind it.
void compare_by_hand(std::string_view what, const std::vector<std::string>& texts) {
  compare_all(what, texts);
  std::vector<std::string> more;
  for (const std::string& text : texts) {
    std::string nested = "  ";
    for (const char c : text) nested += c == '\n' ? "\n  " : std::string(1, c);
    for (const char* const before : {"k:\n", "-\n", "k:\n- m:\n", "# c\n", "k: v\n"}) more.push_back(before + text);
    for (const char* const before : {"k:\n", "-\n", "k: v\nl:\n"}) more.push_back(before + nested + "\nz: y\n");
    for (const char* const before : {"k: ", "- ", "- - ", "k: [", "{k: "}) more.push_back(before + text);
    for (const char* const behind : {"\n", "# c\n", "\nz: y\n", "]", "}", "\n- z\n", "  \n"}) more.push_back(text + behind);
    more.push_back("[" + text + "]");
    more.push_back("k: {" + text + ", z}\n");
  }
  compare_all(what, more);
}

}  // namespace

TEST_CASE("The fast reader gives the library's tree for block structure") { compare_by_hand("structures", structures); }
TEST_CASE("The fast reader gives the library's tree for scalars") { compare_by_hand("scalars", scalars); }
TEST_CASE("The fast reader gives the library's tree for block scalars") { compare_by_hand("block scalars", block_scalars); }
TEST_CASE("The fast reader gives the library's tree for flow collections") { compare_by_hand("flow", flow); }
TEST_CASE("The fast reader gives the library's tree for anchors, aliases and tags") { compare_by_hand("properties", properties); }

TEST_CASE("The fast reader gives the library's tree for the fixtures, and reads nearly all of them") {
  Comparison comparison;
  for (const std::string& text : fixtures()) {
    comparison.require_equal(text);
    std::string carriage_returns;
    for (const char c : text) carriage_returns += c == '\n' ? "\r\n" : std::string(1, c);
    comparison.require_equal(carriage_returns);
  }
  std::cout << comparison.summary("fixtures");
  CHECK(comparison.left() * 100 <= comparison.valid());
}

TEST_CASE("The fast reader gives the library's tree for a corpus") {
  const char* const folder = std::getenv("HOPLINT_CORPUS");
  if (folder == nullptr) return;
  Comparison comparison;
  for (const std::string& text : chunks_below(folder)) comparison.require_equal(text);
  std::cout << comparison.summary("corpus");
  for (const std::string& text : comparison.declined()) std::cout << "left to the library:\n" << text.substr(0, 600) << "\n";
}

TEST_CASE("The fast reader gives the library's tree for mutated manifests") {
  Mutator mutator(20251);
  Comparison comparison;
  std::vector<std::string> small;
  std::copy_if(fixtures().begin(), fixtures().end(), std::back_inserter(small), [](const std::string& text) { return text.size() < 4000; });
  for (const auto* const list : {&structures, &scalars, &block_scalars, &flow, &properties})
    small.insert(small.end(), list->begin(), list->end());
  for (std::size_t i = 0; i < rounds(); ++i) comparison.require_equal(mutator.mutated(small[mutator.below(small.size())]));
  std::cout << comparison.summary("mutated manifests");
}

TEST_CASE("The fast reader gives the library's tree for random tokens") {
  Mutator mutator(20252);
  Comparison comparison;
  for (std::size_t i = 0; i < rounds(); ++i) comparison.require_equal(mutator.tokens());
  std::cout << comparison.summary("random tokens");
}

TEST_CASE("The fast reader leaves to the library what is over a limit") {
  Comparison comparison;
  const Limits tight{5, 40, 200};
  const std::string laughs = "a: &a [x, x, x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b]\n";
  for (const std::string& text : {"[[[[[a]]]]]"s, "[[[[[[a]]]]]]"s, "- - - - - a"s, "- - - - - - a"s, "a:\n b:\n  c:\n   d:\n    e: f"s,
                                  "a:\n b:\n  c:\n   d:\n    e:\n     f: g"s, "[[[[a: b]]]]"s, "[[[[[a: b]]]]]"s, laughs,
                                  laughs.substr(0, 45), std::string(200, 'x'), std::string(201, 'x')}) {
    INFO(text);
    CHECK(comparison.compare(text, tight).empty());
  }
  for (std::uint64_t expansion = 1; expansion < 60; ++expansion) CHECK(comparison.compare(laughs, {1000, expansion, 1000}).empty());
}
