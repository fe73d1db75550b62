#pragma once
// What the client says that it can do, and what the server answers that it can. Knows nothing of how anything is done.
// Source: LSP 3.17, `initialize`.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lsp/json_value.h"
#include "report/json_text.h"
#include "text/file.h"

namespace hop::lsp {

struct Abilities {
  ColumnUnit unit = ColumnUnit::utf16;  ///< what positions count: bytes if the client offers it
  bool related_information = false, diagnostic_tags = false, code_description = false, diagnostic_version = false, diagnostic_data = false;
  bool pulls_diagnostics = false;     ///< it asks for those of open files, and can be told to ask again
  bool document_changes = false;      ///< edits that name the version they are for
  bool creates_files = false;         ///< edits that make files
  bool asks_before_edits = false;     ///< changeAnnotations
  bool resolves_edits = false;        ///< edits of code actions may come later
  bool code_action_literals = false;  ///< without, actions are commands
  bool preferred_actions = false;
  bool nested_symbols = false;
  bool markdown = false;  ///< hover
  bool watches_files = false;
  bool progress = false;
  bool configuration = false, configuration_registration = false;
  bool applies_edits = false;
  bool refreshes_lenses = false;
  bool prepares_rename = false;
  bool links = false;              ///< LocationLink for definitions
  std::set<std::string> commands;  ///< of the client's own: experimental.hoplint.commands
};

Abilities read_abilities(const JsonValue& params);

/// The result of `initialize`.
Json initialize_result(const Abilities& client);

/// Commands of workspace/executeCommand.
struct Commands {
  static constexpr std::string_view fix_file = "hoplint.fixFile";
  static constexpr std::string_view fix_workspace = "hoplint.fixWorkspace";
  static constexpr std::string_view suppress = "hoplint.suppress";
  static constexpr std::string_view trace = "hoplint.trace";  ///< takes what `hoplint/trace` takes
  static constexpr std::string_view restart_index = "hoplint.restartIndex";
  static constexpr std::string_view debug_information = "hoplint.printDebugInformation";
};

}  // namespace hop::lsp
