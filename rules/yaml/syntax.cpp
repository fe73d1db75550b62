// A document that does not parse, or exceeds a limit of the reader.
#include "rule/rule.h"

namespace hop::rules {
namespace {

Span place(const ReadDocument& document, std::uint32_t begin, std::uint32_t end) { return document.document->span(begin, end); }

void check(const Graph& graph, Report& report) {
  for (const ReadFile& file : graph.files()) {
    for (const ReadDocument& document : file.documents) {
      if (document.is != DocumentClass::broken) continue;
      for (const yaml::Problem& problem : document.document->tree().problems) {
        Finding finding = report.at(place(document, problem.begin, problem.end), problem.message);
        if (!problem.context.empty()) finding.note(place(document, problem.context_begin, problem.context_end), problem.context);
      }
    }
  }
}

}  // namespace

extern constinit const Rule yaml_syntax = {
    .info = {.id = "yaml-syntax",
             .summary = "a document is not valid YAML",
             .docs = "Reported for every document that has an `apiVersion:` or `kind:` line, and for every file named on the command line. "
                     "Each mistake of a document is told by itself: reading goes on at the next line that stands no further in. Nothing "
                     "else is said of "
                     "such a document, and the other documents of the file are still checked.\n\n"
                     "Helm templates are skipped and counted, not reported.",
             .effect = "kubectl and the API server refuse the document",
             .source = "https://yaml.org/spec/1.2.2/ as libyaml and go-yaml read it",
             .severity = Severity::error},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
