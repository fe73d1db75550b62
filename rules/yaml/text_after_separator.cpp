// Text behind `---` on the same line.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const ReadFile& file : graph.files()) {
    for (const ReadDocument& document : file.documents) {
      const yaml::Chunk& chunk = document.chunk;
      if (file.known || chunk.stray_begin == chunk.stray_end || document.is == DocumentClass::template_) continue;
      report.at(Span{file.file, chunk.stray_begin, chunk.stray_end}, "text after `---` on the same line is not part of the document")
          .label("dropped by kubectl");
    }
  }
}

}  // namespace

extern constinit const Rule yaml_text_after_separator = {
    .info = {.id = "yaml-text-after-separator",
             .summary = "text follows `---` on the same line",
             .docs =
                 "kubectl cuts a file at lines that begin with `---` and drops the rest of such a line, while YAML reads it as content. "
                 "A comment there is fine.\n\nPut the text on a line of its own.",
             .effect = "kubectl drops the text, and with it what it says",
             .source = "https://github.com/kubernetes/kubernetes/issues/103185",
             .severity = Severity::warning},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
