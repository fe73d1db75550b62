#pragma once
// Faults that a VirtualService injects. Source: istio.io VirtualService reference, HTTPFaultInjection.

#include "model/value.h"
#include "yaml/document.h"

namespace hop::istio {

/// Whether a route of a VirtualService answers every request itself with an error: `fault.abort` for 100 %. Unknown where a placeholder
/// stands for the share or the status.
Truth aborts_all(yaml::Node route);

}  // namespace hop::istio
