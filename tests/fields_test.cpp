// The field tables: that they are whole, that what the fixtures use is in them, and that no key can be misspelt unnoticed.

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/fields/tables.h"
#include "model/mistakes.h"
#include "rule/table.h"
#include "support/case.h"
#include "support/catch.h"
#include "support/check_cases.h"
#include "support/complaints.h"
#include "support/require_none.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {
namespace {

namespace fs = std::filesystem;
using fields::Field;
using fields::Shape;
using fields::Type;
using fields::Unlisted;

const fs::path fixtures = fs::path(HOPLINT_SOURCE_DIR) / "fixtures";

bool is_object(const Type& type) { return type.shape == Shape::object || type.shape == Shape::root; }

/// Good cases and estates: what is in them is known to be right.
std::vector<Case> good_cases() {
  std::vector<Case> cases;
  for (const RuleEntry& entry : all_rules()) {
    const std::string path = fixture_path(entry.path_id);
    for (Case& fixture : load_fixtures(fixtures / path, "fixtures/" + path).cases) {
      if (fixture.type == CaseType::good) cases.push_back(std::move(fixture));
    }
  }
  for (Case& estate : load_estates(fixtures / "estates", "fixtures/estates")) cases.push_back(std::move(estate));
  return cases;
}

/// A key of an object that has a table.
struct Key {
  const Type* object;
  yaml::Node value;
  std::string_view name;
};

/// Collects the keys of listed fields; those of free maps may be anything.
void collect_keys(yaml::Node node, const Type& type, std::vector<Key>& keys) {
  if (type.shape == Shape::list || type.shape == Shape::map) {
    for (yaml::Node item : node.items()) collect_keys(item, *type.of, keys);
    for (const auto& [key, value] : node.entries()) collect_keys(value, *type.of, keys);
    return;
  }
  if (!is_object(type)) return;
  for (const auto& [key, value] : node.entries()) {
    const bool metadata = type.shape == Shape::root && key.str() == "metadata";
    const Field* field = fields::find_field(type, key.str());
    if (field == nullptr && !metadata) continue;
    if (type.unlisted != Unlisted::free && key.is_plain() && !key.via_alias()) keys.push_back({&type, value, key.str()});
    collect_keys(value, metadata ? fields::object_meta : *field->type, keys);
  }
}

std::vector<Key> keys_of(const Graph& graph) {
  std::vector<Key> keys;
  for (const Resource& resource : graph.resources()) {
    const Type* table = resource.linted() ? fields::find_table(resource.kind, resource.api_version) : nullptr;
    if (table != nullptr && !resource.root.has("sops")) collect_keys(resource.root, *table, keys);
  }
  return keys;
}

/// Puts a letter behind the key and wants one finding there.
Complaints misspell(const Trial& trial, const Key& key) {
  const Span place = key.value.key_span();
  const File& file = trial.run.input->sources[place.file];
  FileTexts files = trial.fixture.files;
  files[std::string(file.path())] = apply_edits(file.text(), std::vector<Edit>{{{place.file, place.end, place.end}, "x"}});
  const LintRun run = lint_texts(files, trial.settings);
  std::vector<std::string> found;
  for (const Diagnostic& finding : run.findings) {
    const bool here = finding.where && finding.where.begin == place.begin && run.input->sources[finding.where.file].path() == file.path();
    if (here) found.emplace_back(finding.rule->id);
  }
  if (found.size() == 1) return {};
  return {format("{}: {}x at {}: {} findings: {}", trial.fixture.place, key.name, key.value.path(), found.size(),
                 list_words(std::vector<std::string_view>(found.begin(), found.end())))};
}

void check_table(const Type& type, std::string_view where, std::set<const Type*>& seen, Complaints& complaints) {
  if (!seen.insert(&type).second) return;
  if (type.of != nullptr) check_table(*type.of, where, seen, complaints);
  if (!is_object(type)) return;
  for (std::size_t i = 0; i < type.size; ++i) {
    const Field& field = type.fields[i];
    if (field.name.empty() || field.type == nullptr) complaints.push_back(format("{}: an empty field", where));
    if (i > 0 && !fields::before(type.fields[i - 1].name, field.name)) complaints.push_back(format("{}: `{}` twice", where, field.name));
    check_table(*field.type, where, seen, complaints);
  }
}

TEST_CASE("every kind of the set has a table, and no other") {
  Complaints complaints;
  std::set<const Type*> seen;
  for (const auto tables : fields::all_tables()) {
    for (const fields::Table& table : tables) {
      const std::string where = format("{} {}", table.api_version, info(table.kind).name);
      check_table(table.root, where, seen, complaints);
      if (!kinds_with_fields.has(table.kind)) complaints.push_back(where + ": not in kinds_with_fields");
      if (fields::find_table(table.kind, table.api_version) != &table.root) complaints.push_back(where + ": is not found");
      if (find_kind(table.api_version, info(table.kind).name) != table.kind) complaints.push_back(where + ": no such kind");
    }
  }
  for (const KindInfo& kind : all_kinds()) {
    bool has = false;
    for (const auto tables : fields::all_tables()) {
      for (const fields::Table& table : tables) has = has || table.kind == kind.kind;
    }
    if (kinds_with_fields.has(kind.kind) && !has) complaints.push_back(format("{} has no table", kind.name));
  }
  require_none(complaints);
  CHECK(seen.size() > 400);
}

TEST_CASE("every field that good fixtures and estates use is known") {
  Complaints complaints;
  std::size_t checked = 0;
  for (Case& fixture : good_cases()) {
    const Trial trial = try_case(std::move(fixture), nullptr, lint_texts);
    for (const Resource& resource : trial.run.graph->resources()) {
      checked += fields::find_table(resource.kind, resource.api_version) != nullptr ? 1 : 0;
      for (const FieldMistake& mistake : mistakes(resource).fields) {
        // Patches and the like lack fields on purpose.
        if (mistake.what != Mistake::missing) complaints.push_back(format("{}: {}", trial.fixture.place, mistake.place.path()));
      }
    }
  }
  require_none(complaints);
  CHECK(checked > 500);
}

TEST_CASE("a letter more in any key is one finding there") {
  std::vector<Trial> trials;
  for (Case& fixture : good_cases()) trials.push_back(try_case(std::move(fixture), nullptr, lint_texts));
  // Each field once: the same table gives the same answer.
  std::set<std::pair<const Type*, std::string_view>> seen;
  std::vector<std::pair<const Trial*, Key>> tries;
  for (const Trial& trial : trials) {
    for (const Key& key : keys_of(*trial.run.graph)) {
      if (seen.emplace(key.object, key.name).second) tries.emplace_back(&trial, key);
    }
  }
  require_none(gather(tries.size(), [&](std::size_t i) { return misspell(*tries[i].first, tries[i].second); }));
  CHECK(tries.size() > 400);
}

std::vector<FieldMistake> mistakes_of(const LintRun& run) {
  std::vector<FieldMistake> all;
  for (const Resource& resource : run.graph->resources()) {
    const auto found = mistakes(resource).fields;
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

LintRun lint_text(const std::string& text) {
  Settings settings;
  settings.isolated = true;
  settings.today = "2026-01-01";
  return lint_texts({{format("{}/a.yaml", case_root), text}}, settings);
}

TEST_CASE("quantities and durations are read as the API server reads them") {
  const auto fits = [](const std::string& kind, const std::string& value) {
    const std::string pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    resources: {limits: {cpu: ";
    const std::string route = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: {http: [{timeout: ";
    return mistakes_of(lint_text(kind == "quantity" ? pod + value + "}}\n" : route + value + "}]}\n")).empty();
  };
  for (const char* good : {"1", "0.5", "500m", "64Mi", "1e3", "1E6", "+1", "-2k", ".5", "5.", "100n", "'12'"}) {
    CAPTURE(good);
    CHECK(fits("quantity", good));
  }
  for (const char* bad : {"512MB", "1 Gi", "1gi", "one", "1.2.3", "Mi", "true", "1e", "''"}) {
    CAPTURE(bad);
    CHECK_FALSE(fits("quantity", bad));
  }
  for (const char* good : {"0s", "1.5h", "1h30m", "500ms", "10us", "-1s"}) {
    CAPTURE(good);
    CHECK(fits("duration", good));
  }
  for (const char* bad : {"10", "'10'", "10 s", "1d", "s", "1h30"}) {
    CAPTURE(bad);
    CHECK_FALSE(fits("duration", bad));
  }
}

TEST_CASE("objects in a list and through aliases are read") {
  const LintRun run = lint_text(
      "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n"
      "  spec: {ports: [&p {port: 80, nome: x}, *p]}\n");
  CHECK(mistakes_of(run).size() == 2);
}

}  // namespace
}  // namespace hop
