#pragma once
// What an installation brings without a manifest of its own: a gateway's Service and what makes its pods, written as synthetic documents.
// For graph/ only. Each source (implied_*.cpp) says what is known of a gateway and where; this writes it. Knows nothing of the sources.

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/index.h"

namespace hop {

/// Stands where a value is given that nobody here can read: a placeholder, which equals nothing and everything.
inline constexpr std::string_view not_known = "${NOT_KNOWN}";

/// A word, and the text that says or implies it.
struct Said {
  std::string text;
  Span place;
};
using SaidLabels = std::vector<std::pair<std::string, Said>>;

struct SaidPort {
  Said name, number, target;
  Said app_protocol = {};  ///< "" for none
};

/// A gateway as far as its installation is known. All places lie in one file.
struct ImpliedGateway {
  const Resource* origin = nullptr;  ///< whose cluster, overlay and certainty it shares; nullptr for plain values files
  Span place;                        ///< what implies it as a whole, and all that has no place of its own
  Said name;
  bool name_known = true;  ///< false where it is that of an origin which overlays rename
  std::string ns;
  bool ns_known = true;
  std::string_view maker = "Deployment";  ///< the kind that makes the pods
  bool has_service = true;
  SaidLabels selector = {};                                                ///< the Service's; the pods carry them
  SaidLabels pod_labels = {};                                              ///< further ones
  std::vector<yaml::Node> service_annotations = {}, pod_annotations = {};  ///< mappings or absent; the first that has a key wins
  Said type = {};
  Said load_balancer_class = {};  ///< "" for none
  yaml::Node port_list = {};      ///< copied as it is, if it is a list
  std::vector<SaidPort> ports = {};
  Said account = {};  ///< the pods' ServiceAccount; "" for the namespace's default
};

/// Adds implied resources; those of the manifests win.
class Implied {
 public:
  Implied(const Input& from, Index& to) : input(from), index(to) {}
  void add(const ImpliedGateway& gateway);

  const Input& input;
  Index& index;

 private:
  void add(std::shared_ptr<const yaml::Document> document, const ImpliedGateway& gateway);
  const std::unordered_set<std::uint64_t>& taken();
  std::unordered_set<std::uint64_t> taken_;
  bool taken_read_ = false;
};

/// The text of a scalar, `otherwise` where it is absent or null; a placeholder stays one.
Said said(yaml::Node node, std::string_view otherwise, Span place);

// Sources. `from` was read from the manifests or is declared with its fields.
void imply_from_operator(Implied& implied, const Resource& from);  // implied_operator.cpp: IstioOperator
void imply_from_charts(Implied& implied, const Resource& from);    // implied_charts.cpp: HelmRelease, Application
void imply_from_values(Implied& implied);                          // implied_charts.cpp: values files beside a Chart.yaml
void imply_from_gateways(Implied& implied);                        // implied_api.cpp: Gateways of the Gateway API

/// Of the charts of older versions and the operator alike: `values.gateways.istio-ingressgateway` or an item of `components`.
struct OperatorGateway {
  const Resource* origin = nullptr;
  std::string_view name, ns;
  std::string_view profile;
  yaml::Node place;      ///< what implies it as a whole
  yaml::Node component;  ///< item of components.ingressGateways; may be absent
  yaml::Node values;     ///< values.gateways.istio-ingressgateway; may be absent
  bool egress = false;
  bool open = false;  ///< more values are given elsewhere
};
ImpliedGateway operator_gateway(const OperatorGateway& gateway);

}  // namespace hop
