// One VirtualService with overlapping hosts.
#include <algorithm>

#include "model/host.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

void check_one(const Resource& resource, Report& report) {
  constexpr std::size_t compared = 100;  // every pair is looked at
  std::vector<yaml::Node> earlier;
  for (yaml::Node node : VirtualService(resource).hosts()) {
    const auto host = text_of(node);
    if (!host.is_known() || earlier.size() == compared) continue;
    const auto same = std::find_if(earlier.begin(), earlier.end(), [&](yaml::Node other) { return hosts_overlap(other.str(), *host); });
    if (same != earlier.end()) {
      const bool equal = lower(same->str()) == lower(*host);
      report.at(resource, node, equal ? format("host `{}` stands twice", *host) : format("hosts `{}` and `{}` overlap", same->str(), *host))
          .alias("IST0106")
          .note(*same, "the other one");
    }
    earlier.push_back(node);
  }
}

}  // namespace

extern constinit const Rule virtualservice_hosts_overlap = {
    .info = {.id = "virtualservice-hosts-overlap",
             .summary = "two hosts of a VirtualService are the same, or one covers the other",
             .docs = "The hosts of one VirtualService must not overlap: neither `shop.example.com` twice nor beside "
                     "`*.example.com`. Leave out the narrower one, or give it a VirtualService of its own.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::virtual_service},
    .check_one = check_one,
};

}  // namespace hop::rules
