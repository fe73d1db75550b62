#include "lsp/diagnostics.h"

#include <algorithm>
#include <functional>

#include "report/uri.h"
#include "text/format.h"

namespace hop::lsp {
namespace {

int severity_number(Severity severity) { return severity == Severity::error ? 1 : severity == Severity::warning ? 2 : 3; }

/// A place that belongs to a finding, in the newest text.
Span newest(const Found& found, Span place) { return found.newest ? place : found.root->live->here(place); }

const File& text_at(const Found& found, Span place) {
  const LiveFile* file = found.root->live->find(place.file);
  return file != nullptr && file->text != nullptr ? *file->text : *found.root->config_text;
}

/// The other ends, named for clients that show no related places.
std::string other_ends(const Found& found) {
  std::string text;
  for (const Note& note : found.finding->notes) {
    if (!note.where) continue;
    const File& file = text_at(found, note.where);
    text +=
        format("\n{}:{}: {}", found.root->live->short_path(file.path()), file.position(newest(found, note.where).begin).line, note.text);
  }
  return text;
}

Json related_json(const Workspace& workspace, const Abilities& client, const Found& found) {
  Json related = Json::list();
  const auto add = [&](Span place, const std::string& text) {
    if (!place) return;
    const File& file = text_at(found, place);
    related.push_back(
        Json{{"location", Json{{"uri", workspace.uri_of(file.path())}, {"range", range_json(file, newest(found, place), client.unit)}}},
             {"message", text}});
  };
  for (const Note& note : found.finding->notes) add(note.where, note.text);
  for (const Step& step : found.finding->chain) {
    std::string text = format("{} {}", step.kind, step.label);
    if (!step.protocol.empty()) text += format(", {} ({})", step.protocol, step.encryption);
    if (!step.reason.empty()) text += ": " + step.reason;
    add(step.where, text);
  }
  return related;
}

void mix(std::uint64_t& digest, std::uint64_t value) { digest = (digest ^ value) * 0x9e3779b97f4a7c15ULL + (digest >> 29U); }

}  // namespace

Span Found::here() const { return newest ? finding->where : root->live->here(finding->where); }
const File& Found::text() const { return text_at(*this, finding->where); }

std::map<std::string, std::vector<Found>> findings_by_path(const Workspace& workspace) {
  std::map<std::string, std::vector<Found>> found;
  for (const Root& root : workspace.roots()) {
    const Buffers& buffers = workspace.buffers();
    if (root.config_text != nullptr) {
      for (const Diagnostic& mistake : root.config_mistakes) {
        if (mistake.where) found[root.config].push_back({&root, &mistake, true});
      }
    }
    const bool never_fine = !root.config_mistakes.empty() && root.live->settings().config == nullptr;
    if (never_fine || !root.live->run().graph) continue;
    FileId last = no_file;
    std::vector<Found>* list = nullptr;
    for (const Diagnostic& finding : root.live->run().findings) {
      if (finding.suppressed || !finding.where) continue;
      if (list == nullptr || finding.where.file != last) {
        last = finding.where.file;
        list = &found[buffers.absolute(root.live->text(last).path())];
      }
      list->push_back({&root, &finding, false});
    }
    for (const LiveFile& file : root.live->files()) {
      for (const Diagnostic& finding : file.broken) {
        if (!finding.suppressed) found[buffers.absolute(file.found.path)].push_back({&root, &finding, true});
      }
    }
  }
  return found;
}

Json diagnostic_json(const Workspace& workspace, const Abilities& client, const Found& found) {
  const Diagnostic& finding = *found.finding;
  std::string message = finding.message;
  if (!finding.effect.empty()) message += "\neffect: " + finding.effect;
  if (!client.related_information) message += other_ends(found);
  Json json{{"range", range_json(found.text(), found.here(), client.unit)},
            {"severity", severity_number(finding.severity)},
            {"code", finding.rule->id},
            {"source", "hoplint"},
            {"message", message}};
  if (client.code_description) json.add("codeDescription", Json{{"href", rule_page_uri(finding.rule->id)}});
  if (client.diagnostic_tags) {
    Json tags = Json::list();
    if (finding.rule->ineffective) tags.push_back(1);
    if (finding.rule->group == Group::deprecation) tags.push_back(2);
    if (!tags.empty()) json.add("tags", tags);
  }
  if (client.related_information) {
    if (const Json related = related_json(workspace, client, found); !related.empty()) json.add("relatedInformation", related);
  }
  if (client.diagnostic_data) json.add("data", Json{{"fingerprint", finding.fingerprint}});
  return json;
}

Json diagnostics_json(const Workspace& workspace, const Abilities& client, const std::vector<Found>& found) {
  Json list = Json::list();
  for (const Found& one : found) list.push_back(diagnostic_json(workspace, client, one));
  return list;
}

std::uint64_t digest_of(const std::vector<Found>& found) {
  const std::hash<std::string_view> text;
  std::uint64_t digest = found.size();
  for (const Found& one : found) {
    const Diagnostic& finding = *one.finding;
    const auto add_place = [&](Span place) {
      if (!place) return;
      const Span here = newest(one, place);
      // The same offset may be on another line now.
      mix(digest, text_at(one, place).position(here.begin, ColumnUnit::byte).line);
      mix(digest, (std::uint64_t{here.begin} << 32U) | here.end);
      mix(digest, static_cast<std::uint64_t>(here.file));
    };
    mix(digest, text(finding.message));
    mix(digest, text(finding.rule->id) + static_cast<std::uint64_t>(finding.severity));
    add_place(finding.where);
    for (const Note& note : finding.notes) add_place(note.where), mix(digest, text(note.text));
    for (const Step& step : finding.chain) add_place(step.where), mix(digest, text(step.reason));
  }
  return digest;
}

}  // namespace hop::lsp
