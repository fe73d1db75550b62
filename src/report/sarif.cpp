#include "report/sarif.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "engine/select.h"
#include "report/line_hash.h"
#include "report/redact.h"
#include "report/render.h"
#include "report/uri.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/unicode.h"
#include "text/words.h"
#include "version.h"

namespace hop {
namespace {

// GitHub's limits. Source: docs.github.com/en/code-security/code-scanning, SARIF support. It takes 10 MB compressed, which JSON of this
// size stays below.
constexpr std::size_t most_results = 25000;
constexpr std::size_t most_related = 1000;
constexpr std::size_t most_bytes = 60'000'000;

constexpr std::size_t longest_snippet = 1000;  // bytes; a line may be a whole file of JSON

Json message_json(std::string_view text) { return {{"text", text}}; }

/// What comes from manifests must make no link: those are `[text](target)`. SARIF 3.11.6.
std::string without_links(std::string_view text) {
  std::string out = escape_controls(text);
  for (std::size_t at = out.find("]("); at != std::string::npos; at = out.find("](", at)) out.insert(at + 1, " ");
  return out;
}

std::string link(std::string_view text, std::size_t target) {
  std::string out = "[";
  for (const char c : escape_controls(text)) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out + format("]({})", target);
}

std::string sentence(const std::string& text) { return text.ends_with('.') || text.empty() ? text : text + "."; }

class Sarif {
 public:
  explicit Sarif(const RenderInput& input) : input_(input), manifests_(input.run), secrets_(manifests_) {}

  std::string run() {
    for (const RuleInfo* const rule : every_rule()) rules_.emplace(rule->id, rule);
    for (const Diagnostic& finding : input_.findings) rules_.emplace(finding.rule->id, finding.rule);
    Json rules = Json::list();
    for (const auto& [id, rule] : rules_) rules.push_back(sarif_rule(*rule));
    std::size_t left_out = 0;
    Json results = results_json(most_bytes - std::min(most_bytes, rules.compact().size()), left_out);
    const Json driver{{"name", "hoplint"},
                      {"version", program_version},
                      {"semanticVersion", program_version},
                      {"informationUri", homepage},
                      {"rules", rules}};
    const Json run{{"tool", {{"driver", driver}}},
                   {"automationDetails", {{"id", input_.category + "/"}}},
                   {"invocations", one({{"executionSuccessful", true}, {"toolExecutionNotifications", notifications(left_out)}})},
                   {"originalUriBaseIds", {{"SRCROOT", {{"description", message_json("The root of the repository.")}}}}},
                   {"columnKind", "unicodeCodePoints"},
                   {"newlineSequences", Json::list(std::initializer_list<const char*>{"\r\n", "\n", "\r"})},
                   {"results", results}};
    return Json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", one(run)}}.pretty();
  }

 private:
  static Json one(const Json& value) {
    Json list = Json::list();
    list.push_back(value);
    return list;
  }

  const File& file(Span place) const { return input_.run.input->sources[place.file]; }

  // --- What there is room for

  /// The severe ones first, in the order of the report.
  Json results_json(std::size_t bytes, std::size_t& left_out) {
    const auto& findings = input_.findings;
    std::vector<std::size_t> ranked(findings.size());
    for (std::size_t i = 0; i < ranked.size(); ++i) ranked[i] = i;
    const auto rank = [&](std::size_t i) { return std::pair(findings[i].suppressed, -static_cast<int>(findings[i].severity)); };
    std::stable_sort(ranked.begin(), ranked.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    std::map<std::size_t, Json> chosen;
    for (const std::size_t i : ranked) {
      Json result = result_json(findings[i]);
      if (chosen.size() == most_results || result.compact().size() > bytes) break;
      bytes -= result.compact().size();
      chosen.emplace(i, std::move(result));
    }
    left_out = findings.size() - chosen.size();
    Json results = Json::list();
    for (const auto& [at, result] : chosen) results.push_back(result);
    return results;
  }

  Json notifications(std::size_t left_out) const {
    Json list = Json::list();
    const auto add = [&](std::string_view level, const std::string& text) {
      list.push_back(Json{{"level", level}, {"message", message_json(text)}});
    };
    add("note", sentence(std::string(trim(closing_line(input_, {})))));
    if (left_out != 0) {
      add("warning", format("{} not in this file: GitHub takes {} results and 10 MB of a run.",
                            counted(left_out, "finding is", "findings are"), most_results));
    }
    if (places_left_out_ != 0) {
      add("warning", format("{} not in this file: GitHub takes {} of a result.",
                            counted(places_left_out_, "related place is", "related places are"), most_related));
    }
    return list;
  }

  // --- Places

  const Json& artifact(FileId id) {
    const auto known = artifacts_.find(id);
    if (known != artifacts_.end()) return known->second;
    const std::string& path = input_.run.input->sources[id].path();
    const std::string address = input_.in_repository ? input_.in_repository(path) : path;
    Json json{{"uri", uri_of_path(address)}};
    if (!address.starts_with('/')) json.add("uriBaseId", "SRCROOT");
    return artifacts_.emplace(id, std::move(json)).first->second;
  }

  Json region(Span place) const {
    const Position begin = file(place).position(place.begin), end = file(place).position(place.end);
    return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
  }

  /// A pull request shows an annotation only where all its lines were changed: of a longer place, its first line.
  Span first_line(Span place) const {
    const std::uint32_t number = file(place).position(place.begin).line;
    const auto end = file(place).line_begin(number) + static_cast<std::uint32_t>(file(place).line(number).size());
    place.end = std::max(place.begin, std::min(place.end, end));
    return place;
  }

  bool may_show(Span line) {
    const std::string_view text = file(line).text().substr(line.begin, line.size());
    return !first_invalid_utf8(text) && secrets_.within(line).empty();
  }

  void add_snippet(Json& region_json, Span shown) const {
    region_json.add("snippet", message_json(file(shown).text().substr(shown.begin, shown.size())));
  }

  /// The lines around a place; nothing where they say no more than it, or too much.
  std::optional<Span> context(Span place) const {
    const std::uint32_t number = file(place).position(place.begin).line;
    const std::uint32_t first = std::max(number, 2U) - 1, last = std::min(number + 1, file(place).line_count());
    const auto end_of = [&](std::uint32_t line) {
      return file(place).line_begin(line) + static_cast<std::uint32_t>(file(place).line(line).size());
    };
    Span around{place.file, file(place).line_begin(first), end_of(last)};
    if (around.size() > longest_snippet || around == place) return std::nullopt;
    return around;
  }

  bool may_show_lines(Span lines) {
    for (std::uint32_t line = file(lines).position(lines.begin).line; line <= file(lines).position(lines.end).line; ++line) {
      const std::uint32_t begin = file(lines).line_begin(line);
      if (!may_show({lines.file, begin, begin + static_cast<std::uint32_t>(file(lines).line(line).size())})) return false;
    }
    return true;
  }

  Json physical(Span place) {
    const Span shown = first_line(place);
    Json json = region(shown);
    if (!shown.empty() && shown.size() <= longest_snippet && may_show(shown)) add_snippet(json, shown);
    Json whole{{"artifactLocation", artifact(shown.file)}, {"region", json}};
    const auto around = context(shown);
    if (around && may_show_lines(*around)) {
      Json context_json = region(*around);
      add_snippet(context_json, *around);
      whole.add("contextRegion", context_json);
    }
    return whole;
  }

  static Json logical(const ObjectId& object, std::string_view field) {
    std::string name = object.api_version.substr(0, object.api_version.find('/'));
    name = object.api_version.find('/') == std::string::npos ? "" : name + "/";
    name += format("{}/{}{}{}", object.kind, object.ns, object.ns.empty() ? "" : "/", object.name);
    if (!field.empty()) name += format("/{}", field);
    return one({{"name", object.name}, {"fullyQualifiedName", escape_controls(name)}, {"kind", "resource"}});
  }

  // --- A result

  Json result_json(const Diagnostic& finding) {
    const auto rule = std::distance(rules_.begin(), rules_.find(finding.rule->id));
    Json related = Json::list();
    Json json{{"ruleId", finding.rule->id},
              {"ruleIndex", rule},
              {"level", sarif_level(finding.severity)},
              {"kind", "fail"},
              {"message", message_json(message(finding, related))},
              {"locations", locations(finding)}};
    if (!related.empty()) json.add("relatedLocations", related);
    const Json steps = thread_flow(finding.chain);
    if (!steps.empty()) json.add("codeFlows", one({{"threadFlows", one({{"locations", steps}})}}));
    json.add("partialFingerprints", fingerprints(finding));
    const Json fixes = fixes_json(finding);
    if (!fixes.empty()) json.add("fixes", fixes);
    json.add("suppressions", suppressions(finding));
    if (finding.baseline != BaselineState::none) {
      json.add("baselineState", finding.baseline == BaselineState::fresh ? "new" : "unchanged");
    }
    if (!finding.aliases.empty()) json.add("properties", {{"tags", Json::list(finding.aliases)}});
    return json;
  }

  /// GitHub shows the first sentence as the alert's title. Fills `related` with what the links in the text point at.
  std::string message(const Diagnostic& finding, Json& related) {
    std::string text = sentence(without_links(finding.message));
    if (!finding.effect.empty()) text += " In production: " + sentence(without_links(finding.effect));
    if (!finding.cluster.empty()) text += format(" Cluster {}.", without_links(finding.cluster));
    std::string links;
    std::size_t id = 0;
    for (const Note& note : finding.notes) {
      if (!note.where) {
        if (!note.text.empty()) text += " " + sentence(without_links(note.text));
        continue;
      }
      if (id == most_related) {
        ++places_left_out_;
        continue;
      }
      const std::string label = note.text.empty() ? location(input_.run.input->sources, note.where) : escape_controls(note.text);
      links += (links.empty() ? " See " : ", ") + link(label, ++id);
      related.push_back(Json{{"id", id}, {"physicalLocation", physical(note.where)}, {"message", message_json(label)}});
    }
    return links.empty() ? text : text + links + ".";
  }

  Json locations(const Diagnostic& finding) {
    if (!finding.where) return Json::list();
    Json json{{"physicalLocation", physical(finding.where)}};
    if (finding.object) json.add("logicalLocations", logical(*finding.object, finding.field));
    return one(json);
  }

  /// A step that is written in no file is told together with the next one that is.
  Json thread_flow(const std::vector<Step>& chain) {
    Json list = Json::list();
    std::string before;
    for (const Step& step : chain) {
      const std::string text = before + step_text(step);
      before = step.where ? "" : text + " \u2192 ";
      if (!step.where) continue;
      const Json place{{"physicalLocation", physical(step.where)}, {"message", message_json(text)}};
      list.push_back(Json{{"location", place}, {"importance", step.verdict == "broken" ? "essential" : "important"}});
    }
    return list;
  }

  static std::string step_text(const Step& step) {
    std::string text = without_links(step.label);
    if (!step.encryption.empty() && step.encryption != "unknown") text += format(" ({})", step.encryption);
    if (!step.reason.empty()) text += ": " + without_links(step.reason);
    return text;
  }

  /// GitHub's own, so that its action has nothing to add, and ours, which survives a change of the line.
  Json fingerprints(const Diagnostic& finding) {
    Json json{{"hoplint/v1", finding.fingerprint}};
    if (!finding.where) return json;
    const auto [hashes, added] = hashes_.try_emplace(finding.where.file);
    if (added) hashes->second = line_hashes(file(finding.where).stored());
    const std::size_t line = file(finding.where).position(finding.where.begin).line;
    if (line <= hashes->second.size()) json.add("primaryLocationLineHash", hashes->second[line - 1]);
    return json;
  }

  Json fixes_json(const Diagnostic& finding) {
    Json list = Json::list();
    for (const Fix& fix : finding.fixes) {
      if (!secrets_.allow(fix)) continue;
      std::map<FileId, Json> replacements;
      for (const Edit& edit : fix.edits) {
        if (!edit.where) continue;
        Json& of_file = replacements.try_emplace(edit.where.file, Json::list()).first->second;
        of_file.push_back(Json{{"deletedRegion", region(edit.where)}, {"insertedContent", message_json(edit.text)}});
      }
      Json changes = Json::list();
      for (const auto& [id, of_file] : replacements) {
        changes.push_back(Json{{"artifactLocation", artifact(id)}, {"replacements", of_file}});
      }
      const std::string title = format("{} ({})", without_links(fix.title), to_string(fix.safety));
      if (!changes.empty()) list.push_back(Json{{"description", message_json(title)}, {"artifactChanges", changes}});
    }
    return list;
  }

  /// SARIF 3.27.23: all results have a list or none does.
  static Json suppressions(const Diagnostic& finding) {
    Json list = Json::list();
    for (const Suppression& suppression : finding.suppressions) {
      Json json{{"kind", suppression.in_source ? "inSource" : "external"}, {"status", "accepted"}};
      if (!suppression.reason.empty()) json.add("justification", escape_controls(suppression.reason));
      list.push_back(json);
    }
    return list;
  }

  const RenderInput& input_;
  Manifests manifests_;
  Secrets secrets_;
  std::map<std::string_view, const RuleInfo*> rules_;  ///< all, as a clean run is to say what it looked for; by id
  std::size_t places_left_out_ = 0;
  std::map<FileId, Json> artifacts_;
  std::map<FileId, std::vector<std::string>> hashes_;
};

}  // namespace

std::string render_sarif(const RenderInput& input) { return Sarif(input).run(); }

}  // namespace hop
