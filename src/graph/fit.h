#pragma once
// Whether requests of which not all is known fit a condition: all of them, or some. Knows nothing of policies.

#include <string_view>

#include "model/value.h"

namespace hop {

/// Of one request that is known whole both are the same.
struct Fit {
  Truth all = Truth::yes, some = Truth::yes;
};

inline Fit fit(Truth truth) { return {truth, truth}; }
/// It is up to the client: there are requests that fit, and others.
inline constexpr Fit left_open{Truth::no, Truth::yes};
inline constexpr Fit fits_unknown{Truth::unknown, Truth::unknown};

inline Fit operator&&(Fit a, Fit b) { return {a.all && b.all, a.some && b.some}; }
inline Fit operator||(Fit a, Fit b) { return {a.all || b.all, a.some || b.some}; }
inline Fit operator!(Fit a) { return {!a.some, !a.all}; }

/// A text, or every text that begins or ends in one.
struct OpenText {
  std::string_view text;
  bool open_before = false, open_after = false;  ///< something may stand there
  bool known = true;                             ///< false where nothing can be told of it
};

/// Against a pattern as Istio's policies have them: the whole text, `start*`, `*end`, or `*` for any but the empty one.
/// Source: istio.io AuthorizationPolicy, "Rule".
Fit fit_of(const OpenText& shape, std::string_view pattern);
/// A path against a pattern that may be a template: `{*}`, `{**}`.
Fit fit_of_path(const OpenText& path, std::string_view pattern);

}  // namespace hop
