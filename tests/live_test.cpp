// A root that lives: after any edits it says what a fresh lint of the same texts says.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "engine/live.h"
#include "rule/table.h"
#include "support/catch.h"
#include "text/format.h"

namespace hop {
namespace {

/// Files that tests change under the root's eyes.
class Texts final : public FileSystem {
 public:
  std::map<std::string, std::string> texts;
  Result<std::string> read(const std::string& path, std::uint64_t limit) const override { return now().read(path, limit); }
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override { return now().list(path); }
  FileType type(const std::string& path) const override { return now().type(path); }
  std::string canonical(const std::string& path) const override { return now().canonical(path); }

 private:
  MemoryFiles now() const { return MemoryFiles(texts); }
};

constexpr auto gateway =
    "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: shop}\nspec:\n  selector: {istio: ingress}\n"
    "  servers:\n  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: [\"cart.example.com\"]\n";
constexpr auto route =
    "# the café's route 🛒\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec:\n"
    "  hosts: [cart.example.com]\n  gateways: [edge]\n  http:\n  - route:\n    - destination:\n        host: cart\n        subset: v1\n";
constexpr auto rule =
    "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: cart, namespace: shop}\nspec:\n  host: cart\n  subsets:\n"
    "  - name: v1\n    labels: {version: v1}\n";
constexpr auto service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec:\n  selector: {app: cart}\n  ports:\n  - {name: http, "
    "port: 80}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart, namespace: shop}\nspec:\n  selector:\n    matchLabels: "
    "{app: cart}\n  template:\n    metadata:\n      labels: {app: cart, version: v1}\n    spec:\n      containers:\n      - name: cart\n"
    "        image: cart:1\n";

Settings settings_of() {
  Settings settings;
  settings.isolated = true;
  settings.jobs = 1;
  settings.today = "2026-01-01";
  return settings;
}

struct Fixture {
  Texts files;
  LiveRoot root{files, {"ws", std::nullopt}, settings_of(), true};
  Fixture() {
    files.texts = {{"ws/gateway.yaml", gateway}, {"ws/route.yaml", route}, {"ws/rule.yaml", rule}, {"ws/service.yaml", service}};
  }
  void settle() {
    while (root.step()) {
    }
    REQUIRE(root.settled());
  }
  void edit(const std::string& path, std::string text, bool open = true) {
    files.texts[path] = std::move(text);
    root.changed(path, open);
  }
  /// What people see: rule, path, place in the newest text, message.
  std::vector<std::string> seen() const {
    std::vector<std::string> lines;
    for (const Diagnostic& finding : root.run().findings) {
      const Span place = root.here(finding.where);
      std::string line = format("{} {} {}-{} {} {}", finding.rule->id, place ? root.text(place.file).path() : "", place.begin, place.end,
                                finding.message, finding.fingerprint);
      for (const Note& note : finding.notes) {
        const Span at = root.here(note.where);
        line += format(" note {} {}-{}", at ? root.text(at.file).path() : "", at.begin, at.end);
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }
  std::vector<std::string> fresh() const {
    const LintRun run = lint(files, {{"ws", std::nullopt}}, settings_of());
    std::vector<std::string> lines;
    for (const Diagnostic& finding : run.findings) {
      std::string line = format("{} {} {}-{} {} {}", finding.rule->id, finding.where ? run.input->sources[finding.where.file].path() : "",
                                finding.where.begin, finding.where.end, finding.message, finding.fingerprint);
      for (const Note& note : finding.notes) {
        line += format(" note {} {}-{}", note.where ? run.input->sources[note.where.file].path() : "", note.where.begin, note.where.end);
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }
};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

TEST_CASE("the first run of a live root is lint()") {
  Fixture fixture;
  fixture.settle();
  CHECK(fixture.seen() == fixture.fresh());
  CHECK_FALSE(fixture.root.step());
}

TEST_CASE("an edit in one file brings a finding in another, and takes it away again") {
  Fixture fixture;
  fixture.settle();
  const auto before = fixture.seen();
  fixture.edit("ws/rule.yaml", replaced(rule, "name: v1", "name: v2"));
  CHECK_FALSE(fixture.root.settled());
  fixture.settle();
  const auto during = fixture.seen();
  CHECK(during == fixture.fresh());
  CHECK(during != before);
  fixture.edit("ws/rule.yaml", rule);
  fixture.settle();
  CHECK(fixture.seen() == before);
}

TEST_CASE("comments move findings and cost no new graph") {
  Fixture fixture;
  fixture.files.texts["ws/rule.yaml"] = replaced(rule, "name: v1", "name: v2");
  fixture.settle();
  REQUIRE_FALSE(fixture.seen().empty());
  const std::size_t generation = fixture.root.generation();
  fixture.edit("ws/route.yaml", "# a\n# b\n" + replaced(route, "  gateways", "  # über all\n\n  gateways"));
  fixture.settle();
  CHECK(fixture.root.generation() == generation);
  CHECK(fixture.seen() == fixture.fresh());
  fixture.edit("ws/route.yaml", "# a\n" + replaced(route, "  gateways", "  # über alles\n\n\n  gateways"));
  fixture.settle();
  CHECK(fixture.root.generation() == generation);
  CHECK(fixture.seen() == fixture.fresh());
}

TEST_CASE("a broken document is seen as it was, and only its own file says so") {
  Fixture fixture;
  fixture.settle();
  const auto before = fixture.seen();
  fixture.edit("ws/service.yaml", replaced(service, "selector: {app: cart}", "selector: {app: [cart}"));
  fixture.settle();
  CHECK(fixture.seen() == before);
  const LiveFile* file = fixture.root.find("ws/service.yaml");
  REQUIRE(file != nullptr);
  REQUIRE(file->broken.size() == 1);
  CHECK(file->broken[0].rule->id == "yaml-syntax");
  CHECK(file->spared.size() == 1);
  // The other document of the file lives on.
  fixture.edit("ws/service.yaml",
               replaced(replaced(service, "selector: {app: cart}", "selector: {app: [cart}"), "version: v1", "version: v3"));
  fixture.settle();
  CHECK(fixture.seen() != before);
  fixture.edit("ws/service.yaml", service);
  fixture.settle();
  CHECK(fixture.seen() == before);
  CHECK(fixture.root.find("ws/service.yaml")->broken.empty());
}

TEST_CASE("a document may become one of ours, break, and become nothing of ours again") {
  Fixture fixture;
  fixture.settle();
  for (const char* text :
       {"a: b\n---\nc: d\n", "a: b\n---\nkind: [\n", service, "kind: [\n", "", "x", "---\n---\n", "{{ x }}\n", service}) {
    fixture.edit("ws/service.yaml", text);
    fixture.settle();
  }
  CHECK(fixture.seen() == fixture.fresh());
}

TEST_CASE("what is broken on disk when nobody edits it is what it is") {
  Fixture fixture;
  fixture.settle();
  fixture.edit("ws/service.yaml", replaced(service, "selector: {app: cart}", "selector: {app: [cart}"), false);
  fixture.settle();
  CHECK(fixture.seen() == fixture.fresh());
}

TEST_CASE("files come and go") {
  Fixture fixture;
  fixture.settle();
  fixture.files.texts.erase("ws/rule.yaml");
  fixture.files.texts["ws/a.yaml"] = service;
  fixture.root.rescan();
  CHECK_FALSE(fixture.root.settled());
  fixture.settle();
  CHECK(fixture.seen() == fixture.fresh());
  fixture.files.texts["ws/gateway.yaml"] = replaced(gateway, "name: edge", "name: other");
  fixture.root.rescan(true);
  fixture.settle();
  CHECK(fixture.seen() == fixture.fresh());
}

TEST_CASE("what a kustomization lists comes and goes") {
  Fixture fixture;
  fixture.files.texts["ws/kustomization.yaml"] = "resources: [gateway.yaml, later.yaml, made]\n";
  const auto missing = [&] {
    const auto& findings = fixture.root.run().findings;
    return std::count_if(findings.begin(), findings.end(),
                         [](const Diagnostic& one) { return one.rule->id == "kustomization-path-missing"; });
  };
  fixture.settle();
  CHECK(missing() == 2);
  fixture.files.texts["ws/later.yaml"] = service;
  fixture.files.texts["ws/made/a.txt"] = "";
  fixture.root.rescan();
  fixture.settle();
  CHECK(missing() == 1);  // the folder holds no kustomization
  CHECK(fixture.seen() == fixture.fresh());
  fixture.files.texts["ws/made/Kustomization"] = "resources: []\n";
  fixture.root.rescan();
  fixture.settle();
  CHECK(missing() == 0);
  fixture.edit("ws/kustomization.yaml", "resources: [gateway.yaml, latr.yaml, made]\n");
  fixture.settle();
  CHECK(missing() == 1);
  CHECK(fixture.seen() == fixture.fresh());
  fixture.edit("ws/route.yaml", replaced(route, "subset: v1", "subset: v2"));
  fixture.settle();
  CHECK(missing() == 1);
  CHECK(fixture.seen() == fixture.fresh());
}

TEST_CASE("a change in the middle of the work starts it over") {
  Fixture fixture;
  fixture.settle();
  for (int slices = 0; slices < 12; ++slices) {
    fixture.edit("ws/rule.yaml", replaced(rule, "name: v1", format("name: w{}", slices)));
    for (int i = 0; i < slices; ++i) fixture.root.step();
    fixture.edit("ws/gateway.yaml", replaced(gateway, "name: edge", format("name: e{}", slices)));
  }
  fixture.settle();
  CHECK(fixture.seen() == fixture.fresh());
}

/// Cuts, doubles, moves and rewrites lines, as long as the file is not broken.
TEST_CASE("after many edits a live root says what a fresh one says") {
  Fixture fixture;
  fixture.settle();
  std::mt19937 random(20261125);
  const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  const std::vector<std::string> words = {"cart",
                                          "edge",
                                          "shop",
                                          "v1",
                                          "v2",
                                          "http",
                                          "80",
                                          "# ü\n",
                                          "\n",
                                          "STRICT",
                                          "{}",
                                          "cart.example.com",
                                          "  # hoplint: allow virtualservice-subset-missing -- later\n",
                                          "---\n",
                                          "other"};
  const std::map<std::string, std::string> originals = fixture.files.texts;
  for (int round = 0; round < 300; ++round) {
    auto at = fixture.files.texts.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(any(fixture.files.texts.size())));
    std::string text = any(12) == 0 ? originals.at(at->first) : at->second;
    const std::size_t begin = any(text.size() + 1);
    const std::size_t space = text.find_first_of(" \n", begin);
    const std::size_t from = space == std::string::npos ? text.size() : space + (any(2) == 0 ? 1 : 0);
    const std::size_t end = std::min(text.size(), from + any(8));
    text.replace(std::min(from, text.size()), end - std::min(from, text.size()), words[any(words.size())]);
    fixture.edit(at->first, text, false);
    if (any(3) == 0) continue;
    fixture.settle();
    INFO("round " << round << "\n" << text);
    REQUIRE(fixture.seen() == fixture.fresh());
  }
}

/// Every YAML file below a folder, by path from it.
std::map<std::string, std::string> texts_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    texts[entry.path().lexically_relative(folder).string()] = text.str();
  }
  return texts;
}

/// A file for each document: then an edit changes one of them, and everything else must be kept or done again rightly.
std::map<std::string, std::string> split_up(const std::map<std::string, std::string>& texts) {
  std::map<std::string, std::string> parts;
  for (const auto& [path, text] : texts) {
    std::size_t number = 0;
    for (const yaml::Chunk& chunk : yaml::split(text)) {
      parts[format("{}-{}.yaml", path, ++number)] = text.substr(chunk.begin, chunk.end - chunk.begin) + "\n";
    }
  }
  return parts;
}

/// Words of one place written in another: names, hosts, ports, modes and annotations trade places.
void trade_words(const std::map<std::string, std::string>& texts, int rounds, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  Fixture fixture;
  fixture.files.texts.clear();
  std::vector<std::string> words;
  for (const auto& [path, text] : texts) {
    fixture.files.texts["ws/" + path] = text;
    std::istringstream in(text);
    for (std::string word; in >> word;) words.push_back(word);
  }
  const auto originals = fixture.files.texts;
  fixture.settle();
  REQUIRE(fixture.seen() == fixture.fresh());
  for (int round = 0; round < rounds; ++round) {
    auto at = fixture.files.texts.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(any(fixture.files.texts.size())));
    std::string text = any(3) == 0 ? originals.at(at->first) : at->second;
    const std::size_t begin = text.empty() ? std::string::npos : text.find_first_not_of(" \n", any(text.size()));
    if (begin == std::string::npos) continue;
    const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string& word = words[any(words.size())];
    if (text[begin] == '#' || text[begin] == '-' || word.find_first_of("#-|>") == 0) continue;
    text.replace(begin, end - begin, word);
    fixture.edit(at->first, text, false);
    fixture.settle();
    INFO("round " << round << ", " << at->first << "\n" << text);
    REQUIRE(fixture.seen() == fixture.fresh());
  }
}

/// HOPLINT_ROUNDS and HOPLINT_SEED make it look further.
int rounds_or(int usual) {
  const char* const written = std::getenv("HOPLINT_ROUNDS");
  return written == nullptr ? usual : std::atoi(written);
}

std::uint32_t seed_or(std::uint32_t usual) {
  const char* const written = std::getenv("HOPLINT_SEED");
  return written == nullptr ? usual : static_cast<std::uint32_t>(std::atoi(written));
}

TEST_CASE("after edits of whole estates a live root says what a fresh one says") {
  for (const auto& estate : std::filesystem::directory_iterator(HOPLINT_SOURCE_DIR "/fixtures/estates")) {
    const auto texts = estate.is_directory() ? texts_below(estate) : std::map<std::string, std::string>();
    if (texts.empty()) continue;
    INFO(estate.path().filename().string());
    trade_words(texts, rounds_or(12), seed_or(7));
    trade_words(split_up(texts), rounds_or(6), seed_or(7));
  }
}

/// What rules look into is written beside them: their own cases, a document to a file, are where a result that was kept wrongly shows.
TEST_CASE("after edits of the rules' own cases a live root says what a fresh one says") {
  for (const RuleEntry& entry : all_rules()) {
    if (entry.rule->check_each == nullptr) continue;
    std::string folder(entry.path_id);
    std::replace(folder.begin(), folder.end(), '-', '_');
    folder.replace(folder.find('_'), 1, "/");
    const auto cases = texts_below(format("{}/fixtures/{}", HOPLINT_SOURCE_DIR, folder));
    for (const auto& [path, text] : cases) {
      INFO(entry.path_id << " " << path);
      const auto parts = split_up({{path, text}});
      if (parts.size() > 1) trade_words(parts, rounds_or(3), seed_or(11));
    }
  }
}

}  // namespace
}  // namespace hop
