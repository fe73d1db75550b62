// The only file here that knows nlohmann's header: it is slow to compile.
#include <nlohmann/json.hpp>

#include "report/render.h"
#include "report/wording.h"
#include "text/unicode.h"
#include "version.h"

namespace hop {
namespace {

using Json = nlohmann::ordered_json;

/// ASCII only, so that nothing in a manifest or a path can steer a terminal; what is not UTF-8 becomes U+FFFD.
std::string written(const Json& json) { return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n"; }

Json list(std::span<const std::string> texts) {
  Json json = Json::array();
  for (const std::string& text : texts) json.push_back(text);
  return json;
}

Json object_json(const std::optional<ObjectId>& object) {
  if (!object) return nullptr;
  return {{"apiVersion", object->api_version}, {"kind", object->kind}, {"namespace", object->ns}, {"name", object->name}};
}

/// Lines and columns; the first ones where there is no text.
Json region(const Sources& sources, Span place) {
  const Position begin = place ? sources[place.file].position(place.begin) : Position{};
  const Position end = place ? sources[place.file].position(place.end) : Position{};
  return {{"path", place ? sources[place.file].path() : std::string()},
          {"line", begin.line},
          {"column", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

/// Where a place lies among the stored bytes: what an edit of the file needs.
void add_bytes(Json& json, const Sources& sources, Span place) {
  const std::uint64_t begin = place ? sources[place.file].stored_offset(place.begin) : 0;
  const std::uint64_t end = place ? sources[place.file].stored_offset(place.end) : 0;
  json["offset"] = begin;
  json["length"] = end - begin;
}

Json place_json(const Sources& sources, Span place) {
  Json json = region(sources, place);
  add_bytes(json, sources, place);
  return json;
}

Json related_json(const Sources& sources, const std::vector<Note>& notes) {
  Json json = Json::array();
  for (const Note& note : notes) {
    json.push_back(region(sources, note.where));
    json.back()["message"] = escape_controls(note.text);
  }
  return json;
}

Json chain_json(const Sources& sources, const std::vector<Step>& chain) {
  const auto known = [](const std::string& word) { return word.empty() ? std::string("unknown") : word; };
  Json json = Json::array();
  for (const Step& step : chain) {
    json.push_back({{"kind", step.kind},
                    {"label", escape_controls(step.label)},
                    {"object", object_json(step.object)},
                    {"place", step.where ? place_json(sources, step.where) : Json(nullptr)},
                    {"protocol", step.protocol},
                    {"encryption", known(step.encryption)},
                    {"verified", step.verified},
                    {"verdict", known(step.verdict)},
                    {"reason", escape_controls(step.reason)}});
  }
  return json;
}

Json edits_json(const Sources& sources, const std::vector<Edit>& edits) {
  Json json = Json::array();
  for (const Edit& edit : edits) {
    Json one = {{"path", edit.where ? sources[edit.where.file].path() : std::string()}};
    add_bytes(one, sources, edit.where);
    one["text"] = edit.text;
    json.push_back(std::move(one));
  }
  return json;
}

Json fixes_json(const Sources& sources, const std::vector<Fix>& fixes) {
  Json json = Json::array();
  for (const Fix& fix : fixes) {
    json.push_back({{"title", escape_controls(fix.title)}, {"safety", to_string(fix.safety)}, {"edits", edits_json(sources, fix.edits)}});
  }
  return json;
}

Json finding_json(const Sources& sources, const Diagnostic& finding) {
  Json primary = place_json(sources, finding.where);
  primary["field"] = finding.field;
  return {{"rule", finding.rule->id},
          {"aliases", list(finding.aliases)},
          {"severity", to_string(finding.severity)},
          {"group", to_string(finding.rule->group)},
          {"message", escape_controls(finding.message)},
          {"effect", escape_controls(finding.effect)},
          {"object", object_json(finding.object)},
          {"primary", std::move(primary)},
          {"related", related_json(sources, finding.notes)},
          {"chain", chain_json(sources, finding.chain)},
          {"fixes", fixes_json(sources, finding.fixes)},
          {"fingerprint", finding.fingerprint},
          {"suppressed", finding.suppressed}};
}

Json summary_json(const Summary& summary) {
  return {{"files", summary.files},
          {"documents", summary.documents},
          {"resources", summary.resources},
          {"skipped", {{"templates", summary.templates}, {"notManifests", summary.not_manifests}, {"unreadable", summary.unreadable}}},
          {"references",
           {{"found", summary.references.found}, {"missing", summary.references.missing}, {"outside", summary.references.outside}}},
          {"errors", summary.errors},
          {"warnings", summary.warnings},
          {"infos", summary.infos},
          {"suppressed", summary.suppressed}};
}

Json rule_json(const RuleInfo& rule) {
  Json aliases = Json::array();
  for (const std::string_view alias : rule.aliases) aliases.push_back(alias);
  return {{"rule", rule.id},
          {"family", family(rule)},
          {"severity", to_string(rule.severity)},
          {"group", to_string(rule.group)},
          {"fixes", to_string(rule.fixes)},
          {"aliases", std::move(aliases)},
          {"summary", rule.summary},
          {"effect", rule.effect},
          {"docs", rule.docs},
          {"source", rule.source}};
}

}  // namespace

std::string render_json(const RenderInput& input) {
  Json findings = Json::array();
  for (const Diagnostic& finding : input.findings) findings.push_back(finding_json(input.run.input->sources, finding));
  return written({{"schema", 1},
                  {"tool", {{"name", "hoplint"}, {"version", version}}},
                  {"findings", std::move(findings)},
                  {"summary", summary_json(input.run.summary)}});
}

std::string render_rules_json(std::span<const RuleInfo* const> rules) {
  Json json = Json::array();
  for (const RuleInfo* const rule : rules) json.push_back(rule_json(*rule));
  return written({{"schema", 1}, {"tool", {{"name", "hoplint"}, {"version", version}}}, {"rules", std::move(json)}});
}

}  // namespace hop
