#pragma once
// What the user says of the installation that the manifests go into. Plain data; what is not said is left to the manifests.

#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "text/version.h"

namespace hop {

/// What is said here outweighs what the manifests say of the same.
struct Environment {
  std::optional<Version> kubernetes, istio, controller;
  std::string root_namespace, trust_domain, cluster_domain;  ///< "" where nothing is said
  /// A flag of the AWS Load Balancer Controller: "--default-target-type" and "ip"; "true" for one without a value.
  struct Flag {
    std::string name, value;
  };
  std::vector<Flag> controller_flags;
};

/// The version of a component that is said to be installed.
std::optional<Version> version_of(const Environment& environment, Component component);

/// Whether what is installed is new enough for, and not too new for, what a rule speaks of. Where no version is known, it is.
bool applies(const Applies& applies, const Environment& environment);

}  // namespace hop
