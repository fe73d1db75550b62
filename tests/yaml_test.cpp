#include <array>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "support/catch.h"
#include "text/unicode.h"
#include "yaml/builder.h"
#include "yaml/document.h"
#include "yaml/key.h"
#include "yaml/parse.h"
#include "yaml/template.h"

namespace {

using namespace hop;
using namespace hop::yaml;
using namespace std::string_literals;

constexpr FileId file{0};

/// A document at the begin of a file that it owns.
struct Parsed {
  explicit Parsed(std::string content, const Limits& limits = {})
      : text(std::make_shared<const std::string>(std::move(content))), document(parse(*text, text, limits), file, 0) {}
  Node root() const { return document.root(); }
  const Tree& tree() const { return document.tree(); }
  std::string at(Span span) const { return text->substr(span.begin, span.size()); }
  std::string at(const Node& node) const { return at(node.span()); }
  const Problem& first_problem() const {
    REQUIRE(!tree().problems.empty());
    return tree().problems.front();
  }
  std::string problem() const { return tree().problems.empty() ? "" : tree().problems[0].message; }
  std::string problem_place() const {
    const Problem& first = first_problem();
    return text->substr(first.begin, first.end - first.begin);
  }

  std::shared_ptr<const std::string> text;
  Document document;
};

std::vector<std::string> comments_of(const Parsed& parsed) {
  std::vector<std::string> result;
  for (const Comment& comment : parsed.tree().comments) result.push_back(parsed.text->substr(comment.begin, comment.end - comment.begin));
  return result;
}

std::vector<std::string> chunks_of(const std::string& text) {
  std::vector<std::string> result;
  for (const Chunk& chunk : split(text)) result.push_back(text.substr(chunk.begin, chunk.end - chunk.begin));
  return result;
}

/// Of the processor: others on the machine do not count. Generous: what must not happen is minutes, and sanitizers are slow.
void within_seconds(double seconds, const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < seconds);
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

const std::vector<std::string>& samples() {
  static const std::vector<std::string> all = {
      "",
      "\n\n",
      "# only\n# comments\n",
      "a: 1\nb: [x, 'y', \"z\"]\nc: {d: e, f: }\n",
      "a:\n  - b\n  -\n  - c: d\n    e:\nf:\n",
      "a:\n- b\n- c\nd: |\n  one\n  two\n\n\ne: >-\n  folded\n  text\n\n  more\n",
      "a: |+\n  x\n\nb: |2\n    y\n # comment\nc: >\n\n\n  z\n",
      "a: plain\n  over\n\n  lines\nb: 'it''s\n  two'\nc: \"x\\n\\u00e9\\\n   y\"\n",
      "\xc3\xa4: \xe2\x82\xac\n\xf0\x9f\x98\x80: {\xc3\xb6: [\xc3\xbc, '\xc3\x9f']} # \xc3\xa4\nend: x\n",
      "a: &x 1\nb: *x\nc: &y\n  d: e\nf: &z [1]\ng: !!str 5\nh: !local &q\n  - i\n&k l: m\n",
      "<<: {a: 1}\nb: 2\n",
      "a: 1\r\nb:\r\n  - c\r\n  - |\r\n    x\r\n    y\r\nd: 'e\r\n  f'\r\n",
      "a: 1\rb:\r  - c\r",
      "{\"a\": [1, 2, {\"b\": null}],\n\"c\": \"d\"}",
      "? a\n: b\n? c\n",
      "? [x, y]\n: - 1\n  - 2\n",
      "[a: 1, {b: 2}: 3, ? x]\n",
      "- - - a\n    - b\n  - c\n-\n  d: e\n",
      "just text\n",
      "'quoted'",
      "&a\n",
      "\xef\xbb\xbf\x61: 1\nb: 2\n",
      "a: x\xc2\x85z: y\xe2\x80\xa8z2: z\n",
      "--- {a: 1}\n",
      "--- text\n",
      "%YAML 1.1\n---\na: 1\n",
      "a: !<tag:x> b\nc: ! d\ne: !!map {f: g}\n",
      "k: |\n\n\n",
      "k: |",
      "a: \"\"\nb: ''\nc: \"\\\"\"\n",
  };
  return all;
}

void check_spans(const Document& document, Node node, Span within, std::uint32_t& last) {
  const std::string_view source = document.tree().source;
  const Span span = node.span();
  const Item& item = document.tree().items[node.index()];
  CHECK(span.begin <= span.end);
  CHECK(span.end <= source.size());
  CHECK(is_character_boundary(source, span.begin));
  CHECK(is_character_boundary(source, span.end));
  if (node.via_alias()) return;
  CHECK(item.begin >= within.begin);
  CHECK(item.end <= within.end);
  CHECK(item.begin >= last);
  last = item.begin;
  if (node.is_scalar()) {
    last = item.end;
    const bool quoted = item.style == Style::single_quoted || item.style == Style::double_quoted;
    if ((quoted || item.style == Style::plain) && (item.flags & in_scratch) == 0 && item.begin < item.end && !node.is_null()) {
      const Span text = node.text_span();
      CHECK(source.substr(text.begin, text.size()) == node.str());
    }
  }
  const Span own{file, item.begin, item.end};
  for (const Node child : node.items()) check_spans(document, child, own, last);
  for (const Entry entry : node.entries()) {
    if (entry.key.via_alias() || (item.flags & has_merge) != 0) continue;
    check_spans(document, entry.key, own, last);
    check_spans(document, entry.value, own, last);
  }
}

/// Where each byte of an inner text says it stands, the same byte must stand, unless escapes or folds are between.
void check_inner(const Parsed& parsed, const Node& scalar) {
  const auto inner = scalar.inner();
  for (const Item& item : inner->tree().items) {
    const Span span = inner->span(item.begin, item.end);
    CHECK(span.begin <= span.end);
    CHECK(span.end <= parsed.text->size());
    if (!inner->editable(item.begin, item.end)) continue;
    CHECK(parsed.at(span) == inner->tree().source.substr(item.begin, item.end - item.begin));
  }
}

TEST_CASE("paths in a large tree are those of a small one") {
  // The same children, first few, then beyond what is walked.
  const std::string block = "- {name: a, x: [1, {y: 2}]}\n- b\n- c: {d: e}\n  f:\n  - g\n";
  std::string large = "l:\n";
  for (int i = 0; i < 2'000; ++i) large += block;
  const Parsed small("l:\n" + block), many(large);
  REQUIRE(many.tree().items.size() > 4096);
  std::vector<Node> from{small.root()["l"]}, to{many.root()["l"]};
  std::size_t seen = 0;
  for (std::size_t at = 0; at < 3; ++at) {
    from.push_back(small.root()["l"][at]);
    to.push_back(many.root()["l"][at]);
  }
  while (!from.empty()) {
    const Node a = from.back(), b = to.back();
    from.pop_back(), to.pop_back();
    CHECK(a.path() == b.path());
    CHECK(a.stable_path() == b.stable_path());
    CHECK(small.at(a.key_span()).substr(0, 1) == many.at(b.key_span()).substr(0, 1));
    ++seen;
    if (a.path() == "l") continue;
    for (std::size_t i = 0; i < a.size() && a.is_sequence(); ++i) from.push_back(a[i]), to.push_back(b[i]);
    for (const Entry& entry : a.entries()) from.push_back(entry.value), to.push_back(b[entry.key.str()]);
  }
  CHECK(seen > 10);
  const Node last = many.root()["l"][5'999];
  CHECK(last["f"][0].path() == "l[5999].f[0]");
}

TEST_CASE("the path of each of a hundred thousand siblings") {
  std::string text;  // walked from the first sibling each time this would be ten thousand million steps
  for (int i = 0; i < 100'000; ++i) text += "- a\n";
  const Parsed parsed(text);
  std::size_t sum = 0;
  for (Node item : parsed.root().items()) sum += item.path().size();
  CHECK(sum == 688'890);
}

}  // namespace

TEST_CASE("Spans lie inside their parents, in source order and on character boundaries") {
  for (const std::string& sample : samples()) {
    INFO(sample);
    const Parsed parsed(sample);
    CHECK(parsed.problem().empty());
    if (!parsed.root()) continue;
    std::uint32_t last = 0;
    check_spans(parsed.document, parsed.root(), {file, 0, static_cast<std::uint32_t>(sample.size())}, last);
  }
}

TEST_CASE("Every sample survives being cut at any byte") {
  for (const std::string& sample : samples()) {
    for (std::size_t size = 0; size < sample.size(); ++size) {
      INFO(sample.substr(0, size));
      const Parsed parsed(sample.substr(0, size));
      for (const Problem& problem : parsed.tree().problems) {
        CHECK(problem.begin <= problem.end);
        CHECK(problem.end <= size);
        CHECK((problem.begin < problem.end || problem.begin == size));
        CHECK(!problem.message.empty());
      }
      if (!parsed.root()) continue;
      std::uint32_t last = 0;
      check_spans(parsed.document, parsed.root(), {file, 0, static_cast<std::uint32_t>(size)}, last);
    }
  }
}

TEST_CASE("A file is cut at its document markers") {
  CHECK(chunks_of("").empty());
  CHECK(chunks_of("\n \n").empty());
  CHECK(chunks_of("a: 1\n") == std::vector<std::string>{"a: 1\n"});
  CHECK(chunks_of("---\na: 1\n---\nb: 2\n") == std::vector<std::string>{"a: 1\n", "b: 2\n"});
  CHECK(chunks_of("---\r\na: 1\r\n---\r\nb: 2") == std::vector<std::string>{"a: 1\r\n", "b: 2"});
  CHECK(chunks_of("a: 1\r---\rb: 2\r") == std::vector<std::string>{"a: 1\r", "b: 2\r"});
  CHECK(chunks_of("a: 1\n...\n---\nb: 2\n") == std::vector<std::string>{"a: 1\n", "b: 2\n"});
  CHECK(chunks_of("a: 1\n... # end\nb: 2\n") == std::vector<std::string>{"a: 1\n", "b: 2\n"});
  CHECK(chunks_of("# c\n---\na: 1\n") == std::vector<std::string>{"# c\n", "a: 1\n"});
  CHECK(chunks_of("a: 1\n---") == std::vector<std::string>{"a: 1\n", ""});
  CHECK(chunks_of("a: ---\n----\n---x\n --- y\n").size() == 1);
  const std::string list = "- one\n- two of more letters than sixteen\n.a: 1\n-\n";
  CHECK(chunks_of(list + "---\n" + list + "...\n" + list + "---\n---\n") == std::vector<std::string>{list, list, list, "", ""});
}

TEST_CASE("What stands on a marker line: a comment is kept, content is dropped and told, directives above are kept") {
  const std::string text = "--- # allow\na: 1\n--- {b: 2} \n---\t\nc: 3\n%YAML 1.1\n";
  const auto chunks = split(text);
  REQUIRE(chunks.size() == 3);
  CHECK(text.substr(chunks[0].begin, chunks[0].end - chunks[0].begin) == "# allow\na: 1\n");
  CHECK(chunks[0].stray_begin == chunks[0].stray_end);
  CHECK(text.substr(chunks[0].marker_begin, chunks[0].marker_end - chunks[0].marker_begin) == "--- # allow");
  CHECK(chunks[1].begin == chunks[1].end);
  CHECK(text.substr(chunks[1].stray_begin, chunks[1].stray_end - chunks[1].stray_begin) == "{b: 2}");
  CHECK(chunks[2].stray_begin == chunks[2].stray_end);
  CHECK(chunks_of("%YAML 1.1\n# c\n---\na: 1\n---\nb: 2\n") == std::vector<std::string>{"%YAML 1.1\n# c\n---\na: 1\n", "b: 2\n"});
  CHECK(Parsed("--- {b: 2}").root()["b"].str() == "2");
  CHECK(Parsed("--- b: 2").problem() == "a mapping cannot start here; quote the text if the colon belongs to it");
}

TEST_CASE("Values know where they stand") {
  const Parsed parsed(
      "kind: Service # c\nspec:\n  ports:\n    - port: 80\n      name: 'http'\n    - {port: 443}\ntext: |\n  one\n  two\n\nend: x\n");
  const Node root = parsed.root();
  CHECK(parsed.at(root["kind"]) == "Service");
  CHECK(parsed.at(root["kind"].key_span()) == "kind");
  CHECK(parsed.at(root["spec"]["ports"][0]) == "port: 80\n      name: 'http'");
  CHECK(parsed.at(root["spec"]["ports"][0]["name"]) == "'http'");
  CHECK(parsed.at(root["spec"]["ports"][0]["name"].text_span()) == "http");
  CHECK(parsed.at(root["spec"]["ports"][1]) == "{port: 443}");
  CHECK(parsed.at(root["text"]) == "|\n  one\n  two");
  CHECK(root["text"].str() == "one\ntwo\n");
  CHECK(parsed.at(root["text"].part_span(4, 7)) == "two");
  CHECK(root["spec"]["ports"][1]["port"].path() == "spec.ports[1].port");
  CHECK(root["spec"]["ports"][0]["port"].stable_path() == "spec.ports[name=\"http\"].port");
}

TEST_CASE("Offsets are bytes though the parser counts characters") {
  const std::string wide = repeat("\xf0\x9f\x98\x80", 200);
  const Parsed parsed("# " + wide + "\na: \"" + wide + "\" # \xc3\xa4\n\xc3\xb6: [\xe2\x82\xac, x]\nplain: " + wide + "\nend: here\n");
  CHECK(parsed.at(parsed.root()["a"].text_span()) == wide);
  CHECK(parsed.at(parsed.root()["\xc3\xb6"][0]) == "\xe2\x82\xac");
  CHECK(parsed.at(parsed.root()["\xc3\xb6"]) == "[\xe2\x82\xac, x]");
  CHECK(parsed.at(parsed.root()["plain"]) == wide);
  CHECK(parsed.at(parsed.root()["end"]) == "here");
}

TEST_CASE("An absent field lands on the nearest ancestor that exists") {
  const Parsed parsed("a:\n  b:\n    c: 1\n  l:\n    - x: 1\n      y: 2\n");
  const Node missing = parsed.root()["a"]["b"]["nope"]["deeper"][3]["still"];
  CHECK_FALSE(missing);
  CHECK(parsed.at(missing) == "b");
  CHECK(missing.path() == "a.b");
  CHECK(parsed.at(parsed.root()["nope"]) == "a:");
  CHECK(parsed.at(parsed.root()["a"]["l"][0]["nope"]) == "x: 1");
  CHECK(missing.str().empty());
  CHECK(missing.items().empty());
  CHECK(missing.entries().empty());
  CHECK_FALSE(missing.integer());
  CHECK_FALSE(Node().span());
  CHECK(Node()["a"][0].path().empty());
  const Parsed empty("\n# nothing\n");
  CHECK(empty.at(empty.root()["a"]) == "# nothing");
  CHECK_FALSE(empty.root().via_alias());
}

TEST_CASE("An empty value is present, null, and stands at its key") {
  const Parsed parsed("a:\nb: ~\nc: [x, ]\nd: {e: , f}\ng:\n  -\n  - h\n? i\n");
  const Node root = parsed.root();
  CHECK(root["a"]);
  CHECK(root["a"].is_null());
  CHECK(root["a"].is_scalar());
  CHECK(parsed.at(root["a"]) == "a");
  CHECK(parsed.tree().items[root["a"].index()].begin == 2);
  CHECK(root["b"].is_null());
  CHECK(parsed.at(root["b"]) == "~");
  CHECK(root["b"].str().empty());
  CHECK(root["d"]["f"].is_null());
  CHECK(parsed.at(root["d"]["f"]) == "f");
  CHECK(parsed.at(root["g"][0]) == "-");
  CHECK(parsed.at(root["i"]) == "i");
  CHECK_FALSE(root["zz"].is_null());
  CHECK_FALSE(Parsed("a: 'null'").root()["a"].is_null());
}

TEST_CASE("Plain scalars mean what Kubernetes takes them for") {
  const auto is_string = [](const std::string& text) { return Parsed("a: " + text).root()["a"].is_string(); };
  for (const char* text : {"x",        "0x",        "1.2.3", "2001-01-01", "2001-12-14t21:59:43.10-05:00",
                           "--",       "+x",        ".",     "...x",       "1e",
                           "12:30:45", "1e999",     "truE",  "'1'",        "\"yes\"",
                           "!!str 5",  "!custom 5", "0xfg",  "1 2",        "|\n  5",
                           "<none>"}) {
    INFO(text);
    CHECK(is_string(text));
  }
  for (const char* text : {"1",
                           "-1",
                           "+1",
                           "0x1F",
                           "0o17",
                           "0777",
                           "08",
                           "0b101",
                           "1_000",
                           "1.5",
                           ".5",
                           "5.",
                           "1e3",
                           "-1.5E-3",
                           ".inf",
                           "-.INF",
                           ".nan",
                           "1e-999",
                           "99999999999999999999",
                           "~",
                           "",
                           "null",
                           "true",
                           "NO",
                           "on",
                           "y",
                           "N",
                           "!!int 5"}) {
    INFO(text);
    CHECK_FALSE(is_string(text));
  }
  const auto integer = [](const std::string& text) { return Parsed("a: " + text).root()["a"].integer(); };
  CHECK(integer("8080") == 8080);
  CHECK(integer("-0x10") == -16);
  CHECK(integer("0o17") == 15);
  CHECK(integer("0777") == 511);
  CHECK(integer("1_000") == 1000);
  CHECK(integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  for (const char* text : {"'80'", "80.0", "99999999999999999999", "!!str 80", "abc", "", "08", "true"}) CHECK_FALSE(integer(text));
  const auto boolean = [](const std::string& text) { return Parsed("a: " + text).root()["a"].boolean(); };
  CHECK(boolean("true") == true);
  CHECK(boolean("Off") == false);
  CHECK(boolean("y") == true);
  for (const char* text : {"'true'", "tRue", "1", "", "!!str true"}) CHECK_FALSE(boolean(text));
}

TEST_CASE("Anchors and tags are kept and not part of a value's place") {
  const Parsed parsed("a: &x !!str 5\nb: !local # c\n  &y\n  k: v\nc: *y\nd: &e\nf: &g\n- 1\n&h i: j\n");
  const Node root = parsed.root();
  CHECK(parsed.at(root["a"]) == "5");
  CHECK(root["a"].anchor() == "x");
  CHECK(root["a"].tag() == "tag:yaml.org,2002:str");
  CHECK(parsed.at(root["b"]) == "k: v");
  CHECK(root["b"].tag() == "!local");
  CHECK(root["b"].anchor() == "y");
  CHECK(parsed.at(root["f"]) == "- 1");
  CHECK(root["d"].is_null());
  CHECK(parsed.at(root["i"].key_span()) == "i");
  CHECK(parsed.tree().properties.size() == 5);
  CHECK(comments_of(parsed) == std::vector<std::string>{"# c"});
}

TEST_CASE("Through an alias the alias is shown and children point at the anchor") {
  const Parsed parsed("a: &x\n  b: 1\nc: *x\n");
  const Node alias = parsed.root()["c"];
  CHECK(alias.via_alias());
  CHECK(alias.is_mapping());
  CHECK(parsed.at(alias) == "*x");
  CHECK(parsed.at(alias.key_span()) == "c");
  CHECK(alias["b"].via_alias());
  CHECK(parsed.at(alias["b"]) == "1");
  CHECK(parsed.at(alias["nope"]) == "c");
  CHECK_FALSE(parsed.root()["a"]["b"].via_alias());
  CHECK(alias.path() == "c");
}

TEST_CASE("Aliases name the latest anchor above, and neither nothing nor themselves") {
  CHECK(Parsed("- &a 1\n- &a 2\n- *a\n").root()[2].str() == "2");
  const Parsed undefined("a: *nope\nb: &nope 1\n");
  CHECK(undefined.problem() == "no anchor `nope` above this alias");
  CHECK(undefined.problem_place() == "*nope");
  CHECK(undefined.root()["b"].str() == "1");
  CHECK_FALSE(undefined.root()["a"]);
  const Parsed itself("a: &x\n  b: [*x]\n");
  CHECK(itself.problem() == "anchor `x` contains itself");
  CHECK(itself.problem_place() == "*x");
  CHECK(Parsed("&a a: &b [&a x, *a]\nc: *a\nd: *b\n").root()["c"].str() == "x");
}

TEST_CASE("Merge keys are followed, and explicit keys win") {
  const Parsed parsed(
      "base: &base {a: 1, b: 2}\nmore: &more {<<: *base, b: 3, d: 4}\nuse:\n  <<: [*more, {a: 9, e: 5}]\n  c: 6\n"
      "own:\n  b: 7\n  <<: *base\n");
  const Node use = parsed.root()["use"];
  CHECK(use["c"].str() == "6");
  CHECK(use["b"].str() == "3");
  CHECK(use["a"].str() == "1");
  CHECK(use["e"].str() == "5");
  CHECK(use["a"].via_alias());
  CHECK_FALSE(use["c"].via_alias());
  CHECK_FALSE(use["<<"]);
  CHECK(parsed.root()["own"]["b"].str() == "7");
  std::string keys;
  for (const Entry entry : use.entries()) keys += entry.key.str();
  CHECK(keys == "cbdae");
  CHECK(use.size() == 2);
  CHECK(Parsed("'<<': {a: 1}\n").root()["<<"]["a"].str() == "1");
}

TEST_CASE("Duplicate keys are found and the last one wins") {
  const Parsed parsed("a: 1\nb: {c: 1, 'c': 2, c: 3}\na: 2\n<<: {}\n<<: {}\n'<<': x\n");
  CHECK(parsed.root()["a"].str() == "2");
  CHECK(parsed.root()["b"]["c"].str() == "3");
  std::vector<std::string> found;
  for (const DuplicateKey& duplicate : parsed.tree().duplicates) {
    const Item& key = parsed.tree().items[duplicate.key];
    found.push_back(parsed.text->substr(key.begin, key.end - key.begin));
    CHECK(duplicate.first < duplicate.key);
  }
  CHECK(found == std::vector<std::string>{"'c'", "c", "a", "<<"});
  std::string many;
  for (int i = 0; i < 50; ++i) many += "key" + std::to_string(i % 40) + ": 1\n";
  CHECK(Parsed(many).tree().duplicates.size() == 10);
}

TEST_CASE("A key is found whatever its length, and only where it is") {
  // Far more keys than a mapping's mask has bits, so that many share one; long ones share their ends.
  std::vector<std::string> names;
  for (std::size_t length = 1; length < 24; ++length) {
    for (const char c : "aAz"s) names.push_back(std::string(length / 2, 'x') + c + std::string(length - length / 2, 'x'));
  }
  for (std::size_t first = 0; first < names.size(); first += 5) {
    std::string text;
    for (std::size_t i = first; i < names.size() && i < first + 9; ++i) text += names[i] + ": " + std::to_string(i) + "\n";
    const Parsed parsed(text);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool there = i >= first && i < first + 9;
      CHECK(parsed.root().has(names[i]) == there);
      CHECK(parsed.root()[names[i]].str() == (there ? std::to_string(i) : ""));
    }
  }
  const Parsed literal("spec: {a: 1, host: 2, gateways: 3, connectionPool: 4}\n");
  CHECK(literal.root()["spec"]["a"].str() == "1");
  CHECK(literal.root()["spec"]["host"].str() == "2");
  CHECK(literal.root()["spec"]["gateways"].str() == "3");
  CHECK(literal.root()["spec"]["connectionPool"].str() == "4");
  CHECK_FALSE(literal.root()["spec"]["connectionPoll"]);
  CHECK_FALSE(literal.root()["spec"][""]);
}

TEST_CASE("A hash worked out by the compiler is the one worked out by the program") {
  constexpr std::string_view samples[] = {
      "", "a", "ab", "abc", "host", "hosts", "gateway", "gateways", "virtualServices", "alb.ingress.kubernetes.io/scheme"};
  constexpr auto compiled = [&] {
    std::array<std::uint64_t, std::size(samples)> hashes{};
    for (std::size_t i = 0; i < hashes.size(); ++i) hashes[i] = key_hash(samples[i]);
    return hashes;
  }();
  for (std::size_t i = 0; i < compiled.size(); ++i) CHECK(key_hash(std::string(samples[i])) == compiled[i]);
}

TEST_CASE("Comments are found outside scalars only") {
  CHECK(comments_of(Parsed("# top\na: b#c # one\nd: '#no' # two\ne: | # three\n  # no\n  x # no\n# four\nf: [1, # five\n  2]#six\n")) ==
        std::vector<std::string>{"# top", "# one", "# two", "# three", "# four", "# five", "#six"});
  CHECK(comments_of(Parsed("a: !x b\nc: \"#\n  # no\" #  yes\r\n")) == std::vector<std::string>{"#  yes"});
  CHECK(comments_of(Parsed("# a\n\n  # b")) == std::vector<std::string>{"# a", "# b"});
  CHECK(comments_of(Parsed("a: 1 # x\nb: [\n# y\n")) == std::vector<std::string>{"# x", "# y"});
  CHECK(comments_of(Parsed("a: b c\n  d#e\n")).empty());
}

TEST_CASE("What is wrong is said with its place") {
  const auto says = [](const std::string& text, const std::string& message, const std::string& place) {
    INFO(text);
    const Parsed parsed(text);
    REQUIRE(parsed.tree().problems.size() == 1);
    CHECK(parsed.problem() == message);
    CHECK(parsed.problem_place() == place);
  };
  says("a: 1\nb\nc: 2\n", "a key without a colon", "b");
  says("a: \"x\nb: 1\n", "a quote that is never closed", "\"x");
  says("a: b: c\n", "a mapping cannot start here; quote the text if the colon belongs to it", ":");
  says("a:\n\tb: 1\n", "a tab in the indentation; YAML wants spaces", "\t");
  says("a: @x\n", "a plain value cannot start with `@`; quote it", "@");
  says("a: [1, 2\nb: 3\n", "expected `,` or `]`", ":");
  says("a: 1\n  b: 2\n", "a mapping cannot start here; quote the text if the colon belongs to it", ":");
  says("\xc3\xa4: 1\n- b\n", "expected a key of the mapping; check the indentation", "-");
  says("a: 1\n---\nb: 2\n", "a second document starts here", "-");
  says(",", "expected a value", ",");
  says("a: x\xffy", "invalid UTF-8", "\xff");
  says("a: \xc0\xaf", "invalid UTF-8", "\xc0");
  says("a: \"x\0y\""s, "character U+0000 is not allowed in YAML", "\0"s);
  says("\xc3\xa4: \x01", "character U+0001 is not allowed in YAML", "\x01");
  says("a: [", "expected a value", "");
}

TEST_CASE("A context says what was being read") {
  const Parsed parsed("a: [1, 2\nb: 3\n");
  const Problem& problem = parsed.first_problem();
  CHECK(problem.context == "while reading a flow sequence");
  CHECK(parsed.text->substr(problem.context_begin, problem.context_end - problem.context_begin) == "[");
}

TEST_CASE("A byte order mark at the begin of a document moves offsets only") {
  const Parsed parsed(
      "\xef\xbb\xbf"
      "a: 1\nb: \xc3\xa4\n");
  CHECK(parsed.at(parsed.root()["a"]) == "1");
  CHECK(parsed.at(parsed.root()["b"]) == "\xc3\xa4");
  CHECK(Parsed("\xef\xbb\xbf\x01").first_problem().begin == 3);
}

TEST_CASE("Limits are problems, found quickly") {
  within_seconds(5, [] { CHECK(Parsed(repeat("[", 100'000)).first_problem().kind == ProblemKind::depth); });
  within_seconds(5, [] { CHECK(Parsed(repeat("{a: ", 100'000)).first_problem().kind == ProblemKind::depth); });
  within_seconds(5, [] { CHECK(Parsed(repeat("- ", 100'000)).first_problem().kind == ProblemKind::depth); });
  within_seconds(5, [] { CHECK(Parsed(repeat("[\n", 100'000)).first_problem().kind == ProblemKind::depth); });
  within_seconds(5, [] { CHECK(Parsed(repeat("? ", 100'000)).first_problem().kind == ProblemKind::depth); });
  CHECK(Parsed(repeat("[", 1000) + repeat("]", 1000)).problem().empty());
  CHECK(Parsed(repeat("[", 1001) + repeat("]", 1001)).problem() == "nested more than 1000 levels deep");
  // Brackets in text are no nesting.
  CHECK(Parsed("a: '" + repeat("[", 5000) + "'\nb: |\n  " + repeat("{", 5000) + "\n# " + repeat("[", 5000) + "\n").problem().empty());
  Limits small;
  small.document_size = 10;
  CHECK(Parsed("a: 12345678", small).first_problem().kind == ProblemKind::size);
}

TEST_CASE("Deep and wide text within the depth limit is refused in time") {
  within_seconds(20, [] { CHECK_FALSE(Parsed(repeat("[", 900) + repeat("1,", 3'000'000)).problem().empty()); });
  within_seconds(20, [] { CHECK_FALSE(Parsed("[" + repeat(repeat("[", 30) + repeat("]:1", 30) + ",\n", 20'000)).problem().empty()); });
  within_seconds(20, [] { CHECK_FALSE(Parsed("[" + repeat(repeat("[", 300) + repeat("]:1", 300) + ",\n", 2'000)).problem().empty()); });
  within_seconds(20, [] { CHECK(Parsed(repeat("%TAG !a! b\n", 200'000)).problem() == "more than 1000 directives"); });
}

TEST_CASE("A billion laughs are quick") {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + repeat("," + before, 8) + "]\n";
  }
  within_seconds(2, [&] {
    const Parsed parsed(text);
    CHECK(parsed.first_problem().kind == ProblemKind::expansion);
    CHECK(parsed.problem_place().size() == 1);
  });
}

TEST_CASE("A merge bomb is quick to ask") {
  std::string text = "a0: &a0 {k0: v}\n";
  for (int i = 1; i < 6; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + before + repeat("," + before, 8) + "]}\n";
  }
  within_seconds(2, [&] {
    const Parsed parsed(text);
    CHECK(parsed.root()["a5"]["k0"].str() == "v");
    CHECK_FALSE(parsed.root()["a5"]["nope"]);
    std::size_t count = 0;
    for ([[maybe_unused]] const Entry entry : parsed.root()["a5"].entries()) ++count;
    CHECK(count == 1);
  });
}

TEST_CASE("Large inputs take linear time") {
  within_seconds(20, [] { CHECK(Parsed("a: " + repeat("x", 60'000'000)).root()["a"].str().size() == 60'000'000); });
  within_seconds(10, [] { CHECK(Parsed("a: |\n" + repeat("\n", 4'000'000)).problem().empty()); });
  within_seconds(10, [] {
    const std::string text = repeat("---\na: 1\nb: [x, y]\n", 10'000);
    const auto chunks = split(text);
    CHECK(chunks.size() == 10'000);
    for (const Chunk& chunk : chunks)
      CHECK(parse(std::string_view(text).substr(chunk.begin, chunk.end - chunk.begin), nullptr)->items.size() == 7);
  });
  within_seconds(10, [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "k" + std::to_string(i) + ": &a" + std::to_string(i) + " \xc3\xa4\n";
    const Parsed parsed(text);
    CHECK(parsed.root().size() == 100'000);
    CHECK(parsed.tree().duplicates.empty());
  });
}

TEST_CASE("A parser used again forgets the document before, also a broken one") {
  DocumentParser parser;
  for (int round = 0; round < 2; ++round) {
    for (const char* broken : {"a: [", "%TAG !x! y\n---\na: !x!b [", "a: \"", "a: 1\n---\nb: 2\n", "&x a: *y", "\x01"}) {
      for (const std::string& sample : samples()) {
        INFO(broken << " before " << sample);
        CHECK_FALSE(parser.parse(broken, nullptr)->problems.empty());
        const auto again = parser.parse(sample, nullptr), alone = parse(sample, nullptr);
        CHECK(again->problems.empty());
        CHECK(again->scratch == alone->scratch);
        REQUIRE(again->items.size() == alone->items.size());
        for (std::size_t i = 0; i < again->items.size(); ++i) {
          CHECK(again->items[i].begin == alone->items[i].begin);
          CHECK(again->items[i].end == alone->items[i].end);
        }
      }
    }
  }
}

TEST_CASE("Keys that are no words are quoted in a path") {
  const Parsed parsed("metadata:\n  annotations:\n    a.b/c: x\n    'q\"': y\nlist:\n- host: h\n- number: 5\n- z\n");
  CHECK(parsed.root()["metadata"]["annotations"]["a.b/c"].path() == "metadata.annotations[\"a.b/c\"]");
  CHECK(parsed.root()["metadata"]["annotations"]["q\""].path() == "metadata.annotations[\"q\\\"\"]");
  CHECK(parsed.root()["list"][0]["host"].stable_path() == "list[host=\"h\"].host");
  CHECK(parsed.root()["list"][1].stable_path() == "list[number=\"5\"]");
  CHECK(parsed.root()["list"][2].stable_path() == "list[2]");
  CHECK(parsed.root().path().empty());
}

TEST_CASE("A document inside a scalar points into the scalar") {
  const Parsed parsed(
      "plain: {x: 1}\nsingle: '[{\"HTTPS\":443}, ''q'']'\ndouble: \"{\\\"a\\\": [\\\"b\\\", 1]}\"\nliteral: |\n  k: v\n\n  deep:\n    - "
      "item\n"
      "folded: >-\n  {\"a\": 1,\n  \"b\":\n  [2]}\nmulti: \"{a: b,\n\n  c: d}\"\nindented: |2\n    a: 1\n    b: 2\n");
  const Node root = parsed.root();
  const auto text = [&](const std::shared_ptr<const Document>& document, const Node& node) {
    CHECK(node.document() == document.get());
    return parsed.at(node);
  };
  const auto single = root["single"].inner();
  CHECK(text(single, single->root()[0]["HTTPS"]) == "443");
  CHECK(text(single, single->root()[1]) == "''q''");
  const auto twice = root["double"].inner();
  CHECK(text(twice, twice->root()["a"][1]) == "1");
  CHECK(text(twice, twice->root()["a"][0]) == "\\\"b\\\"");
  CHECK(text(twice, twice->root()["a"]) == "[\\\"b\\\", 1]");
  CHECK(twice->editable(7, 8) == false);
  const auto literal = root["literal"].inner();
  CHECK(text(literal, literal->root()["k"]) == "v");
  CHECK(text(literal, literal->root()["deep"][0]) == "item");
  CHECK(text(literal, literal->root()["nope"]) == "k: v");
  const auto folded = root["folded"].inner();
  CHECK(text(folded, folded->root()["a"]) == "1");
  CHECK(text(folded, folded->root()["b"][0]) == "2");
  const auto multi = root["multi"].inner();
  CHECK(text(multi, multi->root()["a"]) == "b");
  CHECK(text(multi, multi->root()["c"]) == "d");
  const auto indented = root["indented"].inner();
  CHECK(text(indented, indented->root()["b"]) == "2");
  for (const Entry entry : root.entries()) {
    if (entry.value.is_scalar()) check_inner(parsed, entry.value);
  }
  CHECK_FALSE(root["nope"].inner()->root());
  CHECK_FALSE(root["plain"].inner()->root());
}

TEST_CASE("A document inside a document inside a scalar points into the file") {
  const Parsed parsed("pad: 1\nconfig: |\n  data:\n    json: '{\"a\": \"b\"}'\n    text: |\n      x: y\n      z: \"\\\"q\\\"\"\n");
  const auto outer = parsed.root()["config"].inner();
  const auto json = outer->root()["data"]["json"].inner();
  CHECK(parsed.at(json->root()["a"]) == "\"b\"");
  CHECK(parsed.at(json->root()["a"].text_span()) == "b");
  const auto text = outer->root()["data"]["text"].inner();
  CHECK(parsed.at(text->root()["x"]) == "y");
  CHECK(parsed.at(text->root()["z"]) == "\"\\\"q\\\"\"");
}

TEST_CASE("JSON indented with tabs is read though YAML forbids it") {
  const Parsed parsed("a: \"\\t{\\n\\t\\\"k\\\": \\\"a\\tb\\\"}\"\n");
  const auto inner = parsed.root()["a"].inner();
  REQUIRE(inner->root());
  CHECK(inner->root()["k"].str() == "a\tb");
}

TEST_CASE("A document that moved answers with its new place") {
  const std::string text = "a: |\n  b: 1\n";
  Document document(parse(text, nullptr), file, 100);
  CHECK(document.root()["a"].inner()->root()["b"].span() == Span{file, 110, 111});
  document.place(FileId{7}, 10);
  CHECK(document.root()["a"].inner()->root()["b"].span() == Span{FileId{7}, 20, 21});
  CHECK(document.root()["a"].key_span() == Span{FileId{7}, 10, 11});
}

TEST_CASE("A built document has the places it was given") {
  const Parsed parsed("x: &a {k: [1, ~, 'q']}\ny: *a\n");
  const Span place{file, 3, 9};
  Builder builder;
  builder.begin_mapping(place);
  builder.key("name", place);
  builder.scalar("web", place);
  builder.key("copied", place);
  builder.copy(parsed.root()["y"]);
  builder.key("list", place);
  builder.begin_sequence(place);
  builder.end();
  builder.end();
  const auto document = builder.finish();
  const Node root = document->root();
  CHECK(root["name"].str() == "web");
  CHECK(root["name"].span() == place);
  CHECK(root["copied"]["k"].size() == 3);
  CHECK(root["copied"]["k"][1].is_null());
  CHECK(root["copied"]["k"][2].str() == "q");
  CHECK(root["copied"].span() == parsed.root()["y"].span());
  CHECK(root["copied"]["nope"].span() == place);
  CHECK(root["list"].is_sequence());
  CHECK(document->synthetic());
  CHECK_FALSE(document->editable(0, 1));
  CHECK(root["name"].inner()->root().span() == place);
  CHECK(root["copied"]["k"][2].text_span() == parsed.root()["x"]["k"][2].span());
  CHECK_FALSE(Builder().finish()->root());
}

TEST_CASE("Words in capitals are for a script to replace, where names are meant") {
  for (const char* word : {"SVC_NAME", "HOSTNAME", "SUBNET_1"}) CHECK(is_shouted(word));
  for (const char* word : {"", "GET", "P256K1", "Svc_Name", "_NAME", "svc_name"}) CHECK_FALSE(is_shouted(word));
  for (const char* text : {"SVC_NAME.shop.svc.cluster.local", "*.BASE_DOMAIN", "arn:aws:acm:AWS_REGION:1:x"}) CHECK(has_shouted_part(text));
  for (const char* text : {"", "shop.example.com", "WWW.example.com", "a_b.c"}) CHECK_FALSE(has_shouted_part(text));
}

TEST_CASE("Placeholders say nothing about the value they stand for") {
  for (const char* value : {"{{ .Values.x }}", "a-{{x}}-b", "${VAR}", "x.${VAR}.y", "$(VAR)", "<your-domain>", "<YOUR NAME>", "%(host)s",
                            "@@HOST@@", "a@@B@@c", "__HOST__", "$HOST", "$STAGE-shop", "a.$BASE_DOMAIN", "api.<your domain>", "<a>-<b>"}) {
    INFO(value);
    CHECK(is_placeholder(value));
  }
  for (const char* value :
       {"",        "x",    "$",         "$1",       "$5.00", "a$b",           "${",  "$()", "<>",          "<a href=\"x\">",
        "__",      "____", "__init",    "a@@b",     "100%",  "*.example.com", "{a}", "%d",  "my__name__x", "user@host",
        "a$uri/b", "a$Bc", "(?P<id>x)", "(?<id>x)", "a < b", "<h1 id=x>"}) {
    INFO(value);
    CHECK_FALSE(is_placeholder(value));
  }
}

TEST_CASE("A template is told by a line or value that starts with braces") {
  CHECK(holds_template_marks("a: 1\n  ${more}\nb: 2\n"));
  CHECK(holds_template_marks("%{ if x ~}\na: 1\n"));
  CHECK(holds_template_marks("a:\n  {% for b in c %}\n"));
  CHECK(holds_template_marks("a: [{{ x }}"));
  CHECK_FALSE(holds_template_marks("a: ${x}\n"));
  CHECK_FALSE(holds_template_marks("log: '%{x}i'\n"));
  CHECK(looks_like_template("a: 1\n{{ if x }}\n"));
  CHECK(looks_like_template("a:\n  {{- toYaml x }}\n"));
  CHECK(looks_like_template("a: {{ x }}\n"));
  CHECK(looks_like_template("- {{ x }}\n"));
  CHECK_FALSE(looks_like_template("a: \"{{ x }}\"\n"));
  CHECK_FALSE(looks_like_template("a: x {{ y }}\n"));
  CHECK_FALSE(looks_like_template("a: {b: c}\n"));
}
