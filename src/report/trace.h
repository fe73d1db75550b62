#pragma once
// Renderers of traced requests. Nothing here decides where a request goes (chain/trace.h).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chain/trace.h"
#include "report/render.h"

namespace hop {

/// What keeps a chain from what is asked of it; `chain` is a position among the trace's chains, over all legs.
struct Unmet {
  std::size_t leg = 0, chain = 0;
  Shortfall shortfall;
};

struct TraceReport {
  const LintRun& run;
  const Trace& trace;
  bool all = false;  ///< every request was asked for rather than one
  std::optional<Requirement> requirement = std::nullopt;
  std::vector<Unmet> unmet = {};
};

/// One request as a ladder, a rung for each wire; with `all` a line for each chain, by host.
std::string render_trace_text(const TraceReport& report, const TextStyle& style);
/// Versioned; the steps are those of the findings' contract.
std::string render_trace_json(const TraceReport& report);
/// A flowchart: what several chains share is drawn once.
std::string render_trace_mermaid(const TraceReport& report);
std::string render_trace_dot(const TraceReport& report);
/// JSON Schema (draft 2020-12) of render_trace_json's output.
std::string trace_schema();

struct TraceFormat {
  std::string_view name;
  std::string (*render)(const TraceReport& report, const TextStyle& style) = nullptr;
};
std::span<const TraceFormat> trace_formats();

}  // namespace hop
