// A file or folder that was found but could not be read.
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check(const Graph& graph, Report& report) {
  for (const ReadFile& file : graph.files()) {
    if (!file.unreadable.empty()) report.at(Span{file.file, 0, 0}, format("cannot be read: {}", file.unreadable.view()));
  }
}

}  // namespace

extern constinit const Rule file_unreadable = {
    .info = {.id = "file-unreadable",
             .summary = "a file or folder among the inputs cannot be read",
             .docs = "Whatever stands in it was not checked, and what refers to it may be reported as missing.\n\n"
                     "Stays silent for files that a `.gitignore` or `exclude:` leaves out.",
             .effect = "nothing in it was checked",
             .source = "hoplint design: a file that cannot be read while walking is a finding, never a silent gap",
             .severity = Severity::error},
    .reads = {Facet::files},
    .check = check,
};

}  // namespace hop::rules
