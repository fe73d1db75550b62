#pragma once
// Effective settings of the mesh: what the installation says, which workloads have a sidecar, which mTLS mode holds for a port.
// Sources: istio.io MeshConfig, PeerAuthentication and "Installing the Sidecar" pages.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "model/istio/views.h"
#include "model/resource.h"
#include "model/value.h"

namespace hop {

/// A MeshConfig as it stands somewhere: the mesh ConfigMap's `mesh` entry or an IstioOperator's `spec.meshConfig`.
struct MeshConfig {
  const Resource* resource;  ///< who holds it
  yaml::Node node;           ///< the mapping of MeshConfig fields
};

enum class Dataplane : std::uint8_t { none, sidecar, ambient, unknown };

/// Whether a pod is in the mesh, and what decides it.
struct Injection {
  Dataplane plane = Dataplane::unknown;
  yaml::Node decided_by;  ///< label, annotation or container; absent when nothing is written
};

/// The mTLS mode in force, and what decides it.
struct EffectiveMtls {
  MtlsMode mode = MtlsMode::permissive;  ///< never unset: the default of the mesh is PERMISSIVE
  bool known = true;                     ///< false where a placeholder or an unknown policy could decide
  const Resource* policy = nullptr;      ///< the PeerAuthentication that decides; nullptr when none does
  yaml::Node decided_by;                 ///< its mode, or the port's
};

}  // namespace hop
