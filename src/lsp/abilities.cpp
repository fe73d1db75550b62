#include "lsp/abilities.h"

#include <algorithm>

#include "version.h"

namespace hop::lsp {
namespace {

bool lists(const JsonValue& list, std::string_view word) {
  return std::any_of(list.items().begin(), list.items().end(), [&](const JsonValue& item) { return item.str() == word; });
}

void read_text_document(const JsonValue& document, Abilities& client) {
  const JsonValue& publish = document["publishDiagnostics"];
  client.related_information = publish["relatedInformation"].truth();
  client.diagnostic_tags = publish["tagSupport"].has_value();
  client.code_description = publish["codeDescriptionSupport"].truth();
  client.diagnostic_version = publish["versionSupport"].truth();
  client.diagnostic_data = publish["dataSupport"].truth();
  const JsonValue& action = document["codeAction"];
  client.code_action_literals = action["codeActionLiteralSupport"].has_value();
  client.resolves_edits = lists(action["resolveSupport"]["properties"], "edit");
  client.preferred_actions = action["isPreferredSupport"].truth();
  client.nested_symbols = document["documentSymbol"]["hierarchicalDocumentSymbolSupport"].truth();
  client.markdown = lists(document["hover"]["contentFormat"], "markdown");
  client.prepares_rename = document["rename"]["prepareSupport"].truth();
  client.links = document["definition"]["linkSupport"].truth();
}

void read_workspace(const JsonValue& workspace, Abilities& client) {
  const JsonValue& edit = workspace["workspaceEdit"];
  client.document_changes = edit["documentChanges"].truth();
  client.creates_files = client.document_changes && lists(edit["resourceOperations"], "create");
  client.asks_before_edits = client.document_changes && edit["changeAnnotationSupport"].has_value();
  client.applies_edits = workspace["applyEdit"].truth();
  client.watches_files = workspace["didChangeWatchedFiles"]["dynamicRegistration"].truth();
  client.configuration = workspace["configuration"].truth();
  client.configuration_registration = workspace["didChangeConfiguration"]["dynamicRegistration"].truth();
  client.refreshes_lenses = workspace["codeLens"]["refreshSupport"].truth();
}

}  // namespace

Abilities read_abilities(const JsonValue& params) {
  const JsonValue& all = params["capabilities"];
  Abilities client;
  if (lists(all["general"]["positionEncodings"], "utf-8")) client.unit = ColumnUnit::byte;
  read_text_document(all["textDocument"], client);
  read_workspace(all["workspace"], client);
  client.progress = all["window"]["workDoneProgress"].truth();
  // Findings depend on other files: a client that cannot be told to ask again is better told them.
  client.pulls_diagnostics = all["textDocument"]["diagnostic"].has_value() && all["workspace"]["diagnostics"]["refreshSupport"].truth();
  for (const JsonValue& name : all["experimental"]["hoplint"]["commands"].items()) client.commands.emplace(name.str());
  for (const JsonValue& name : params["initializationOptions"]["commands"].items()) client.commands.emplace(name.str());
  return client;
}

Json initialize_result(const Abilities& client) {
  Json capabilities{{"positionEncoding", client.unit == ColumnUnit::byte ? "utf-8" : "utf-16"},
                    {"textDocumentSync", Json{{"openClose", true}, {"change", 2}, {"save", Json{{"includeText", false}}}}},
                    {"hoverProvider", true},
                    {"definitionProvider", true},
                    {"declarationProvider", true},
                    {"referencesProvider", true},
                    {"documentHighlightProvider", true},
                    {"documentSymbolProvider", true},
                    {"workspaceSymbolProvider", true}};
  if (client.prepares_rename) {
    capabilities.add("renameProvider", Json{{"prepareProvider", true}});
  } else {
    capabilities.add("renameProvider", true);
  }
  capabilities.add("codeLensProvider", Json{{"resolveProvider", false}});
  Json triggers = Json::list();
  for (const char* trigger : {" ", "/", ":", "-", "\"", "."}) triggers.push_back(trigger);
  capabilities.add("completionProvider", Json{{"triggerCharacters", triggers}, {"resolveProvider", false}});
  Json kinds = Json::list();
  for (const char* kind : {"quickfix", "source.fixAll", "source.fixAll.hoplint", "hoplint.showTrace"}) kinds.push_back(kind);
  if (client.code_action_literals) {
    capabilities.add("codeActionProvider", Json{{"codeActionKinds", kinds}, {"resolveProvider", client.resolves_edits}});
  } else {
    capabilities.add("codeActionProvider", true);
  }
  Json commands = Json::list();
  for (const std::string_view name : {Commands::fix_file, Commands::fix_workspace, Commands::suppress, Commands::trace,
                                      Commands::restart_index, Commands::debug_information}) {
    commands.push_back(name);
  }
  capabilities.add("executeCommandProvider", Json{{"commands", commands}});
  if (client.pulls_diagnostics) {
    capabilities.add("diagnosticProvider",
                     Json{{"identifier", "hoplint"}, {"interFileDependencies", true}, {"workspaceDiagnostics", true}});
  }
  capabilities.add("workspace", Json{{"workspaceFolders", Json{{"supported", true}, {"changeNotifications", true}}}});
  return Json{{"capabilities", capabilities}, {"serverInfo", Json{{"name", "hoplint"}, {"version", program_version}}}};
}

}  // namespace hop::lsp
