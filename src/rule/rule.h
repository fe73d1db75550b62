#pragma once
// What a rule is and how it speaks: the one header a rule includes.
//
// A rule is one file, rules/<family>/<stem>.cpp, that defines `extern constinit const Rule <family>_<stem>` in namespace hop::rules, with a
// function that looks at the whole graph or at one resource, and fixtures/<family>/<stem>/ beside it. Nothing else is edited. What can be
// said of one resource after the other should be: the engine then asks all rules about a resource while it is at hand.

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
  void (*check_one)(const Resource&, Report&) = nullptr;  ///< at one linted resource of a kind in `reads`: a local rule, or
  KindSet each = {};
  void (*check_each)(const Graph&, const Resource&, Report&) = nullptr;  ///< at one linted resource of a kind in `each` and what it is to
                                                                         ///< others

  /// Whether it looks at resources one by one, and at those of this kind.
  bool looks_at_each(Kind kind) const { return check_one != nullptr ? reads.has(kind) : check_each != nullptr && each.has(kind); }
  /// Looks at one of those.
  void look(const Graph& graph, const Resource& resource, Report& report) const {
    check_one != nullptr ? check_one(resource, report) : check_each(graph, resource, report);
  }
};

/// Runs a rule over all of the graph.
void run_rule(const Rule& rule, const Graph& graph, Report& report);

}  // namespace hop
