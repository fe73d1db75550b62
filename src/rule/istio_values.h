#pragma once
// What the rules about values that Istio refuses have in common: where such a value is reported.

#include <initializer_list>

#include "model/istio/value_syntax.h"
#include "rule/report.h"

namespace hop {

/// Reports every value of the resource that should be of one of the syntaxes and is not, as istiod's validation does (IST0106).
void report_bad_values(const Resource& resource, std::initializer_list<istio::Syntax> syntaxes, Report& report);

}  // namespace hop
