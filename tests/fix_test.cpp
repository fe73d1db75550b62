// Fixes in memory: which are chosen, what keeps one from being made, and that nothing but the edit changes.

#include <array>
#include <string>
#include <vector>

#include "engine/fix.h"
#include "support/catch.h"
#include "support/toy.h"
#include "text/format.h"
#include "text/overlay_files.h"
#include "yaml/parse.h"

namespace hop {
namespace {

constexpr RuleInfo other_rule{.id = "toy-other", .summary = "evil", .docs = "", .effect = "", .source = "tests"};

/// Lints every file that is there as this judge does. Documents are parsed, so that what no longer parses is seen.
LintAgain toy(ToyJudge judge, std::vector<std::string> paths = {"a.yaml"}) {
  return [judge = std::move(judge), paths = std::move(paths)](const FileSystem& files) {
    LintRun run;
    run.input = std::make_unique<Input>();
    for (const std::string& path : paths) {
      const auto file = File::from_bytes(path, *files.read(path, 1U << 20U));
      ReadFile read;
      read.file = run.input->sources.add(file);
      read.path = path;
      read.known = path.starts_with("known");
      for (const yaml::Chunk& chunk : yaml::split(file->text())) {
        auto tree = yaml::parse(file->text().substr(chunk.begin, chunk.end - chunk.begin), file);
        read.documents.push_back(
            {std::make_shared<yaml::Document>(std::move(tree), read.file, chunk.begin), chunk, DocumentClass::resource, false, nullptr});
      }
      run.input->files.push_back(std::move(read));
      judge(*file, run.input->files.back().file, run.findings);
    }
    return run;
  };
}

Fix replacement(const Diagnostic& finding, std::string text, Safety safety = Safety::safe) {
  return {format("write {}", text), {{finding.where, std::move(text)}}, safety};
}

/// Reports every `word`, which is to become `better`.
ToyJudge replacing(std::string word, std::string better, Safety safety = Safety::safe) {
  return [word = std::move(word), better = std::move(better), safety](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    each_word(file, word, [&](std::size_t at) {
      Diagnostic finding = toy_finding(id, at, at + word.size(), word + " is bad");
      finding.fixes.push_back(replacement(finding, better, safety));
      findings.push_back(std::move(finding));
    });
  };
}

ToyJudge both(ToyJudge first, ToyJudge second) {
  return [first = std::move(first), second = std::move(second)](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    first(file, id, findings);
    second(file, id, findings);
  };
}

FixRun fix_text(const std::string& text, const ToyJudge& judge, Safety most = Safety::safe) {
  return make_fixes(MemoryFiles({{"a.yaml", text}}), toy(judge), {most, {}});
}

std::string result_of(const FixRun& run) { return run.files.empty() ? std::string("(unchanged)") : run.files[0].after; }

std::vector<std::string> reasons(const FixRun& run) {
  std::vector<std::string> list;
  for (const LeftFix& left : run.left) list.push_back(left.reason);
  return list;
}

using Strings = std::vector<std::string>;

TEST_CASE("every finding that has a fix is fixed") {
  const FixRun run = fix_text("a: wrong\nb: wrong # stays\n", replacing("wrong", "right"));
  CHECK(result_of(run) == "a: right\nb: right # stays\n");
  CHECK(count_open(run.before) == 2);
  CHECK(count_open(run.now()) == 0);
  CHECK(run.left.empty());
}

TEST_CASE("what is fixed once stays as it is") {
  const FixRun run = fix_text("a: right\n", replacing("wrong", "right"));
  CHECK(run.files.empty());
  CHECK_FALSE(run.after);
}

TEST_CASE("unsafe fixes are made only where they are asked for") {
  const ToyJudge judge = replacing("wrong", "right", Safety::unsafe);
  CHECK(fix_text("a: wrong\n", judge).files.empty());
  CHECK(result_of(fix_text("a: wrong\n", judge, Safety::unsafe)) == "a: right\n");
}

TEST_CASE("of several fixes the first allowed one is made") {
  const auto judge = [](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    each_word(file, "wrong", [&](std::size_t at) {
      Diagnostic finding = toy_finding(id, at, at + 5);
      finding.fixes = {replacement(finding, "unsafe", Safety::unsafe), replacement(finding, "first"), replacement(finding, "second")};
      findings.push_back(finding);
    });
  };
  CHECK(result_of(fix_text("a: wrong\n", judge)) == "a: first\n");
  CHECK(result_of(fix_text("a: wrong\n", judge, Safety::unsafe)) == "a: unsafe\n");
}

TEST_CASE("fixes that meet take turns") {
  const FixRun run = fix_text("a: xyz\n", both(replacing("xy", "wy"), replacing("yz", "yv")));
  CHECK(result_of(run) == "a: wyv\n");
  CHECK(run.left.empty());
}

TEST_CASE("two findings may ask for the same edit") {
  const FixRun run = fix_text("a: wrong\n", both(replacing("wrong", "right"), replacing("wrong", "right")));
  CHECK(result_of(run) == "a: right\n");
}

TEST_CASE("suppressed findings are left alone") {
  const auto judge = [](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    replacing("wrong", "right")(file, id, findings);
    for (Diagnostic& finding : findings) finding.suppressed = true;
  };
  CHECK(fix_text("a: wrong\n", judge).files.empty());
}

TEST_CASE("a fix that brings something new is not made, the others are") {
  const auto judge = [](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    both(replacing("wrong", "right"), replacing("worse", "evil"))(file, id, findings);
    each_word(file, "evil", [&](std::size_t at) {
      Diagnostic finding = toy_finding(id, at, at + 4, "this is evil");
      finding.rule = &other_rule;
      findings.push_back(std::move(finding));
    });
  };
  const FixRun run = fix_text("a: [wrong, wrong, worse, wrong, wrong]\n", judge);
  CHECK(result_of(run) == "a: [right, right, worse, right, right]\n");
  CHECK(reasons(run) == Strings{"it would bring about toy-other: this is evil"});
  REQUIRE(run.left.size() == 1);
  CHECK(run.now().findings[run.left[0].finding].message == "worse is bad");
}

TEST_CASE("a fix that leaves its finding is not made") {
  const FixRun run = fix_text("a: wrong\n", replacing("wrong", "wrong, still"));
  CHECK(run.files.empty());
  CHECK(reasons(run) == Strings{"the finding would stay"});
}

TEST_CASE("a fix after which a file no longer parses is not made") {
  const FixRun run = fix_text("a: wrong\nb: worse\n", both(replacing("wrong", "[unclosed"), replacing("worse", "better")));
  CHECK(result_of(run) == "a: wrong\nb: better\n");
  CHECK(reasons(run) == Strings{"what parses now would not"});
}

TEST_CASE("a refused fix does not stand in the way of the one it meets") {
  const FixRun run = fix_text("a: xyz\n", both(replacing("xy", "xyxy"), replacing("yz", "yv")));
  CHECK(result_of(run) == "a: xyv\n");
  CHECK(reasons(run) == Strings{"the finding would stay"});
}

TEST_CASE("two fixes that undo each other together are made one at a time") {
  const auto judge = [](const File& file, FileId id, std::vector<Diagnostic>& findings) {  // both values must be the same
    if (file.text()[3] == file.text()[8]) return;
    for (const std::size_t at : {std::size_t{3}, std::size_t{8}}) {
      Diagnostic finding = toy_finding(id, at, at + 1, format("differs at {}", at));
      finding.fixes.push_back(replacement(finding, std::string(1, file.text()[at == 3 ? 8 : 3])));
      findings.push_back(std::move(finding));
    }
  };
  const FixRun run = fix_text("a: 1\nb: 2\n", judge);
  CHECK(result_of(run) == "a: 2\nb: 2\n");
  CHECK(run.left.empty());
}

TEST_CASE("rounds come to an end") {
  const auto judge = [](const File& file, FileId id, std::vector<Diagnostic>& findings) {  // a countdown, one step at a time
    const int number = std::stoi(std::string(file.text().substr(3, 2)));
    for (int i = 1; i <= number; ++i) {
      Diagnostic finding = toy_finding(id, 3, 5, format("more than {}", i));
      finding.fixes.push_back(replacement(finding, format("{:02}", number - 1)));
      findings.push_back(std::move(finding));
    }
  };
  const FixRun run = fix_text("a: 12\n", judge);
  CHECK(result_of(run) == "a: 02\n");
  CHECK(reasons(run) == Strings{"10 rounds were not enough", "10 rounds were not enough"});
  CHECK(result_of(fix_text("a: 09\n", judge)) == "a: 00\n");
}

TEST_CASE("what is known, came from stdin or lies in no file is not edited") {
  const MemoryFiles files({{"a.yaml", "a: wrong\n"}, {"known.yaml", "a: wrong\n"}, {"stdin.yaml", "a: wrong\n"}});
  const FixRun run =
      make_fixes(files, toy(replacing("wrong", "right"), {"a.yaml", "known.yaml", "stdin.yaml"}), {Safety::safe, {"stdin.yaml"}});
  REQUIRE(run.files.size() == 1);
  CHECK(run.files[0].before->path() == "a.yaml");
  CHECK(run.left.size() == 2);
  const auto astray = [](const File&, FileId id, std::vector<Diagnostic>& findings) {
    for (const Span where : {Span{}, Span{id, 3, 99}, Span{static_cast<FileId>(7), 0, 0}}) {
      Diagnostic finding = toy_finding(id, 0, 1, "astray");
      finding.fixes.push_back({"go", {{where, "x"}}, Safety::safe});
      findings.push_back(std::move(finding));
    }
  };
  CHECK(fix_text("a: 1\n", astray).files.empty());
}

TEST_CASE("one fix may edit several files") {
  const auto judge = [](const File&, FileId id, std::vector<Diagnostic>& findings) {
    if (id == FileId{0}) return;
    Diagnostic finding = toy_finding(id, 0, 1, "two at once");
    finding.fixes.push_back({"rename", {{{FileId{0}, 0, 1}, "b"}, {{id, 0, 1}, "b"}}, Safety::safe});
    findings.push_back(std::move(finding));
  };
  const auto once = [&](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    if (file.text().starts_with("a")) judge(file, id, findings);
  };
  const FixRun run = make_fixes(MemoryFiles({{"a.yaml", "a: 1\n"}, {"b.yaml", "a: 2\n"}}), toy(once, {"a.yaml", "b.yaml"}), {});
  REQUIRE(run.files.size() == 2);
  CHECK(run.files[0].after == "b: 1\n");
  CHECK(run.files[1].after == "b: 2\n");
}

std::string utf16(std::string_view ascii, bool big) {
  std::string out;
  for (const char c : ascii) {
    const std::array<char, 2> unit = big ? std::array{'\0', c} : std::array{c, '\0'};
    out.append(unit.data(), 2);
  }
  return out;
}

TEST_CASE("bytes outside the edits stay, whatever the encoding and the line ends") {
  const std::string text = "# caf\xc3\xa9 \xf0\x9f\x98\x80\r\na:   wrong\t# why\r\n\r\nb: 'wrong'";
  std::string expected = "# caf\xc3\xa9 \xf0\x9f\x98\x80\r\na:   right\t# why\r\n\r\nb: 'right'";
  const ToyJudge judge = replacing("wrong", "right");
  CHECK(result_of(fix_text(text, judge)) == expected);
  CHECK(result_of(fix_text("\xef\xbb\xbf" + text, judge)) == "\xef\xbb\xbf" + expected);
  const std::string plain = "a: wrong\r\nb: wrong # c\r\n", right = "a: right\r\nb: right # c\r\n";
  CHECK(result_of(fix_text("\xff\xfe" + utf16(plain, false), judge)) == "\xff\xfe" + utf16(right, false));
  CHECK(result_of(fix_text("\xfe\xff" + utf16(plain, true), judge)) == "\xfe\xff" + utf16(right, true));
  CHECK(result_of(fix_text(utf16(plain, false), judge)) == utf16(right, false));
}

TEST_CASE("an overlay changes what is read and nothing else") {
  const MemoryFiles under({{"a/b.yaml", "old"}, {"c.yaml", "other"}});
  OverlayFiles overlay(under);
  CHECK(*overlay.read("a/b.yaml", 99) == "old");
  overlay.put("./a/b.yaml", "newer");
  CHECK(*overlay.read("a/b.yaml", 99) == "newer");
  CHECK_FALSE(overlay.read("a/b.yaml", 4));
  CHECK(*overlay.read("c.yaml", 99) == "other");
  CHECK(overlay.list("a")->size() == 1);
  CHECK(overlay.type("a/b.yaml") == FileType::regular);
}

}  // namespace
}  // namespace hop
