#include "engine/propose.h"
#include "engine/stubs.h"
#include "fuzz/runs.h"
#include "fuzz/targets.h"

namespace hop::fuzz {

void fuzz_lint(std::string_view bytes) {
  const LintRun run = lint_all(files_of(bytes), every_rule(bytes));
  examine(run);
  examine_chains(run);
  make_stubs(*run.graph);
  propose(*run.graph, "m");
}

}  // namespace hop::fuzz
