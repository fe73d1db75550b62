// Holds sources to the layering and to what else of the house's style can be seen in their text.

#include "support/catch.h"
#include "support/check_sources.h"
#include "support/complaints.h"
#include "support/require_none.h"
#include "support/source_text.h"

namespace hop {
namespace {

std::vector<SourceFile> all_sources() {
  std::vector<SourceFile> sources = load_sources(HOPLINT_SOURCE_DIR, "src");
  for (SourceFile& rule : load_sources(HOPLINT_SOURCE_DIR, "rules")) sources.push_back(std::move(rule));
  return sources;
}

template <class Check>
void each_source(Check check) {
  Complaints complaints;
  for (const SourceFile& source : all_sources()) append(complaints, check(source));
  require_none(complaints);
}

TEST_CASE("a folder includes itself and what stands left of it") { each_source(check_layers); }

TEST_CASE("each third-party library stays behind its door") {
  const std::vector<SourceFile> sources = all_sources();
  require_none(check_doors(sources));
}

TEST_CASE("headers say what the reader gets, and nothing opens a namespace") { each_source(check_form); }

TEST_CASE("rules do not loop over resources inside another such loop") {
  each_source([](const SourceFile& source) { return source.path.starts_with("rules/") ? check_nesting(source) : Complaints{}; });
}

TEST_CASE("rules are sources and nothing else") {
  each_source([](const SourceFile& source) {
    const bool header = source.path.starts_with("rules/") && source.path.ends_with(".h");
    return header ? Complaints{source.path + ": a rule has no header"} : Complaints{};
  });
}

TEST_CASE("the layer checker sees an include to the right") {
  CHECK(check_layers({"src/yaml/a.cpp", "#include \"text/file.h\"\n#include \"yaml/b.h\"\n#include <vector>\n"}).empty());
  CHECK(check_layers({"src/yaml/a.cpp", "#include \"graph/graph.h\"\n"}).size() == 1);
  CHECK(check_layers({"rules/alb/a.cpp", "#include \"rule/rule.h\"\n"}).empty());
  CHECK(check_layers({"rules/alb/a.cpp", "#include \"engine/lint.h\"\n"}).size() == 1);
  CHECK(check_layers({"src/rule/a.cpp", "#include \"rules/alb/b.h\"\n"}).size() == 1);
  CHECK(check_layers({"src/other/a.cpp", ""}).size() == 1);
}

TEST_CASE("the door checker sees a library elsewhere, too often, or unknown") {
  const SourceFile good{"src/yaml/parse.cpp", "#include <yaml.h>\n#include <string>\n#include <sys/stat.h>\n"};
  CHECK(check_doors({{good}}).empty());
  CHECK(check_doors({{{"src/engine/lint.cpp", "#include <yaml.h>\n"}}}).size() == 1);
  CHECK(check_doors({{{"src/engine/lint.cpp", "#include <regex>\n"}}}).size() == 1);
  CHECK(check_doors({{{"src/engine/lint.cpp", "#include <boost/json.hpp>\n"}}}).size() == 1);
  std::vector<SourceFile> many;
  for (const char* name : {"a", "b", "c", "d"})
    many.push_back({std::string("src/report/") + name + ".cpp", "#include <nlohmann/json.hpp>\n"});
  CHECK(check_doors(many).size() == 1);
  many.pop_back();
  CHECK(check_doors(many).empty());
}

TEST_CASE("the form checker sees what is missing and what is too much") {
  CHECK(check_form({"src/a/b.h", "#pragma once\n// What it is.\n"}).empty());
  CHECK(check_form({"src/a/b.h", "// What it is.\n#pragma once\n"}).size() == 1);
  CHECK(check_form({"src/a/b.h", "#pragma once\n\n#include <map>\n"}).size() == 1);
  CHECK(check_form({"src/a/b.cpp", "using namespace std;\n"}).size() == 1);
  CHECK(check_form({"src/a/b.cpp", "// using namespace std;\nauto a = \"using namespace\";\n"}).empty());
}

TEST_CASE("the nesting checker sees loops inside loops only") {
  const auto check = [](std::string text) { return check_nesting({"rules/a/b.cpp", std::move(text)}).size(); };
  CHECK(check("for (auto a : graph.all<A>()) { for (auto b : graph.linted<B>()) use(a, b); }") == 1);
  CHECK(check("for (auto a : graph.all<A>())\n  for (auto b : graph.of(Kind::pod)) use(a, b);") == 1);
  CHECK(check("for (auto a : graph.all<A>()) { if (x) { y(); } for (const auto& b : graph.workloads()) use(a, b); }") == 1);
  CHECK(check("for (auto a : graph.all<A>()) { use(a); } for (auto b : graph.all<B>()) { use(b); }") == 0);
  CHECK(check("for (auto a : graph.all<A>()) use(a);\nfor (auto b : graph.all<B>()) use(b);") == 0);
  CHECK(check("for (auto a : graph.all<A>()) { for (auto b : a.ports()) use(b); }") == 0);
  CHECK(check("for (auto a : graph.all<A>()) { // for (auto b : graph.all<B>())\n use(a); }") == 0);
}

}  // namespace
}  // namespace hop
