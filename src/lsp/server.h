#pragma once
// The language server without its streams: messages in, messages out, work in slices. Reads no stdin, has no thread and no clock.
// Source: Language Server Protocol 3.17.
//
// handle() takes one message and answers what needs no work; what does waits until step() has brought the findings up to date. Whoever owns
// the streams calls handle() for whatever has come, and step() when nothing has: so an edit stops the work on the text before it.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/asked.h"
#include "lsp/rpc.h"
#include "lsp/workspace.h"

namespace hop::lsp {

class Server {
 public:
  /// `disk` must outlive this. `today` is YYYY-MM-DD; `jobs` as in Settings.
  Server(const FileSystem& disk, std::string today, unsigned jobs = 1);

  /// One message, as text; any bytes will do.
  void handle(std::string_view message);
  /// One slice of work; false if there is none. What goes wrong inside is logged and dropped, not thrown.
  bool step();
  /// What is to be sent since it was last asked, in order.
  std::vector<std::string> take_output();

  /// Once `exit` came: 0 after `shutdown`, else 1.
  std::optional<int> exit_code() const { return exit_code_; }
  /// The process that started us, if it said so: we are to end with it.
  std::optional<std::int64_t> parent() const { return parent_; }

 private:
  enum class Stage : std::uint8_t { started, initialized, shut_down };
  /// A request that waits for its turn.
  struct Pending {
    JsonValue id;
    std::string method;
    JsonValue params;
    std::string path;  ///< absolute, of its document; "" if it has none
  };
  /// What the client was asked, until it answers.
  enum class Question : std::uint8_t { other, configuration, progress };

  void handle_message(std::string_view text);
  void handle_request(Message message);
  void handle_notification(const Message& message);
  void handle_response(const Message& message);

  void initialize(const Message& message);
  void initialized();
  void did_open(const JsonValue& params);
  void did_change(const JsonValue& params);
  void did_close(const JsonValue& params);
  void did_save();
  void watched_files_changed(const JsonValue& params);
  void folders_changed(const JsonValue& params);
  void configuration_changed(const JsonValue& params);
  void cancel(const JsonValue& id);
  void set_trace(std::string_view value);

  bool do_slice();
  bool answer_one();
  std::optional<Answer> answer(const Pending& pending);
  Answer execute(const JsonValue& params);
  Answer suppress(const JsonValue& arguments);
  Answer apply_edit(std::string_view label, const Json& edit);
  std::string debug_information() const;

  // Diagnostics (server_diagnostics.cpp).
  void publish();
  void publish_one(const std::string& path, const Json& diagnostics);
  Answer pull(const Pending& pending);
  Answer pull_workspace(const JsonValue& params);

  void progress();
  void register_capabilities();
  void send(std::string message) { output_.push_back(std::move(message)); }
  void notify(std::string_view method, const Json& params) { send(notification(method, params)); }
  void ask(std::string_view method, const Json& params, Question question = Question::other);
  void log_error(const std::exception& error);
  void trace(std::string_view text);

  Stage stage_ = Stage::started;
  bool has_initialize_ = false;
  std::optional<int> exit_code_;
  std::optional<std::int64_t> parent_;
  Abilities client_;
  UserSettings initial_settings_;  ///< of initialize: they hold for a client that has none when it is asked
  Workspace workspace_;
  Relations relations_;
  std::deque<Pending> pending_;
  std::vector<std::string> output_;
  std::int64_t last_id_ = 0;
  std::map<std::int64_t, Question> questions_;
  bool traces_ = false;
  std::string last_error_;  ///< told already
  std::size_t last_error_generation_ = 0;

  bool wants_publish_ = false;
  std::size_t published_generation_ = 0;
  std::map<std::string, std::uint64_t> published_;  ///< digest of what was pushed for a path; none for what is empty
  std::map<std::string, std::uint64_t> pulled_;     ///< digest of what was given for an open path
  bool pulls_workspace_ = false;
  bool shows_lenses_ = false;  ///< the client asked for some

  enum class Progress : std::uint8_t { none, asked, begun, done };
  Progress progress_ = Progress::none;
  unsigned percent_ = 0;
};

}  // namespace hop::lsp
