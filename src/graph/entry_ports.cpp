#include "graph/entry_ports.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>

#include "graph/sidecar_scope.h"
#include "graph/visibility.h"
#include "text/words.h"

namespace hop {
namespace {

struct Record {
  EntryPort at;
  const Visibility* seen;
  std::string protocol;  ///< lower case
};

constexpr std::size_t compared = 100;  ///< records of one host and port; more are not looked at

bool same_protocol(const Record& a, const Record& b) { return a.protocol == b.protocol; }

bool meeting(const Graph& graph, const SidecarScopes& scopes, std::string_view host, const Record& a, const Record& b) {
  return comparable(graph, *a.at.entry, *b.at.entry) &&
         scopes.meet({a.at.entry.resource, host, a.seen}, {b.at.entry.resource, host, b.seen});
}

}  // namespace

std::vector<EntryPortPair> repeated_entry_ports(const Graph& graph) {
  std::map<std::pair<std::string, std::int64_t>, std::vector<Record>> records;
  std::deque<Visibility> seen;
  for (const ServiceEntry& entry : graph.all<ServiceEntry>()) {
    seen.push_back(visibility(graph, *entry));
    for (yaml::Node host : entry.hosts()) {
      for (yaml::Node port : entry.ports()) {
        const auto number = integer_of(port["number"]);
        if (!text_of(host).is_known() || !number.is_known() || text_of(port["protocol"]).is_unknown()) continue;
        records[{lower(host.str()), *number}].push_back(
            {{entry, port, host}, &seen.back(), lower(text_of(port["protocol"]).value_or("TCP"))});
      }
    }
  }
  const SidecarScopes scopes(graph);
  std::vector<EntryPortPair> pairs;
  for (const auto& [key, group] : records) {
    for (const Record& own : group) {
      const Record* other = nullptr;
      for (const Record& record : std::span(group).first(std::min(group.size(), compared))) {
        const bool worth_it = own.at.entry->linted() && (other == nullptr || (same_protocol(own, *other) && !same_protocol(own, record)));
        if (worth_it && meeting(graph, scopes, key.first, own, record)) other = &record;
      }
      if (other != nullptr) pairs.push_back({own.at, other->at, !same_protocol(own, *other)});
    }
  }
  const auto place = [](const EntryPortPair& pair) { return std::tuple(pair.own.entry->id, pair.own.port.index(), !pair.other_protocol); };
  std::stable_sort(pairs.begin(), pairs.end(), [&](const EntryPortPair& a, const EntryPortPair& b) { return place(a) < place(b); });
  const auto same_port = [](const EntryPortPair& a, const EntryPortPair& b) { return a.own.port == b.own.port; };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same_port), pairs.end());
  return pairs;
}

}  // namespace hop
