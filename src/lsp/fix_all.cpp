#include "lsp/fix_all.h"

#include "engine/fix.h"
#include "lsp/edits.h"

namespace hop::lsp {

Json fix_all_json(const Workspace& workspace, const Abilities& client, const Root& root, const std::string& path) {
  const Buffers& buffers = workspace.buffers();
  const LintAgain lint_again = [&](const FileSystem& files) {
    LintRun run = lint(files, {root.live->input()}, root.live->settings());
    for (Diagnostic& finding : run.findings) {
      const bool wanted = path.empty() || (finding.where && buffers.absolute(run.input->sources[finding.where.file].path()) == path);
      if (!wanted) finding.fixes.clear();
    }
    return run;
  };
  const FixRun fixed = make_fixes(buffers, lint_again, {});
  EditBuilder edit(workspace, client);
  for (const ChangedFile& changed : fixed.files) edit.add(changed);
  return edit.json();
}

}  // namespace hop::lsp
