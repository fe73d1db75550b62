#include "rule/istio_values.h"

#include <algorithm>

#include "model/mistakes.h"

namespace hop {

void report_bad_values(const Resource& resource, std::initializer_list<istio::Syntax> syntaxes, Report& report) {
  for (const istio::BadValue& bad : mistakes(resource).values) {
    if (std::find(syntaxes.begin(), syntaxes.end(), bad.syntax) == syntaxes.end()) continue;
    if (bad.field.key) {
      report.at_key(resource, bad.field.node, bad.message).alias("IST0106");
    } else {
      report.at(resource, bad.field.node, bad.message).alias("IST0106");
    }
  }
}

}  // namespace hop
