#pragma once
// The commands, one file each. Each returns the exit code: 0 nothing to complain about, 1 findings, 2 could not run.

#include "cli/options.h"

namespace hop {

int run_command(const CheckOptions& options);
int run_command(const BaselineOptions& options);
int run_command(const SuppressOptions& options);
int run_command(const TraceOptions& options);
int run_command(const RefsOptions& options);
int run_command(const RulesOptions& options);
int run_command(const ExplainOptions& options);
int run_command(const SchemaOptions& options);
int run_command(const ConfigOptions& options);
int run_command(const CompletionOptions& options);
int run_command(const ManualOptions& options);
int run_command(const LspOptions& options);
int run_command(const Finished& finished);

}  // namespace hop
