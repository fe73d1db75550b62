#include "rule/istio_values.h"

#include "model/istio/value_fields.h"

namespace hop {

void report_bad_values(const Resource& resource, std::initializer_list<istio::Syntax> syntaxes, Report& report) {
  for (istio::BadValue& bad : istio::bad_values(resource, syntaxes)) {
    if (bad.field.key) {
      report.at_key(resource, bad.field.node, std::move(bad.message)).alias("IST0106");
    } else {
      report.at(resource, bad.field.node, std::move(bad.message)).alias("IST0106");
    }
  }
}

}  // namespace hop
