// When diagnostics are sent: pushed, or pulled by clients that can be told to ask again. Nothing is sent twice.

#include <algorithm>
#include <utility>

#include "lsp/diagnostics.h"
#include "lsp/server.h"
#include "lsp/uri.h"
#include "text/format.h"

namespace hop::lsp {
namespace {

/// Reports sent at once to a client that takes them in parts.
constexpr std::size_t reports_per_part = 64;

std::string id_of(std::uint64_t digest) { return format("{:016x}", digest); }

}  // namespace

void Server::publish_one(const std::string& path, const Json& diagnostics) {
  Json params{{"uri", workspace_.uri_of(path)}, {"diagnostics", diagnostics}};
  const Buffer* buffer = workspace_.buffers().find(path);
  if (buffer != nullptr && client_.diagnostic_version) params.add("version", buffer->version);
  notify("textDocument/publishDiagnostics", params);
}

void Server::publish() {
  wants_publish_ = false;
  const bool is_new = std::exchange(published_generation_, workspace_.generation()) != workspace_.generation();
  if (is_new && shows_lenses_ && client_.refreshes_lenses) ask("workspace/codeLens/refresh", Json::null());
  const auto found = findings_by_path(workspace_);
  const auto is_pulled = [&](const std::string& path) {
    return client_.pulls_diagnostics && (pulls_workspace_ || workspace_.buffers().find(path) != nullptr);
  };
  for (const auto& [path, list] : found) {
    if (is_pulled(path)) continue;
    const std::uint64_t digest = digest_of(list);
    const auto [at, fresh] = published_.try_emplace(path, digest);
    if (!fresh && at->second == digest) continue;
    at->second = digest;
    publish_one(path, diagnostics_json(workspace_, client_, list));
  }
  for (auto at = published_.begin(); at != published_.end();) {
    const bool stays = found.contains(at->first) && !is_pulled(at->first);
    if (!stays) publish_one(at->first, Json::list());
    at = stays ? std::next(at) : published_.erase(at);
  }
  const bool outdated = std::ranges::any_of(pulled_, [&](const auto& one) {
    const auto now = found.find(one.first);
    return one.second != digest_of(now == found.end() ? std::vector<Found>{} : now->second);
  });
  const bool asks_anyway = std::ranges::any_of(pending_, [](const Pending& one) { return one.method == "textDocument/diagnostic"; });
  if (outdated && !asks_anyway) ask("workspace/diagnostic/refresh", Json::null());
  trace(format("diagnostics of {} files", found.size()));
}

Answer Server::pull(const Pending& pending) {
  const auto all = findings_by_path(workspace_);
  const auto found = all.find(pending.path);
  const std::vector<Found> list = found == all.end() ? std::vector<Found>{} : found->second;
  const std::uint64_t digest = digest_of(list);
  if (!pending.path.empty() && workspace_.buffers().find(pending.path) != nullptr) pulled_[pending.path] = digest;
  if (pending.params["previousResultId"].str() == id_of(digest)) return Json{{"kind", "unchanged"}, {"resultId", id_of(digest)}};
  return Json{{"kind", "full"}, {"resultId", id_of(digest)}, {"items", diagnostics_json(workspace_, client_, list)}};
}

Answer Server::pull_workspace(const JsonValue& params) {
  if (!std::exchange(pulls_workspace_, true)) wants_publish_ = true;  // what was pushed is taken back
  std::map<std::string, std::string> before;
  for (const JsonValue& id : params["previousResultIds"].items()) {
    if (const auto path = path_of_uri(id["uri"].str())) before[*path] = id["value"].str();
  }
  auto found = findings_by_path(workspace_);
  for (const auto& [path, id] : before) found.try_emplace(path);
  std::vector<Json> reports;
  for (const auto& [path, list] : found) {
    const std::string id = id_of(digest_of(list));
    const Buffer* buffer = workspace_.buffers().find(path);
    const auto was = before.find(path);
    Json report{{"uri", workspace_.uri_of(path)}, {"version", buffer != nullptr ? Json(buffer->version) : Json::null()}, {"resultId", id}};
    const bool same = was != before.end() && was->second == id;
    report.add("kind", same ? "unchanged" : "full");
    if (!same) report.add("items", diagnostics_json(workspace_, client_, list));
    reports.push_back(report);
  }
  const JsonValue& token = params["partialResultToken"];
  if (!token.has_value()) return Json{{"items", Json::list(reports)}};
  for (std::size_t at = 0; at < reports.size(); at += reports_per_part) {
    const std::vector<Json> part(reports.begin() + static_cast<std::ptrdiff_t>(at),
                                 reports.begin() + static_cast<std::ptrdiff_t>(std::min(at + reports_per_part, reports.size())));
    notify("$/progress", Json{{"token", Json::verbatim(token.text())}, {"value", Json{{"items", Json::list(part)}}}});
  }
  return Json{{"items", Json::list()}};
}

}  // namespace hop::lsp
