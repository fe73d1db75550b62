#include "lsp/server.h"

#include <algorithm>
#include <exception>
#include <span>
#include <utility>

#include "engine/add_suppressions.h"
#include "lsp/edits.h"
#include "lsp/fix_all.h"
#include "lsp/show_trace.h"
#include "lsp/uri.h"
#include "report/uri.h"
#include "report/wording.h"
#include "text/format.h"
#include "text/words.h"

namespace hop::lsp {
namespace {

constexpr auto progress_token = "hoplint/index";

/// A feature of the server, and whether it needs what it answers from to be up to date.
struct Feature {
  std::string_view method;
  Answer (*answer)(const Asked&);
  bool waits = true;
};

constexpr Feature features[] = {{"textDocument/definition", definition},
                                {"textDocument/declaration", definition},
                                {"textDocument/references", references},
                                {"textDocument/documentHighlight", highlights},
                                {"textDocument/prepareRename", prepare_rename},
                                {"textDocument/rename", rename},
                                {"textDocument/documentSymbol", document_symbols},
                                {"workspace/symbol", workspace_symbols},
                                {"textDocument/hover", hover},
                                {"textDocument/completion", completion, false},
                                {"textDocument/codeLens", lenses},
                                {"hoplint/trace", show_trace},
                                {"textDocument/codeAction", code_actions},
                                {"codeAction/resolve", resolve_action}};

constexpr std::string_view own_requests[] = {"textDocument/diagnostic", "workspace/diagnostic", "workspace/executeCommand"};

const Feature* find_feature(std::string_view method) {
  const Feature* const found = std::ranges::find(features, method, &Feature::method);
  return found == std::end(features) ? nullptr : found;
}

/// Requests whose answer for another text than the client asked about would be wrong.
bool speaks_of_places(const JsonValue& params) { return params["position"].has_value() || params["range"].has_value(); }

std::string path_of(const JsonValue& params) { return path_of_uri(params["textDocument"]["uri"].str()).value_or(""); }

}  // namespace

Server::Server(const FileSystem& disk, std::string today, unsigned jobs) : workspace_(disk, std::move(today), jobs) {}

std::vector<std::string> Server::take_output() { return std::exchange(output_, {}); }

void Server::ask(std::string_view method, const Json& params, Question question) {
  questions_[++last_id_] = question;
  send(request(last_id_, method, params));
}

/// Typing on in the same text is likely to end in the same error again: that is told once, until the work was done to its end.
void Server::log_error(const std::exception& error) {
  const bool is_told = last_error_ == error.what() && last_error_generation_ == workspace_.generation();
  last_error_ = error.what();
  last_error_generation_ = workspace_.generation();
  if (is_told) return;
  notify("window/logMessage", Json{{"type", 1}, {"message", format("internal error: {}; the work at hand is dropped", last_error_)}});
}

void Server::trace(std::string_view text) {
  if (traces_) notify("$/logTrace", Json{{"message", text}});
}

void Server::handle(std::string_view text) {
  if (exit_code_) return;
  try {
    handle_message(text);
  } catch (const std::exception& error) {
    log_error(error);
  }
}

void Server::handle_message(std::string_view text) {
  if (text.empty()) return send(error_response({}, {ErrorCode::invalid_request, "the message is larger than what is read at once"}));
  auto value = JsonValue::parse(text);
  if (!value) return send(error_response({}, {ErrorCode::parse_error, "the message is no JSON"}));
  Message message = read_message(*value);
  switch (message.type) {
    case Message::Type::request:
      return handle_request(std::move(message));
    case Message::Type::notification:
      return handle_notification(message);
    case Message::Type::response:
      return handle_response(message);
    case Message::Type::invalid:
      return send(error_response(message.id, {ErrorCode::invalid_request, "the message is no request, notification or response"}));
  }
}

void Server::handle_request(Message message) {
  const auto refuse = [&](ErrorCode code, std::string why) { send(error_response(message.id, {code, std::move(why)})); };
  trace(format("request {}", message.method));
  if (stage_ == Stage::shut_down) return refuse(ErrorCode::invalid_request, "the server is shut down");
  if (message.method == "initialize") {
    if (has_initialize_) return refuse(ErrorCode::invalid_request, "the server is initialized already");
    return initialize(message);
  }
  if (!has_initialize_) return refuse(ErrorCode::server_not_initialized, "the first request is `initialize`");
  if (message.method == "shutdown") {
    for (const Pending& pending : pending_) send(error_response(pending.id, {ErrorCode::request_cancelled, "the server shuts down"}));
    pending_.clear();
    stage_ = Stage::shut_down;
    return send(response(message.id, Json::null()));
  }
  const bool known = find_feature(message.method) != nullptr || std::ranges::find(own_requests, message.method) != std::end(own_requests);
  if (!known) return refuse(ErrorCode::method_not_found, format("there is no method `{}`", shorten(message.method)));
  std::string path = path_of(message.params);
  pending_.push_back({std::move(message.id), std::move(message.method), std::move(message.params), std::move(path)});
}

void Server::handle_notification(const Message& message) {
  const std::string_view method = message.method;
  if (method == "exit") {
    exit_code_ = stage_ == Stage::shut_down ? 0 : 1;
    return;
  }
  if (!has_initialize_ || stage_ == Stage::shut_down) return;
  trace(format("notification {}", method));
  if (method == "initialized") return initialized();
  if (method == "textDocument/didOpen") return did_open(message.params);
  if (method == "textDocument/didChange") return did_change(message.params);
  if (method == "textDocument/didClose") return did_close(message.params);
  if (method == "textDocument/didSave") return did_save();
  if (method == "workspace/didChangeWatchedFiles") return watched_files_changed(message.params);
  if (method == "workspace/didChangeWorkspaceFolders") return folders_changed(message.params);
  if (method == "workspace/didChangeConfiguration") return configuration_changed(message.params);
  if (method == "$/cancelRequest") return cancel(message.params["id"]);
  if (method == "$/setTrace") return set_trace(message.params["value"].str());
}

void Server::handle_response(const Message& message) {
  const auto found = questions_.find(message.id.integer().value_or(-1));
  if (found == questions_.end()) return;
  const Question question = found->second;
  questions_.erase(found);
  if (question == Question::configuration && !message.params.items().empty()) {
    const JsonValue& settings = message.params.items().front();
    if (workspace_.set_user_settings(settings.has_value() ? read_user_settings(settings) : initial_settings_)) wants_publish_ = true;
  }
  if (question == Question::progress && progress_ == Progress::asked) {
    progress_ = message.params ? Progress::begun : Progress::done;  // an error: the client wants none
    if (progress_ == Progress::done || workspace_.settled()) return void(progress_ = Progress::done);
    notify("$/progress",
           Json{{"token", progress_token},
                {"value", Json{{"kind", "begin"}, {"title", "hoplint: reading manifests"}, {"cancellable", false}, {"percentage", 0}}}});
  }
}

void Server::initialize(const Message& message) {
  const JsonValue& params = message.params;
  has_initialize_ = true;
  client_ = read_abilities(params);
  parent_ = params["processId"].integer();
  set_trace(params["trace"].str());
  initial_settings_ = read_user_settings(params["initializationOptions"]);
  workspace_.set_user_settings(initial_settings_);
  std::set<std::string> folders;
  const auto add = [&](std::string_view uri) {
    if (const auto path = path_of_uri(uri)) folders.insert(*path);
  };
  for (const JsonValue& folder : params["workspaceFolders"].items()) add(folder["uri"].str());
  if (!params["workspaceFolders"].has_value()) add(params["rootUri"].str());
  const std::string_view root_path = params["rootPath"].str();
  if (!params["workspaceFolders"].has_value() && !params["rootUri"].has_value() && root_path.starts_with('/')) {
    folders.insert(join_path("/", root_path));
  }
  workspace_.set_folders(std::move(folders));
  send(response(message.id, initialize_result(client_)));
}

void Server::initialized() {
  if (stage_ != Stage::started) return;
  stage_ = Stage::initialized;
  register_capabilities();
  if (client_.configuration) {
    ask("workspace/configuration", Json{{"items", Json::list(std::vector<Json>{Json{{"section", "hoplint"}}})}}, Question::configuration);
  }
  if (client_.progress) {
    progress_ = Progress::asked;
    ask("window/workDoneProgress/create", Json{{"token", progress_token}}, Question::progress);
  }
}

void Server::register_capabilities() {
  Json registrations = Json::list();
  if (client_.watches_files) {
    Json watchers = Json::list();
    for (const char* glob : {"**/*.{yaml,yml,json}", "**/Kustomization", "**/.gitignore", "**/.hoplint.yaml"}) {
      watchers.push_back(Json{{"globPattern", glob}});
    }
    registrations.push_back(
        Json{{"id", "hoplint-files"}, {"method", "workspace/didChangeWatchedFiles"}, {"registerOptions", Json{{"watchers", watchers}}}});
  }
  if (client_.configuration_registration) {
    registrations.push_back(Json{{"id", "hoplint-configuration"},
                                 {"method", "workspace/didChangeConfiguration"},
                                 {"registerOptions", Json{{"section", "hoplint"}}}});
  }
  if (!registrations.empty()) ask("client/registerCapability", Json{{"registrations", registrations}});
}

void Server::did_open(const JsonValue& params) {
  const JsonValue& document = params["textDocument"];
  const std::string path = path_of(params);
  if (path.empty()) return;
  workspace_.buffers().open(path, std::string(document["uri"].str()), document["version"].integer().value_or(0), document["text"].str());
  workspace_.document_moved(path);
  if (client_.pulls_diagnostics && published_.erase(path) > 0) publish_one(path, Json::list());
  // Editors that list the findings of closed files apart want them anew for one that they open: its digest is to be no longer the same.
  if (const auto told = published_.find(path); told != published_.end()) told->second = ~told->second;
  wants_publish_ = true;
}

void Server::did_change(const JsonValue& params) {
  const std::string path = path_of(params);
  const std::int64_t version = params["textDocument"]["version"].integer().value_or(0);
  if (path.empty() || !workspace_.buffers().change(path, version, params["contentChanges"], client_.unit)) return;
  std::erase_if(pending_, [&](const Pending& pending) {
    if (pending.path != path || !speaks_of_places(pending.params)) return false;
    send(error_response(pending.id, {ErrorCode::content_modified, "the document was changed since"}));
    return true;
  });
  workspace_.document_changed(path);
  wants_publish_ = true;
}

void Server::did_close(const JsonValue& params) {
  const std::string path = path_of(params);
  if (!workspace_.buffers().close(path)) return;
  pulled_.erase(path);
  workspace_.document_moved(path);
  wants_publish_ = true;
}

/// A client that cannot watch files tells us of no others: what was saved may be one of many.
void Server::did_save() {
  if (client_.watches_files) return;
  workspace_.rescan();
  wants_publish_ = true;
}

void Server::watched_files_changed(const JsonValue& params) {
  for (const JsonValue& change : params["changes"].items()) {
    if (const auto path = path_of_uri(change["uri"].str())) workspace_.file_changed(*path);
  }
  wants_publish_ = true;
}

void Server::folders_changed(const JsonValue& params) {
  std::set<std::string> folders = workspace_.folders();
  for (const JsonValue& folder : params["event"]["removed"].items()) {
    if (const auto path = path_of_uri(folder["uri"].str())) folders.erase(*path);
  }
  for (const JsonValue& folder : params["event"]["added"].items()) {
    if (const auto path = path_of_uri(folder["uri"].str())) folders.insert(*path);
  }
  workspace_.set_folders(std::move(folders));
  wants_publish_ = true;
}

void Server::configuration_changed(const JsonValue& params) {
  if (client_.configuration) {
    return ask("workspace/configuration", Json{{"items", Json::list(std::vector<Json>{Json{{"section", "hoplint"}}})}},
               Question::configuration);
  }
  const JsonValue& settings = params["settings"]["hoplint"];
  if (settings.has_value() && workspace_.set_user_settings(read_user_settings(settings))) wants_publish_ = true;
}

void Server::cancel(const JsonValue& id) {
  std::erase_if(pending_, [&](const Pending& pending) {
    if (pending.id.type() != id.type() || pending.id.text() != id.text()) return false;
    send(error_response(pending.id, {ErrorCode::request_cancelled, "cancelled"}));
    return true;
  });
}

void Server::set_trace(std::string_view value) {
  if (!value.empty()) traces_ = value == "messages" || value == "verbose";
}

bool Server::step() {
  try {
    return do_slice();
  } catch (const std::exception& error) {
    log_error(error);
    return true;
  }
}

bool Server::do_slice() {
  if (exit_code_ || stage_ != Stage::initialized) return answer_one();
  if (answer_one()) return true;
  if (workspace_.step()) {
    progress();
    return true;
  }
  if (workspace_.generation() == published_generation_ && !wants_publish_) return false;
  progress();
  publish();
  return true;
}

void Server::progress() {
  if (progress_ != Progress::begun) return;
  if (workspace_.settled()) {
    progress_ = Progress::done;
    return notify("$/progress", Json{{"token", progress_token}, {"value", Json{{"kind", "end"}}}});
  }
  const unsigned percent = workspace_.percent();
  if (percent < percent_ + 5) return;
  percent_ = percent;
  notify("$/progress", Json{{"token", progress_token}, {"value", Json{{"kind", "report"}, {"percentage", percent}}}});
}

/// The first that can be answered now: those that need no work do not wait behind those that do.
bool Server::answer_one() {
  for (auto at = pending_.begin(); at != pending_.end(); ++at) {
    std::optional<Answer> found;
    try {
      found = answer(*at);
    } catch (const std::exception& error) {
      found = Failed{ErrorCode::internal_error, error.what()};
    }
    if (!found) continue;
    const Json* result = std::get_if<Json>(&*found);
    send(result != nullptr ? response(at->id, *result) : error_response(at->id, std::get<Failed>(*found)));
    pending_.erase(at);
    return true;
  }
  return false;
}

std::optional<Answer> Server::answer(const Pending& pending) {
  const Feature* feature = find_feature(pending.method);
  shows_lenses_ = shows_lenses_ || pending.method == "textDocument/codeLens";
  const bool waits = feature == nullptr || feature->waits;
  if (waits && stage_ == Stage::initialized && !workspace_.settled()) return std::nullopt;
  if (pending.method == "textDocument/diagnostic") return pull(pending);
  if (pending.method == "workspace/diagnostic") return pull_workspace(pending.params);
  if (pending.method == "workspace/executeCommand") return execute(pending.params);
  return feature->answer({workspace_, client_, relations_, pending.params});
}

Answer Server::apply_edit(std::string_view label, const Json& edit) {
  if (!client_.applies_edits) return Failed{ErrorCode::request_failed, "the client cannot be asked to make edits"};
  ask("workspace/applyEdit", Json{{"label", label}, {"edit", edit}});
  return Json::null();
}

Answer Server::execute(const JsonValue& params) {
  const std::string_view command = params["command"].str();
  const JsonValue& arguments = params["arguments"];
  if (command == Commands::fix_file && !arguments.items().empty()) {
    const auto path = path_of_uri(arguments.items()[0].str());
    const auto spot = path ? workspace_.find(*path) : std::nullopt;
    if (!spot) return Failed{ErrorCode::invalid_params, "this file is none that is linted"};
    return apply_edit("hoplint: safe fixes of the file", fix_all_json(workspace_, client_, *spot->root, *path));
  }
  if (command == Commands::fix_workspace) {
    for (const Root& root : workspace_.roots()) {
      Answer answer = apply_edit("hoplint: all safe fixes", fix_all_json(workspace_, client_, root, ""));
      if (std::holds_alternative<Failed>(answer)) return answer;
    }
    return Json::null();
  }
  if (command == Commands::suppress) return suppress(arguments);
  if (command == Commands::trace && arguments.items().size() == 1) {
    const JsonValue& asked = arguments.items()[0];
    return show_trace({workspace_, client_, relations_, asked});
  }
  if (command == Commands::restart_index) {
    workspace_.rescan();
    wants_publish_ = true;
    return Json::null();
  }
  if (command == Commands::debug_information) return Json(debug_information());
  return Failed{ErrorCode::invalid_params, format("there is no command `{}`, or its arguments are wrong", shorten(command))};
}

/// URI, fingerprint, reason.
Answer Server::suppress(const JsonValue& arguments) {
  if (arguments.items().size() != 3) return Failed{ErrorCode::invalid_params, "expected a URI, a fingerprint and a reason"};
  const auto path = path_of_uri(arguments.items()[0].str());
  const auto spot = path ? workspace_.find(*path) : std::nullopt;
  if (!spot) return Failed{ErrorCode::invalid_params, "this file is none that is linted"};
  const std::string_view fingerprint = arguments.items()[1].str();
  // A line end would end the comment.
  std::string reason(arguments.items()[2].str());
  std::ranges::replace_if(reason, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  for (const Diagnostic& finding : spot->live().run().findings) {
    if (finding.fingerprint != fingerprint) continue;
    const auto fix = suppression_of({std::string(trim(reason)), "", Severity::info}, spot->live().run(), finding);
    EditBuilder edit(workspace_, client_);
    if (fix && edit.add(spot->live(), fix->edits)) return apply_edit("hoplint: allow " + std::string(finding.rule->id), edit.json());
  }
  return Failed{ErrorCode::request_failed, "the finding is not there any more, or no comment can stand there"};
}

std::string Server::debug_information() const {
  std::string text = counted(pending_.size(), "request waits\n", "requests wait\n");
  for (const Root& root : workspace_.roots()) {
    const LiveRoot& live = *root.live;
    text += format("{}: {} files, {} resources, {} findings, run {}{}\n", root.folder, live.files().size(), live.run().summary.resources,
                   live.run().findings.size(), live.generation(), live.settled() ? "" : ", at work");
  }
  return text;
}

}  // namespace hop::lsp
