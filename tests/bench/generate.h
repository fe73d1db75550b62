#pragma once
// A made-up mesh of any size, the same for the same seed: what benchmarks run on.

#include <cstdint>
#include <string>
#include <vector>

namespace hop::bench {

struct GeneratedFile {
  std::string path;
  std::string text;
};

/// About `manifests` resources, one to a file: applications of a Deployment, a Service, a VirtualService and a DestinationRule in
/// namespaces under STRICT mTLS, behind gateways and ALB Ingresses. References resolve, but for one in a hundred.
std::vector<GeneratedFile> generate_mesh(std::size_t manifests, std::uint64_t seed);

}  // namespace hop::bench
