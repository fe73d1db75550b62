#pragma once
// One Kubernetes object as it was read: its identity and its root node. Typed views (model/k8s, model/istio, model/aws) read it.
// Knows nothing of other resources.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "model/kind.h"
#include "yaml/document.h"

namespace hop {

enum class Origin : std::uint8_t {
  manifest,  ///< read from the given manifests: linted
  known,     ///< declared to exist: never linted, never evidence of completeness
  implied,   ///< follows from an installation (IstioOperator, …): never linted, its nodes point at what implies it
};

struct Mistakes;

/// Lives as long as the Graph; text points into its document.
struct Resource {
  Kind kind = Kind::other;
  Origin origin = Origin::manifest;
  bool opaque = false;     ///< only its existence is known: every field is unknown
  bool ns_known = true;    ///< false where templates or overlays decide it
  bool name_known = true;  ///< false where templates or overlays decide it
  bool patched = false;    ///< an overlay adds to it: what is missing may come from there
  std::uint16_t cluster = 0;
  std::uint16_t variant = 0;  ///< 0: seen by all; else only by itself and the common ones (graph/cluster.h)
  std::uint32_t id = 0;       ///< position among the graph's resources, in path and document order
  std::string_view api_version;
  std::string_view kind_name;
  std::string_view ns;  ///< "" when unset or cluster-scoped
  std::string_view name;
  yaml::Node root;
  std::shared_ptr<const Mistakes> mistakes;  ///< see model/mistakes.h; null for most

  /// Sets root and what is asked for all the time; `kind` must be set.
  void read(yaml::Node at);
  yaml::Node operator[](const yaml::Key& key) const { return root[key]; }
  yaml::Node spec() const { return spec_.of(root); }
  yaml::Node metadata() const { return metadata_.of(root); }
  yaml::Node name_node() const { return metadata()["name"]; }
  yaml::Node labels() const { return labels_.of(root); }
  yaml::Node annotations() const { return annotations_.of(root); }
  yaml::Node annotation(const yaml::Key& key) const { return annotations()[key]; }
  yaml::Node label(const yaml::Key& key) const { return labels()[key]; }
  /// The pods that it makes or is (Workload in model/k8s/views.h reads them); absent of other kinds.
  yaml::Node pods() const { return pods_.of(root); }
  yaml::Node pod_labels() const { return pod_labels_.of(root); }
  yaml::Node pod_annotations() const { return pod_annotations_.of(root); }
  yaml::Node pod_spec() const { return pod_spec_.of(root); }
  bool cluster_scoped() const { return info(kind).scope == Scope::cluster; }
  bool linted() const { return origin == Origin::manifest; }

 private:
  yaml::Part spec_, metadata_, labels_, annotations_;
  yaml::Part pods_, pod_labels_, pod_annotations_, pod_spec_;
};

/// "VirtualService shop/cart", "Namespace shop", "Service cart" where the namespace is unset.
std::string title(const Resource& resource);
/// The identity as reports show it: `default` where the manifest gives no namespace.
ObjectId object_id(const Resource& resource);

/// A typed read-only view. Copied freely; holds a pointer to its resource, which is never null.
struct View {
  const Resource* resource;
  explicit View(const Resource& of) : resource(&of) {}
  const Resource* operator->() const { return resource; }
  const Resource& operator*() const { return *resource; }
  yaml::Node spec() const { return resource->spec(); }
};

}  // namespace hop
