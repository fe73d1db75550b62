// The checkers of the invariants, shown rules that are wrong on purpose: each must be complained about.

#include <map>

#include "engine/suppress.h"
#include "support/catch.h"
#include "support/check_fixes.h"
#include "support/check_reads.h"
#include "support/check_suppressions.h"
#include "support/check_texts.h"
#include "support/check_variants.h"
#include "support/toy.h"
#include "support/variants.h"
#include "yaml/parse.h"

namespace hop {
namespace {

// 4: reads

void read_services(const Graph& graph, Report&) {
  for (const Service service : graph.all<Service>()) static_cast<void>(service);
}

const std::string one_service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: b\nspec:\n  selector:\n    app: a\n";

std::vector<Trial> service_trials() {
  std::vector<Trial> trials;
  trials.push_back(toy_trial(one_service, lint_texts));
  return trials;
}

TEST_CASE("reads that are undeclared or unused are complained about") {
  const std::vector<Trial> trials = service_trials();
  CHECK(check_reads({toy_rule, KindSet(Kind::service), read_services, nullptr}, trials).empty());
  CHECK(check_reads({toy_rule, KindSet(Kind::pod), read_services, nullptr}, trials).size() == 2);
  CHECK(check_reads({toy_rule, KindSet(Kind::service, Facet::mtls), read_services, nullptr}, trials) ==
        Complaints{"`reads` declares what no fixture makes it look at: facet `mtls`"});
}

TEST_CASE("a local rule reads no facet, and its kinds occur") {
  const std::vector<Trial> trials = service_trials();
  const auto check_one = [](const Resource&, Report&) {};
  CHECK(check_reads({toy_rule, KindSet(Kind::service), nullptr, check_one}, trials).empty());
  CHECK(check_reads({toy_rule, KindSet(Kind::service, Facet::mtls), nullptr, check_one}, trials).size() == 1);
  CHECK(check_reads({toy_rule, KindSet(Kind::pod), nullptr, check_one}, trials).size() == 1);
}

// 5: spans

Complaints spans_of(Span where) {
  Sources sources;
  sources.add(File::from_bytes("a.yaml", "a: \xc3\xa4\n"));
  Diagnostic finding = toy_finding(FileId{0}, 0, 1);
  finding.where = where;
  return check_spans(finding, sources);
}

TEST_CASE("places that cannot be shown are complained about") {
  CHECK(spans_of({FileId{0}, 0, 1}).empty());
  CHECK(spans_of({FileId{0}, 3, 5}).empty());
  CHECK(spans_of({FileId{0}, 6, 6}).empty());
  CHECK(spans_of({FileId{1}, 0, 1}).size() == 1);
  CHECK(spans_of({no_file, 0, 0}).size() == 1);
  CHECK(spans_of({FileId{0}, 2, 2}).size() == 1);
  CHECK(spans_of({FileId{0}, 3, 2}).size() == 1);
  CHECK(spans_of({FileId{0}, 3, 7}).size() == 1);
  CHECK(spans_of({FileId{0}, 4, 5}).size() == 1);
}

TEST_CASE("notes, steps and edits are places too") {
  Sources sources;
  sources.add(File::from_bytes("a.yaml", "a: b\n"));
  Diagnostic finding = toy_finding(FileId{0}, 0, 1);
  finding.fixes.push_back({"mend it", {{{FileId{0}, 1, 1}, "x"}}, Safety::safe});
  finding.chain.push_back({});
  CHECK(check_spans(finding, sources).empty());
  finding.notes.push_back({{no_file, 0, 0}, "here"});
  finding.chain.push_back({});
  finding.chain.back().where = {FileId{0}, 9, 9};
  finding.fixes[0].edits[0].where.end = 99;
  CHECK(check_spans(finding, sources).size() == 3);
}

// 6: texts

Complaints message_complaints(std::string message) { return check_texts(toy_finding(FileId{0}, 0, 1, std::move(message))); }

TEST_CASE("messages out of form are complained about") {
  CHECK(message_complaints("the ALB sends HTTP/2 to `edge-gateway`, e.g. with mTLS since 1.29").empty());
  CHECK(message_complaints("`Edge` is missing").empty());
  CHECK(message_complaints(std::string(120, 'a')).empty());
  std::string wide;
  for (int i = 0; i < 120; ++i) wide += "\xc3\xa4";
  CHECK(message_complaints(wide).empty());
  for (const char* message : {"", "The host is missing", "TLS is missing", "the host is missing.", "the host\nis missing",
                              " the host is missing", "the host edge.example.com is missing", "the field credentialName is missing",
                              "mode ISTIO_MUTUAL is missing", "the host `edge is missing", "the host *.shop is missing", "see edge.yaml"}) {
    INFO(message);
    CHECK_FALSE(message_complaints(message).empty());
  }
  CHECK(message_complaints(std::string(121, 'a')).size() == 1);
}

TEST_CASE("the finding's own names want backticks") {
  Diagnostic finding = toy_finding(FileId{0}, 0, 1, "the Service edge-gateway is missing");
  CHECK(check_texts(finding).empty());
  finding.target = "edge-gateway";
  CHECK(check_texts(finding).size() == 1);
  finding = toy_finding(FileId{0}, 0, 1, "the Service shop/edge is missing");
  finding.object = ObjectId{"v1", "Service", "shop", "edge"};
  CHECK(check_texts(finding).size() == 1);
}

TEST_CASE("notes, effects, labels and titles out of form are complained about") {
  Diagnostic finding = toy_finding(FileId{0}, 0, 1);
  finding.notes.push_back({{FileId{0}, 0, 1}, "Capital"});
  finding.effect = "";
  finding.label = "period.";
  finding.fixes.push_back({"Capital", {}, Safety::safe});
  CHECK(check_texts(finding).size() == 4);
  finding.notes[0].text = "STRICT is set here";
  finding.fixes.clear();
  CHECK(check_texts(finding).size() == 2);
}

TEST_CASE("severity and aliases beyond the rule's are complained about") {
  RuleInfo rule = toy_rule;
  rule.severity = Severity::warning;
  Diagnostic finding = toy_finding(FileId{0}, 0, 1);
  finding.rule = &rule;
  finding.aliases = {"IST0001", "IST9999"};
  CHECK(check_texts(finding).size() == 2);
}

TEST_CASE("what a rule lacks to be explained is complained about") {
  CHECK(check_info(toy_rule).empty());
  RuleInfo rule = toy_rule;
  rule.summary = rule.docs = rule.effect = rule.source = "";
  rule.aliases = {"IST101", "XYZ0001"};
  CHECK(check_info(rule).size() == 6);
}

// 7: fixes

/// Reports each "wrong" with a fix that edits as `edit` says.
Linter fixing(std::function<std::vector<Edit>(Span)> edit, Safety safety = Safety::safe) {
  return toy_linter([edit, safety](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    each_word(file, "wrong", [&](std::size_t at) {
      findings.push_back(toy_finding(id, at, at + 5));
      findings.back().fixes.push_back({"mend it", edit(findings.back().where), safety});
    });
  });
}

std::vector<Edit> mend(Span where) { return {{where, "right"}}; }

Complaints fix_complaints(const Linter& linter, std::string text = "a: wrong  # words\n") {
  return check_each_fix(linter, toy_trial(std::move(text), linter), toy_rule);
}

TEST_CASE("a fix that mends is fine") {
  CHECK(fix_complaints(fixing(mend)).empty());
  CHECK(fix_complaints(fixing(mend), "a: [wrong, wrong]\n").empty());
}

TEST_CASE("a fix that does not mend, overlaps, breaks, or brings something about is complained about") {
  const auto edits = [](Span where, std::string text) { return std::vector<Edit>{{where, std::move(text)}}; };
  CHECK(fix_complaints(fixing([&](Span where) { return edits(where, "still wrong"); })).size() == 1);
  CHECK_FALSE(fix_complaints(fixing([&](Span where) { return edits(where, "wrong wrong"); })).empty());
  CHECK(fix_complaints(fixing([&](Span where) { return edits(where, "[right"); })).size() == 1);
  CHECK(fix_complaints(fixing([&](Span where) { return edits({where.file, where.begin, where.end + 9}, "right"); })).size() == 1);
  CHECK(fix_complaints(fixing([](Span where) { return std::vector<Edit>{{where, "right"}, {where, "right"}}; })).size() == 1);
  CHECK(fix_complaints(fixing([](Span) { return std::vector<Edit>{}; })).size() == 1);
  CHECK(fix_complaints(fixing([&](Span where) { return edits({where.file, where.begin, 999}, "right"); })).size() == 1);
  CHECK(fix_complaints(fixing([&](Span) { return edits({no_file, 0, 0}, "right"); })).size() == 1);
}

TEST_CASE("a fix that hides its finding behind another is complained about") {
  RuleInfo other = toy_rule;
  other.id = "toy-other";
  const Linter linter = toy_linter([&](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    each_word(file, "wrong", [&](std::size_t at) {
      findings.push_back(toy_finding(id, at, at + 5));
      findings.back().fixes.push_back({"mend it", {{findings.back().where, "odd"}}, Safety::safe});
    });
    each_word(file, "odd", [&](std::size_t at) { findings.push_back(toy_finding(id, at, at + 3)), findings.back().rule = &other; });
  });
  CHECK(fix_complaints(linter).size() == 1);
}

TEST_CASE("all fixes together come to an end at once") {
  CHECK(fix_all(fixing(mend), toy_trial("a: [wrong, wrong]\n", fixing(mend)), Safety::safe).files.at("case/bad.yaml") ==
        "a: [right, right]\n");
  const Linter slow = toy_linter([](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    const std::size_t at = file.text().find("wrong");
    if (at == std::string_view::npos) return;
    findings.push_back(toy_finding(id, at, at + 5));
    findings.back().fixes.push_back({"mend it", {{findings.back().where, "right"}}, Safety::safe});
  });
  CHECK(fix_all(slow, toy_trial("a: wrong\n", slow), Safety::safe).complaints.empty());
  CHECK(fix_all(slow, toy_trial("a: [wrong, wrong]\n", slow), Safety::safe).complaints.size() == 1);
  const Linter endless = fixing([](Span where) { return std::vector<Edit>{{where, "wrong "}}; });
  CHECK_FALSE(fix_all(endless, toy_trial("a: wrong\n", endless), Safety::safe).complaints.empty());
}

TEST_CASE("a fixed case that the fixes do not give is complained about") {
  const auto complaints = [](const Linter& linter, CaseType type, std::string text) {
    std::vector<Trial> trials;
    trials.push_back(toy_trial("#~ complete\na: wrong  #~ error toy-rule\n#~^ note: x\n", linter));
    trials.push_back(toy_trial(std::move(text), linter, type));
    return check_fixed_cases(linter, trials).size();
  };
  const Linter unsafe = fixing(mend, Safety::unsafe);
  CHECK(complaints(fixing(mend), CaseType::fixed, "a: right\n") == 0);
  CHECK(complaints(fixing(mend), CaseType::fixed, "a:  right\n") == 1);
  CHECK(complaints(fixing(mend), CaseType::fixed, "a: right\nb: 1\n") == 1);
  CHECK(complaints(unsafe, CaseType::fixed, "a: right\n") == 1);
  CHECK(complaints(unsafe, CaseType::fixed_unsafe, "a: right\n") == 0);
  std::vector<Trial> alone;
  alone.push_back(toy_trial("a: right\n", unsafe, CaseType::fixed));
  CHECK(check_fixed_cases(unsafe, alone).size() == 1);
}

TEST_CASE("a fix policy that does not tell the truth is complained about") {
  const auto complaints = [](FixPolicy policy, const Linter& linter, bool with_fixed) {
    RuleInfo rule = toy_rule;
    rule.fixes = policy;
    std::vector<Trial> trials;
    trials.push_back(toy_trial("a: wrong\n", linter));
    if (with_fixed) trials.push_back(toy_trial("a: right\n", linter, CaseType::fixed));
    return check_policy(rule, trials).size();
  };
  const Linter none = toy_linter(judge_words);
  const Linter safe = fixing(mend);
  CHECK(complaints(FixPolicy::never, none, false) == 0);
  CHECK(complaints(FixPolicy::never, safe, true) == 1);
  CHECK(complaints(FixPolicy::always, safe, true) == 0);
  CHECK(complaints(FixPolicy::always, none, false) == 1);
  CHECK(complaints(FixPolicy::sometimes, safe, true) == 0);
  CHECK(complaints(FixPolicy::sometimes, none, false) == 1);
  CHECK(complaints(FixPolicy::sometimes, safe, false) == 1);
  CHECK(complaints(FixPolicy::always, fixing(mend, Safety::unsafe), true) == 1);
}

// 8: layout

const FileTexts two_files{{"case/a.yaml", "# words\na: 1\n---\nb: 2\n"}, {"case/b.yaml", "c: wrong\n"}};

TEST_CASE("variants hold the same documents") {
  CHECK(joined(two_files).at("case/joined.yaml").find("---\nb: 2\n---\nc: wrong\n") != std::string::npos);
  CHECK(split_up(two_files).size() == 3);
  CHECK(shuffled(two_files, 1).size() == 2);
  CHECK(shuffled(two_files, 1) == shuffled(two_files, 1));
  bool differs = false;
  for (std::uint32_t seed = 1; seed < 9; ++seed) differs = differs || shuffled(two_files, seed) != shuffled(two_files, 1);
  CHECK(differs);
}

TEST_CASE("YAML is written as JSON where that can say the same") {
  const auto json = [](const std::string& text) { return as_json({{"case/a.yaml", text}}); };
  const auto simple = json("a: {b: [x, \"8080\", 8080, true, null, ~, 1.5]}\nc:\nd: |\n  \"\\\n  \xc3\xa4\ne: []\nf: {}\n");
  CHECK(
      simple.value_or(FileTexts{{"", ""}}).begin()->second ==
      "{\"a\": {\"b\": [\"x\", \"8080\", 8080, true, null, null, 1.5]}, \"c\": null, \"d\": \"\\\"\\\\\\u000a\xc3\xa4\\u000a\", \"e\": [], "
      "\"f\": {}}\n");
  for (const char* text : {"a: &x 1\nb: *x\n", "a: !!str 1\n", "a: 1\na: 2\n", "a: [\n", "a: yes\n", "a: 0x10\n", "a: 010\n", "1: a\n",
                           "a: 1 # hoplint: allow toy-rule -- why\n", "{{ if }}\na: 1\n"}) {
    INFO(text);
    CHECK_FALSE(json(text));
  }
}

TEST_CASE("files that mean something by their name or place are left where they are") {
  CHECK(is_rearrangeable(two_files));
  for (const char* path :
       {"case/kustomization.yaml", "case/Chart.yaml", "case/.hoplint.yaml", "case/.gitignore", "case/x/templates/a.yaml", "case/a.txt"}) {
    INFO(path);
    CHECK_FALSE(is_rearrangeable({{path, "a: 1\n"}}));
  }
  CHECK_FALSE(is_rearrangeable({{"case/a.yaml", "# hoplint: allow-file toy-rule -- why\n"}}));
  CHECK_FALSE(is_rearrangeable({{"case/a.yaml", "%YAML 1.1\n---\na: 1\n"}}));
}

Complaints layout_complaints(const ToyJudge& judge, const FileTexts& files = two_files) {
  const Linter linter = toy_linter(judge);
  Case fixture{"toy", "", CaseType::bad, true, files, {}};
  return check_rearranged(linter, try_case(std::move(fixture), &toy_rule, linter));
}

TEST_CASE("a rule that depends on files, order or notation is complained about") {
  CHECK(layout_complaints(judge_words).empty());
  CHECK_FALSE(layout_complaints([](const File& file, FileId id, std::vector<Diagnostic>& findings) {
                if (file.text().find("b: ") != std::string_view::npos && file.text().find("c: ") == std::string_view::npos) {
                  findings.push_back(toy_finding(id, 0, 1));
                }
              }).empty());
  CHECK_FALSE(layout_complaints([](const File& file, FileId id, std::vector<Diagnostic>& findings) {
                if (file.path().ends_with(".json")) findings.push_back(toy_finding(id, 0, 1));
              }).empty());
  CHECK_FALSE(layout_complaints([](const File& file, FileId id, std::vector<Diagnostic>& findings) {
                if (file.text().find("a: 1") < file.text().find("b: 2")) findings.push_back(toy_finding(id, 0, 1));
              }).empty());
}

// 9: moved

/// A judge of whole files, who likes those that `wanted` likes.
ToyJudge judge_files(bool (*wanted)(std::string_view)) {
  return [wanted](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    if (wanted(file.text())) findings.push_back(toy_finding(id, 0, 0));
  };
}

TEST_CASE("a rule that depends on how something is typed, or on strangers, is complained about") {
  const auto complaints = [](const ToyJudge& judge) {
    const Linter linter = toy_linter(judge);
    return check_rewritten(linter, toy_trial("a:\n  b: wrong\n  c: |\n    so\n    it is\n  d: 'one'\n", linter)).size();
  };
  CHECK(complaints(judge_words) == 0);
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("\n    so") != text.npos; })) == 2);  // and all of it
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("'one'") != text.npos; })) == 3);
  CHECK(complaints(judge_files([](std::string_view text) { return text.find('#') != text.npos; })) == 3);  // strangers get some, too
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("Job") != text.npos; })) == 2);
  // The text that is found is another, though all else is the same.
  CHECK(complaints([](const File&, FileId id, std::vector<Diagnostic>& findings) { findings.push_back(toy_finding(id, 3, 8)); }) > 1);
}

TEST_CASE("a rule that depends on names is complained about") {
  const auto complaints = [](const ToyJudge& judge) {
    const Linter linter = toy_linter(judge);
    const auto text =
        "kind: Service\nmetadata: {name: cart-one, namespace: shop}\nspec: {externalName: shp.example.wrong, one: 1, type: http}\n";
    return check_renamed(linter, toy_trial(text, linter), &toy_rule).size();
  };
  CHECK(complaints(judge_words) == 0);
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("cart-") != text.npos; })) == 1);
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("-one") != text.npos; })) == 0);  // it is a key, too
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("shp.") != text.npos; })) == 1);  // may be a slip
  CHECK(complaints(judge_files([](std::string_view text) { return text.find("http") != text.npos; })) == 0);
}

TEST_CASE("a rule that depends on comments, line ends or marks is complained about") {
  const auto complaints = [](const ToyJudge& judge) {
    const Linter linter = toy_linter(judge);
    return check_moved(linter, toy_trial("a: 1\nb: wrong\n", linter)).size();
  };
  CHECK(complaints(judge_words) == 0);
  const auto depends_on = [](bool (*wanted)(const File&)) {
    return [wanted](const File& file, FileId id, std::vector<Diagnostic>& findings) {
      if (wanted(file)) findings.push_back(toy_finding(id, 0, 1));
    };
  };
  CHECK(complaints(depends_on([](const File& file) { return file.text().starts_with('#'); })) == 1);
  CHECK(complaints(depends_on([](const File& file) { return file.text().find('\r') != std::string_view::npos; })) == 1);
  CHECK(complaints(depends_on([](const File& file) { return file.encoding() == Encoding::utf8_bom; })) == 1);
  // A finding that stays on the first line although its text has moved.
  CHECK(complaints(depends_on([](const File&) { return true; })) == 2);
}

// 10: cut

TEST_CASE("every beginning of a file is linted, with only the rule itself") {
  std::map<std::string, int> seen;
  const Linter linter = [&](const FileTexts& files, const Settings& settings) {
    CHECK(settings.selection.select == std::vector<std::string>{"toy-rule"});
    ++seen[files.at("case/bad.yaml")];
    return LintRun{};
  };
  cut_everywhere(linter, toy_trial("a: 1\nb: 2\n", toy_linter(judge_words)), toy_rule);
  CHECK(seen == std::map<std::string, int>{{"", 1}, {"a: 1\n", 1}, {"a: 1\nb: 2\n", 1}});
}

// 11: suppressions

const std::string suppressible =
    "apiVersion: v1\nkind: Toy\nspec:\n  a: wrong\n  list:\n  - b: wrong\n    c: wrong\n  text: |\n    wrong\n";

TEST_CASE("comments can stand above keys and items of block style") {
  const auto file = File::from_bytes("a.yaml", "# words\n" + suppressible + "  flow: {\n    a: 1}\n---\njust: this\n");
  std::vector<std::uint32_t> lines;
  for (const CommentLine& line : comment_lines(*file)) lines.push_back(line.line);
  CHECK(lines == std::vector<std::uint32_t>{2, 3, 4, 5, 6, 7, 8, 9, 11});
  const std::vector<CommentLine> all = comment_lines(*file);
  CHECK(all[4].last == 8);  // `list:` and its items, which stand as deep
  CHECK(all[5].last == 8);  // `- b:` and what is deeper
  CHECK(all[3].indentation == "  ");
}

enum class Silence { right, none, all_rules, whole_file };

/// Suppresses as hoplint does for the line below a comment, or not quite so.
ToyJudge suppressing(Silence silence, const RuleInfo& other) {
  return [silence, &other](const File& file, FileId id, std::vector<Diagnostic>& findings) {
    each_word(file, "wrong", [&](std::size_t at) {
      const std::uint32_t line = file.position(static_cast<std::uint32_t>(at)).line;
      const bool above = file.line(line - 1).find("# hoplint: allow toy-rule") != std::string_view::npos;
      const bool anywhere = file.text().find("# hoplint: allow") != std::string_view::npos;
      const bool silenced = silence != Silence::none && (above || (silence == Silence::whole_file && anywhere));
      if (!silenced) findings.push_back(toy_finding(id, at, at + 5));
      if (silenced && silence == Silence::all_rules) return;
      findings.push_back(toy_finding(id, at, at + 5));
      findings.back().rule = &other;
    });
  };
}

TEST_CASE("a suppression that silences nothing or too much is complained about") {
  RuleInfo other = toy_rule;
  other.id = "toy-other";
  const auto complaints = [&](Silence silence) {
    const Linter linter = toy_linter(suppressing(silence, other));
    return check_silenced(linter, toy_trial(suppressible, linter), toy_rule).size();
  };
  CHECK(complaints(Silence::right) == 0);
  CHECK(complaints(Silence::none) == 3);
  CHECK(complaints(Silence::all_rules) == 3);
  CHECK(complaints(Silence::whole_file) > 0);
}

TEST_CASE("a suppression of nothing that is not reported is complained about") {
  const auto complaints = [](bool reports) {
    const Linter linter = toy_linter([reports](const File& file, FileId id, std::vector<Diagnostic>& findings) {
      if (!reports) return;
      each_word(file, "# hoplint:", [&](std::size_t at) {
        findings.push_back(toy_finding(id, at, at + 1));
        findings.back().rule = &suppression_unused;
      });
    });
    return check_unused(linter, toy_trial(suppressible, linter, CaseType::good), toy_rule).size();
  };
  CHECK(complaints(true) == 0);
  CHECK(complaints(false) == 1);
}

}  // namespace
}  // namespace hop
