// The harness itself: expectations are read as written, and each thing that can be wrong with a match is complained about.

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/pairing.h"
#include "support/toy.h"

namespace hop {
namespace {

namespace fs = std::filesystem;

Expectations read(std::string text) {
  Expectations expected;
  read_expectations(*File::from_bytes("case/bad.yaml", std::move(text)), expected);
  return expected;
}

/// Complaints of a file that reports each "wrong" with a note on each "other" and the alias IST0001.
Complaints complaints_of(std::string text) {
  const Linter linter = toy_linter([](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    judge_words(file, id, findings);
    for (Diagnostic& finding : findings) {
      finding.aliases = {"IST0001"};
      each_word(file, "other:", [&](std::size_t at) {
        finding.notes.push_back({{id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 5)}, "this is the other"});
      });
    }
  });
  return check_exact(toy_trial(std::move(text), linter));
}

TEST_CASE("expectations speak of their own line, or of one above") {
  const Expectations expected = read(
      "a: 1  #~ error some-rule[IST0101, KIA1102]: the text\n"
      "#~^ warning other-rule\n"
      "#~^^ info third-rule\n"
      "b: 2\t#~ note: a note\n");
  REQUIRE(expected.mistakes.empty());
  REQUIRE(expected.findings.size() == 3);
  for (const ExpectedFinding& finding : expected.findings) CHECK(finding.place == Place{"case/bad.yaml", 1});
  CHECK(expected.findings[0].severity == Severity::error);
  CHECK(expected.findings[0].rule == "some-rule");
  CHECK(expected.findings[0].aliases == std::vector<std::string>{"IST0101", "KIA1102"});
  CHECK(expected.findings[0].text == "the text");
  CHECK(expected.findings[1].rule == "other-rule");
  CHECK_FALSE(expected.findings[1].aliases);
  CHECK(expected.findings[2].severity == Severity::info);
  REQUIRE(expected.notes.size() == 1);
  CHECK(expected.notes[0].place == Place{"case/bad.yaml", 4});
}

TEST_CASE("a header stands at the top of a file") {
  const Expectations expected = read(
      "#~ complete\n# words\n---\n#~ complete=a, b\n#~ known: Secret istio-system/edge\n#~ version: istio 1.29\n#~ file-limit: 64\na: 1\n");
  CHECK(expected.mistakes.empty());
  CHECK(expected.header.complete);
  CHECK(expected.header.complete_namespaces == std::vector<std::string>{"a", "b"});
  CHECK(expected.header.known == std::vector<std::string>{"Secret istio-system/edge"});
  CHECK(expected.header.versions == std::vector<std::string>{"istio 1.29"});
  CHECK(expected.header.file_limit == 64);
  CHECK(read("a: 1\n#~ complete\n").mistakes.size() == 1);
}

TEST_CASE("what looks like an expectation and is none is a mistake") {
  for (const char* text : {"#~", "#~ fatal some-rule", "#~ error", "#~ error Some-Rule", "#~ error some-rule:",
                           "#~ error some-rule[IST0101", "#~ error some-rule text", "#~ note:", "#~^ error some-rule",
                           "#~ error a-b: text #~ error c-d", "#~ complete=", "#~ known:", "#~ file-limit: x"}) {
    INFO(text);
    CHECK(read(text).mistakes.size() == 1);
  }
  CHECK(read("a: b#~ error some-rule").findings.empty());
}

TEST_CASE("an expect.txt says the same") {
  const auto listed =
      read_expect_list("# words\n\na.json:12: error some-rule[IST0101]: text\na.json:3: note: text\na.json: complete\ncomplete=a\n");
  REQUIRE(listed.size() == 4);
  Expectations expected;
  for (const ListedExpectation& one : listed) add_listed(one, "case/" + one.path, expected);
  CHECK(expected.mistakes.empty());
  REQUIRE(expected.findings.size() == 1);
  CHECK(expected.findings[0].place == Place{"case/a.json", 12});
  REQUIRE(expected.notes.size() == 1);
  CHECK(expected.header.complete);
  CHECK(expected.header.complete_namespaces == std::vector<std::string>{"a"});
  for (const char* text : {"a.json:0: error some-rule", "a.json:x: error some-rule", "error some-rule", "a.json:1: complete"}) {
    INFO(text);
    Expectations wrong;
    for (const ListedExpectation& one : read_expect_list(text)) add_listed(one, one.path, wrong);
    CHECK(wrong.mistakes.size() == 1);
  }
}

TEST_CASE("expectations are taken from a text with the blanks they leave") {
  CHECK(without_expectations("#~ complete\na: 1  #~ error a-b\n  #~^ note: c\nb: \"#~\" \n") == "a: 1\nb: \"#~\" \n");
  CHECK(without_expectations("a: 1 #~ error a-b") == "a: 1");
  CHECK(without_expectations("").empty());
}

TEST_CASE("findings and expectations match one to one") {
  CHECK(complaints_of("a: wrong  #~ error toy-rule[IST0001]: is bad\nother: 1  #~ note: the other\n").empty());
  CHECK(complaints_of("a: wrong  #~ error toy-rule\n").empty());
}

TEST_CASE("each way not to match is complained about") {
  const std::pair<const char*, const char*> wrong[] = {
      {"missing", "a: right  #~ error toy-rule\n"},
      {"unexpected", "a: wrong\n"},
      {"one too many", "a: [wrong, wrong]  #~ error toy-rule\n"},
      {"wrong line", "a: wrong\nb: 1  #~ error toy-rule\n"},
      {"wrong rule", "a: wrong  #~ error toy-other\n"},
      {"wrong severity", "a: wrong  #~ warning toy-rule\n"},
      {"wrong text", "a: wrong  #~ error toy-rule: is good\n"},
      {"wrong alias", "a: wrong  #~ error toy-rule[KIA0002]\n"},
      {"missing alias", "a: wrong  #~ error toy-rule[IST0001, KIA0002]\n"},
      {"unexpected note", "a: wrong  #~ error toy-rule\nother: 1\n"},
      {"missing note", "a: wrong  #~ error toy-rule\nb: 1  #~ note: the other\n"},
      {"wrong note", "a: wrong  #~ error toy-rule\nother: 1  #~ note: not this\n"},
      {"malformed", "a: 1  #~ nonsense\n"},
  };
  for (const auto& [what, text] : wrong) {
    INFO(what);
    CHECK_FALSE(complaints_of(text).empty());
  }
}

TEST_CASE("pairing finds a partner for each where a greedy choice would not") {
  const bool fits[2][2] = {{true, true}, {true, false}};
  const Pairing pairs = pair_up(2, 2, [&](std::size_t left, std::size_t right) { return fits[left][right]; });
  CHECK(pairs.pairs == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 0}});
  const Pairing rest = pair_up(2, 1, [](std::size_t, std::size_t) { return true; });
  CHECK(rest.left_over.size() == 1);
}

TEST_CASE("a bad case without findings of its rule and a good one with any are complained about") {
  const Linter linter = toy_linter(judge_words);
  CHECK(check_case(toy_rule, toy_trial("a: wrong #~ error toy-rule\n", linter)).empty());
  CHECK_FALSE(check_case(toy_rule, toy_trial("a: right\n", linter)).empty());
  CHECK(check_case(toy_rule, toy_trial("a: right\n", linter, CaseType::good)).empty());
  CHECK_FALSE(check_case(toy_rule, toy_trial("a: wrong #~ error toy-rule\n", linter, CaseType::good)).empty());
  CHECK_FALSE(check_case(toy_rule, toy_trial("a: wrong #~ error toy-rule\n", linter, CaseType::fixed)).empty());
}

TEST_CASE("a good case may hold the infos of other rules, and no more") {
  RuleInfo other = toy_rule;
  other.id = "toy-other";
  for (const Severity severity : {Severity::info, Severity::warning}) {
    const Linter linter = toy_linter([&](const File& file, FileId id, std::vector<Diagnostic>& findings) {
      judge_words(file, id, findings);
      for (Diagnostic& finding : findings) finding.rule = &other, finding.severity = severity;
    });
    CHECK(check_case(toy_rule, toy_trial("a: wrong\n", linter, CaseType::good)).empty() == (severity == Severity::info));
  }
}

TEST_CASE("an alias that no fixture expects is complained about") {
  const Linter linter = toy_linter(judge_words);
  std::vector<Trial> trials;
  trials.push_back(toy_trial("a: wrong #~ error toy-rule[IST0001]\n", linter));
  CHECK(check_aliases(toy_rule, trials).size() == 1);
  trials.push_back(toy_trial("a: wrong #~ error toy-rule[KIA0002]\n", linter));
  CHECK(check_aliases(toy_rule, trials).empty());
}

void check_toy(const Graph&, Report&) {}

TEST_CASE("ids, shapes, order and missing cases are complained about") {
  Rule rule{toy_rule, KindSet(Kind::service), check_toy, nullptr};
  const RuleEntry entry{"toy-rule", &rule};
  FixtureFolder folder;
  folder.cases.push_back({"toy/bad.yaml", "", CaseType::bad, false, {}, {}});
  CHECK(check_identity(entry, folder).size() == 1);
  folder.cases.push_back({"toy/good.yaml", "", CaseType::good, false, {}, {}});
  CHECK(check_identity(entry, folder).empty());
  CHECK(check_identity({"toy-other", &rule}, folder).size() == 1);
  rule.reads = KindSet();
  CHECK(check_identity(entry, folder).size() == 1);
  rule.check = nullptr;
  CHECK(check_identity(entry, folder).size() == 2);
  const RuleEntry twice[] = {entry, entry};
  CHECK(check_order({twice, 1}).empty());
  CHECK(check_order(twice).size() == 1);
}

/// A folder that goes away with the test.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("hoplint-support-" + std::to_string(std::hash<const void*>()(this)))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

 private:
  fs::path path_;
};

TEST_CASE("fixtures are files and folders of these names, and strays are complained about") {
  const Scratch scratch;
  scratch.write("bad.yaml", "a: 1 #~ error toy-rule\n");
  scratch.write("bad_two.json", "{}\n");
  scratch.write("expect.txt", "bad_two.json:1: error toy-rule\nbad_no.json:1: error toy-rule\n");
  scratch.write("good_many/b/c.yaml", "a: 1\n");
  scratch.write("good_many/README.md", "words\n");
  scratch.write("good_many/expect.txt", "b/c.yaml:1: info toy-rule\n");
  scratch.write("fixed_unsafe_two.yaml", "a: 1\n");
  scratch.write("god.yaml", "a: 1\n");
  const FixtureFolder folder = load_fixtures(scratch.path(), "here");
  CHECK(folder.mistakes.size() == 2);
  REQUIRE(folder.cases.size() == 4);
  CHECK(folder.cases[0].place == "here/bad.yaml");
  CHECK(folder.cases[0].expected.findings.size() == 1);
  CHECK(folder.cases[1].suffix == "_two");
  CHECK(folder.cases[1].expected.findings.size() == 1);
  CHECK(folder.cases[2].type == CaseType::fixed_unsafe);
  CHECK(folder.cases[3].files.size() == 1);
  REQUIRE(folder.cases[3].expected.findings.size() == 1);
  CHECK(folder.cases[3].expected.findings[0].place == Place{"case/b/c.yaml", 1});
}

TEST_CASE("a fixture folder of no rule is complained about") {
  const Scratch scratch;
  scratch.write("toy/rule/bad.yaml", "");
  scratch.write("estates/a/b.yaml", "");
  CHECK(check_orphans(scratch.path(), {"toy/rule"}).empty());
  scratch.write("toy/other/bad.yaml", "");
  scratch.write("toy/stray.yaml", "");
  scratch.write("stray.yaml", "");
  CHECK(check_orphans(scratch.path(), {"toy/rule"}).size() == 3);
}

TEST_CASE("a header that cannot be followed is complained about") {
  Case fixture;
  fixture.expected.header.known = {"no kind at all/"};
  fixture.expected.header.versions = {"istio 1.29", "istio latest", "envoy 1.29"};
  Complaints mistakes;
  settings_of(fixture, nullptr, mistakes);
  CHECK(mistakes.size() == 3);
}

TEST_CASE("a fixture's header and configuration reach the run") {
  Case fixture;
  fixture.files["case/.hoplint.yaml"] = "complete: true\n";
  fixture.expected.header.complete_namespaces = {"shop"};
  fixture.expected.header.known = {"Secret shop/edge"};
  Complaints mistakes;
  const Settings settings = settings_of(fixture, nullptr, mistakes);
  CHECK(mistakes.empty());
  CHECK(settings.world.complete);
  CHECK(settings.world.complete_namespaces == std::vector<std::string>{"shop"});
  CHECK(settings.world.known.size() == 1);
  CHECK_FALSE(settings.isolated);
}

TEST_CASE("a file over the case's limit cannot be read") {
  const std::string text = "#~ file-limit: 64\n#~^ error file-unreadable: larger than 64\napiVersion: v1\nkind: Service\n";
  CHECK(check_exact(toy_trial(text, lint_texts)).empty());
}

TEST_CASE("complaints come in order, and an exception is one") {
  const Complaints complaints = gather(100, [](std::size_t number) -> Complaints {
    if (number == 7) throw std::runtime_error("seven");
    return number % 50 == 0 ? Complaints{std::to_string(number)} : Complaints{};
  });
  CHECK(complaints == Complaints{"0", "number 7 threw: seven", "50"});
}

}  // namespace
}  // namespace hop
