#include "rule/ssl_policy.h"

#include "model/aws/ssl_policies.h"
#include "text/format.h"
#include "text/words.h"

namespace hop {

void report_unknown_policy(const Resource& resource, const Value<std::string_view>& policy, Report& report) {
  if (!policy.is_known()) return;
  const aws::OldestTls oldest = aws::oldest_tls(*policy);
  if (oldest != aws::OldestTls::invalid && oldest != aws::OldestTls::unheard) return;
  Finding finding = report.at(resource, policy.node(), format("there is no TLS policy `{}`", shorten(*policy, 60)));
  const auto near = aws::nearest_ssl_policy(*policy);
  if (near) finding.fix(format("change it to `{}`", *near), policy.node(), *near, Safety::unsafe);
  if (oldest == aws::OldestTls::unheard && !near) finding.severity(Severity::warning);
}

}  // namespace hop
