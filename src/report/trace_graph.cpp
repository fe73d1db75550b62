// Traced requests as a picture: Mermaid for pages, DOT for Graphviz.

#include <map>
#include <set>
#include <tuple>

#include "chain/steps.h"
#include "report/mermaid.h"
#include "report/trace.h"
#include "text/format.h"
#include "text/unicode.h"

namespace hop {
namespace {

/// Hops as nodes, each once, and the links between them.
struct Picture {
  struct Node {
    std::string label;
    bool broken = false;
  };
  struct Edge {
    std::size_t from = 0, to = 0;
    std::string label;
    bool broken = false, plain = false;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };
  std::vector<Node> nodes;
  std::set<Edge> edges;
};

std::string edge_label(const ChainStep& step) {
  if (!step.wire) return {};
  std::string text(step.protocol);
  if (step.encryption != Encryption::unknown) text += format("{}{}", text.empty() ? "" : ", ", to_string(step.encryption));
  return text;
}

Picture picture_of(const TraceReport& report) {
  Picture picture;
  picture.nodes.push_back({"client", false});
  std::map<std::pair<const Hop*, std::string>, std::size_t> known;
  for (const Leg& leg : report.trace.legs) {
    for (const Chain& chain : leg.chains) {
      std::size_t from = 0;
      for (const ChainStep& step : chain.steps) {
        std::string label = step.hop == nullptr ? step.reason : step.hop->label;
        if (step.hop != nullptr && step.verdict == Verdict::broken) label += format(": {}", step.reason);
        const auto [at, fresh] = known.try_emplace({step.hop, label}, picture.nodes.size());
        if (fresh) picture.nodes.push_back({label, step.verdict == Verdict::broken});
        picture.edges.insert(
            {from, at->second, edge_label(step), step.verdict == Verdict::broken, step.wire && step.encryption == Encryption::plaintext});
        from = at->second;
      }
    }
  }
  return picture;
}

std::string dot_label(std::string_view text) {
  std::string out = "\"";
  for (const char c : escape_controls(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

template <std::string (*render)(const TraceReport&)>
std::string styleless(const TraceReport& report, const TextStyle&) {
  return render(report);
}

constexpr TraceFormat table[] = {{"text", render_trace_text},
                                 {"json", styleless<render_trace_json>},
                                 {"mermaid", styleless<render_trace_mermaid>},
                                 {"dot", styleless<render_trace_dot>}};

}  // namespace

std::string render_trace_mermaid(const TraceReport& report) {
  const Picture picture = picture_of(report);
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    out += format("  n{}[{}]\n", i, mermaid_label(picture.nodes[i].label));
    if (picture.nodes[i].broken) out += format("  style n{} stroke:#d1242f,stroke-width:3px\n", i);
  }
  for (const Picture::Edge& edge : picture.edges) {
    const std::string label = edge.label.empty() ? "" : format("|{}|", mermaid_label(edge.label));
    out += format("  n{} {}{} n{}\n", edge.from, edge.broken ? "--x" : edge.plain ? "-.->" : "-->", label, edge.to);
  }
  return out;
}

std::string render_trace_dot(const TraceReport& report) {
  const Picture picture = picture_of(report);
  std::string out = "digraph requests {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n";
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    out += format("  n{} [label={}{}];\n", i, dot_label(picture.nodes[i].label), picture.nodes[i].broken ? ", color=red" : "");
  }
  for (const Picture::Edge& edge : picture.edges) {
    std::string more = edge.broken ? ", color=red, arrowhead=tee" : edge.plain ? ", style=dashed" : "";
    out += format("  n{} -> n{} [label={}{}];\n", edge.from, edge.to, dot_label(edge.label), more);
  }
  return out + "}\n";
}

std::span<const TraceFormat> trace_formats() { return table; }

}  // namespace hop
