// What is told of a document with several mistakes, and what is left of it.

#include <string>
#include <vector>

#include "engine/lint.h"
#include "support/catch.h"
#include "text/file.h"
#include "text/format.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop::yaml {
namespace {

using Strings = std::vector<std::string>;

class Read {
 public:
  explicit Read(const std::string& text) : file_(File::from_bytes("a.yaml", text)), document_(parse(file_->text(), file_), FileId{0}, 0) {}
  /// "line:column message", in order.
  Strings problems() const {
    Strings all;
    for (const Problem& problem : document_.tree().problems) {
      const Position at = file_->position(problem.begin);
      all.push_back(format("{}:{} {}", at.line, at.column, problem.message));
    }
    return all;
  }
  std::size_t count() const { return document_.tree().problems.size(); }
  Node root() const { return document_.root(); }

 private:
  std::shared_ptr<const File> file_;
  Document document_;
};

TEST_CASE("each mistake is told once, and the lines around stay") {
  const Read read(
      "kind: Service\nmetadata:\n  name: @cart\n  labels: {app: cart\n  namespace: shop\nspec:\n  a: b: c\n  type: ClusterIP\n");
  CHECK(read.problems() == Strings{"3:9 a plain value cannot start with `@`; quote it", "5:12 expected `,` or `}`",
                                   "7:7 a mapping cannot start here; quote the text if the colon belongs to it"});
  CHECK(read.root()["kind"].str() == "Service");
  CHECK(read.root()["metadata"]["namespace"].str() == "shop");
  CHECK(read.root()["spec"]["type"].str() == "ClusterIP");
  CHECK_FALSE(read.root()["metadata"]["name"]);
}

TEST_CASE("a mistake in an item spoils that key and not the item") {
  const Read read("list:\n- name: [a\n  port: 80\n- name: b\n  host: %x\n- c\n");
  CHECK(read.count() == 2);
  CHECK(read.root()["list"].size() == 3);
  CHECK(read.root()["list"][0]["port"].str() == "80");
  CHECK(read.root()["list"][1]["name"].str() == "b");
}

TEST_CASE("what stands further in goes with its line") {
  const Read read("a: [\n  1,\n  2\nb:\n- x: `\n  y: 1\nc: 1\n");
  CHECK(read.count() == 2);
  CHECK(read.root()["c"].str() == "1");
  CHECK_FALSE(read.root()["a"]);
}

TEST_CASE("what only follows is not told") {
  CHECK(Read("a: \"x\nb: \"y\"\nc: 1\n").problems() == Strings{"1:4 a quote that is never closed"});
  CHECK(Read("a: &x [1\nb: *x\nc: 1\n").count() == 1);
  CHECK(Read("a:\n    b: 1\n  c: 2\n  d: 3\n  e: 4\nf: 1\n").count() == 1);
  CHECK(Read("apiVersion\nkind: Gateway\nmetadata:\n  name: a\nspec: {}\n").count() == 1);
  CHECK(Read(" apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n").count() == 1);
  CHECK(Read("a: b: c\nd: e: f\ng: 1\n").count() == 2);
  CHECK(Read("a:\n\tb: 1\n\tc: 2\nd: 1\n").count() == 1);
  CHECK(Read("ports: @\n- a: 1\n- b: 2\nc: 1\n").count() == 1);
  CHECK(Read("{\n  \"a\": {\n    \"b\": 1\n    \"c\": 2\n  },\n  \"d\": 3\n}\n").count() == 1);
  CHECK(Read("{\n  \"a\": {\n    \"b\": 1\n    \"c\": 2\n  },\n  \"d\": 3\n}\n").root()["d"].str() == "3");
}

TEST_CASE("there is an end to it") {
  std::string many;
  for (int i = 0; i < 100; ++i) many += format("k{}: @\n", i);
  CHECK(Read(many).count() == 20);
  CHECK_FALSE(Read(many).root());
  CHECK(Read("@").count() == 1);
  CHECK(Read("[").count() == 1);
  CHECK(Read("a: [\n\n\n").count() == 1);
  CHECK(Read("\"").count() == 1);
  CHECK(Read("- - - @\n- b\n").root()[1].str() == "b");
}

TEST_CASE("offsets are those of the text, in whatever lines it has") {
  const Read read("a: @ä\r\nb: \"ä\"\r\nc: [\r\nd: e\r\n");
  CHECK(read.count() == 2);
  CHECK(read.root()["d"].span().begin == 26);
  CHECK(read.root()["b"].str() == "ä");
}

TEST_CASE("rules say nothing of what a broken document lacks") {
  MemoryFiles files;
  files.put("m/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec:\n  ports: [\n  tpye: @\n");
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  settings.selection.select = {"ALL"};
  const LintRun run = lint(files, {{"m", std::nullopt}}, settings);
  REQUIRE(run.findings.size() == 2);
  for (const Diagnostic& finding : run.findings) CHECK(finding.rule->id == "yaml-syntax");
}

}  // namespace
}  // namespace hop::yaml
