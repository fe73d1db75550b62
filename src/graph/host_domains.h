#pragma once
// Domains of the hosts that are served from outside, and those that are surely slips for another. Knows nothing of who serves them.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "text/words.h"

namespace hop {

/// "example.com" of "shop.example.com" and of "*.example.com"; "" for names of one or two labels and for placeholders.
std::string_view domain_of(std::string_view host);

/// Of Ingress rules, VirtualServices, Istio Gateways and routes of the Gateway API.
class HostDomains {
 public:
  explicit HostDomains(const Graph& graph);

  struct Meant {
    std::string_view domain;
    yaml::Node example;  ///< a host in it
  };
  /// What a domain that one host only is in resembles: one that several hosts are in.
  std::optional<Meant> meant_by(std::string_view domain) const;

 private:
  struct Use {
    yaml::Node example;
    std::string_view first;  ///< the first host in it
    bool several = false;    ///< whether another is
  };
  void add(yaml::Node host);
  std::map<std::string_view, Use> uses_;
  NearNames near_;
  std::vector<std::string_view> names_;
};

}  // namespace hop
