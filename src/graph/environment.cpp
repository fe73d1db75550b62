#include "graph/environment.h"

namespace hop {

std::optional<Version> version_of(const Environment& environment, Component component) {
  switch (component) {
    case Component::kubernetes:
      return environment.kubernetes;
    case Component::istio:
      return environment.istio;
    case Component::controller:
      return environment.controller;
    case Component::none:
      break;
  }
  return std::nullopt;
}

bool applies(const Applies& applies, const Environment& environment) {
  const auto version = version_of(environment, applies.to);
  return !version || (*version >= applies.since && (applies.before == Version{} || *version < applies.before));
}

}  // namespace hop
