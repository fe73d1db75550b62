#pragma once
// What a rule is and how it speaks: the one header a rule includes.
//
// A rule is one file, rules/<family>/<stem>.cpp, that defines `extern constinit const Rule <family>_<stem>` in namespace hop::rules, with a
// function that looks at the whole graph or at one resource, and fixtures/<family>/<stem>/ beside it. Nothing else is edited.

#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "graph/graph.h"
#include "rule/report.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

struct Rule {
  RuleInfo info;
  KindSet reads;                                          ///< every kind and facet that the check looks at; the tests compare
  void (*check)(const Graph&, Report&) = nullptr;         ///< looks at everything, or
  void (*check_one)(const Resource&, Report&) = nullptr;  ///< at one linted resource of a kind in `reads`: a local rule
};

}  // namespace hop
