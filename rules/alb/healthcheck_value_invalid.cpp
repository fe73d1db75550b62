// Parts of a health check that the Elastic Load Balancing API does not take.
#include <algorithm>

#include "model/aws/annotations.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

std::string problem_of_path(std::string_view path) {
  if (!path.starts_with('/')) return "does not begin with a slash";
  return path.size() > 1024 ? format("has {} characters, at most 1024", path.size()) : "";
}

/// A code, or a range of them.
bool is_code(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = aws::parse_int(trim(text.substr(0, dash)));
  const auto last = dash == std::string_view::npos ? first : aws::parse_int(trim(text.substr(dash + 1)));
  return first && last && *first >= 0 && *last <= 499 && *first <= *last;
}

std::string problem_of_codes(std::string_view codes) {
  const auto items = aws::string_list(codes);
  const bool good = !items.empty() && std::all_of(items.begin(), items.end(), [](const aws::Piece& item) { return is_code(item.text); });
  return good ? "" : "is no list of codes up to 499, as in `200,301` or `200-399`";
}

std::string problem_of_port(std::string_view port) {
  const auto number = aws::parse_int(port);
  return port.empty() ? "is empty" : number && (*number < 1 || *number > 65535) ? "is not between 1 and 65535" : "";
}

struct Part {
  std::string_view suffix;
  std::string (*problem)(std::string_view);
};
constexpr Part parts[] = {{"healthcheck-path", problem_of_path},
                          {"healthcheck-port", problem_of_port},
                          {"success-codes", problem_of_codes},
                          {"frontend-nlb-healthcheck-path", problem_of_path},
                          {"frontend-nlb-healthcheck-port", problem_of_port},
                          {"frontend-nlb-healthcheck-success-codes", problem_of_codes}};

void check(const Graph& graph, Report& report) {
  for (const AlbAnnotated& annotated : graph.alb_annotated()) {
    for (const Part& part : parts) {
      const auto text = annotated.text(part.suffix);
      const std::string why = text.is_known() ? part.problem(*text) : "";
      if (!why.empty()) report.at(*annotated.resource, text.node(), format("`{}` of `{}` {}", shorten(*text, 24), part.suffix, why));
    }
  }
}

}  // namespace

extern constinit const Rule alb_healthcheck_value_invalid = {
    .info = {.id = "alb-healthcheck-value-invalid",
             .summary = "the path, port or codes of an ALB's health check are none",
             .docs = "The path begins with a slash, the port is `traffic-port`, a number or the name of a Service port, and the codes are "
                     "numbers and ranges between commas, up to 499 (for gRPC up to 99).",
             .effect = "AWS refuses the target group; the controller stops with FailedDeployModel",
             .source = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
             .severity = Severity::error},
    .reads = {Facet::entry},
    .check = check,
};

}  // namespace hop::rules
