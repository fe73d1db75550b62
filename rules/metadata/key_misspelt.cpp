// Annotations and labels of Istio and the AWS Load Balancer Controller with a slip in front of the slash, where nobody reads them.
#include <array>
#include <unordered_map>

#include "model/aws/annotations.h"
#include "model/istio/annotations.h"
#include "rule/edit.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

constexpr unsigned most_slips = 2;

constexpr KindSet keyed_kinds = [] {
  KindSet kinds = istio::annotated_kinds;
  kinds.add(Kind::ingress);
  return kinds;
}();

std::string_view prefix_of(std::string_view key) { return key.substr(0, key.rfind('/') + 1); }

/// Istio's keys by what stands behind the slash.
const std::unordered_multimap<std::string_view, std::string_view>& istio_keys() {
  static const auto keys = [] {
    std::unordered_multimap<std::string_view, std::string_view> all;
    for (const istio::Annotation& annotation : istio::annotations()) {
      all.emplace(annotation.name.substr(prefix_of(annotation.name).size()), annotation.name);
    }
    return all;
  }();
  return keys;
}

bool is_slip_of(std::string_view written, std::string_view meant) {
  return written != meant && edit_distance(written, meant, most_slips) <= most_slips;
}

/// `nlb.…` and the like are other load balancers', or nobody's.
bool is_other_balancer(std::string_view prefix) { return prefix.size() > 4 && prefix.substr(1, 3) == "lb." && prefix[0] != 'a'; }

/// The key that is meant by one whose prefix is a slip away from where it would be read.
std::optional<std::string> meant_by(std::string_view key) {
  const std::string_view prefix = prefix_of(key), name = key.substr(prefix.size());
  if (prefix.empty() || name.empty() || is_other_balancer(prefix)) return std::nullopt;
  if (is_slip_of(prefix, alb::prefix) && alb::find(name) != nullptr) return std::string(alb::prefix) + std::string(name);
  if (is_slip_of(prefix, nlb::prefix) && nlb::find(name) != nullptr) return std::string(nlb::prefix) + std::string(name);
  if (istio::is_istio_annotation(key)) return std::nullopt;  // another rule's, whatever stands in front of `.istio.io`
  const auto [first, last] = istio_keys().equal_range(name);
  for (auto known = first; known != last; ++known) {
    if (is_slip_of(prefix, prefix_of(known->second))) return std::string(known->second);
  }
  return std::nullopt;
}

void report_key(const Resource& resource, yaml::Node value, std::string_view key, std::string_view meant, Report& report) {
  Finding finding = report.at_key(resource, value, format("nobody reads `{}`", shorten(key)));
  finding.label(format("`{}` may be meant", meant));
  if (auto edit = rename_key(value, meant)) finding.fix(format("change it to `{}`", meant), {*edit}, Safety::unsafe);
}

void check_keys(const Resource& resource, yaml::Node mapping, Report& report) {
  for (const auto& [key, value] : mapping.entries()) {
    if (yaml::is_placeholder(key.str())) continue;
    if (const auto meant = meant_by(key.str()); meant && !mapping.has(*meant)) report_key(resource, value, key.str(), *meant, report);
  }
}

/// Labels that put a Namespace into the mesh.
constexpr std::array<std::string_view, 3> mesh_labels{"istio-injection", "istio.io/rev", "istio.io/dataplane-mode"};

void check_namespace(const Resource& resource, Report& report) {
  for (const auto& [key, value] : resource.labels().entries()) {
    for (const std::string_view meant : mesh_labels) {
      if (resource.labels().has(meant) || !is_slip_of(key.str(), meant)) continue;
      report_key(resource, value, key.str(), meant, report);
      break;
    }
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node mapping : {resource.annotations(), resource.labels(), resource.pod_annotations(), resource.pod_labels()}) {
    check_keys(resource, mapping, report);
  }
  if (resource.kind == Kind::namespace_) check_namespace(resource, report);
}

}  // namespace

extern constinit const Rule metadata_key_misspelt = {
    .info = {.id = "metadata-key-misspelt",
             .summary = "an annotation or label is a slip away from one that Istio or the AWS Load Balancer Controller reads",
             .docs =
                 "Of an annotation or label whose name behind the slash is one that Istio or the AWS Load Balancer Controller reads, the "
                 "prefix is compared with theirs; of a Namespace also the labels that put it into the mesh. What has the right prefix "
                 "is the matter of `alb-annotation-unknown` and `metadata-istio-annotation-unknown`.",
             .effect = "the key is ignored without a word; what it was to set keeps its default",
             .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/; "
                       "https://istio.io/latest/docs/reference/config/annotations/; https://istio.io/latest/docs/reference/config/labels/",
             .severity = Severity::warning,
             .fixes = FixPolicy::sometimes},
    .reads = keyed_kinds,
    .check_one = check_one,
};

}  // namespace hop::rules
