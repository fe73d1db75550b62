#pragma once
// A value or the reason why there is none: for failures of the environment, never for the user's mistakes (those are diagnostics).

#include <optional>
#include <string>
#include <utility>

#include "text/ensure.h"

namespace hop {

struct Failure {
  std::string reason;  ///< lower-case start, no final period
};

template <class T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}                    // NOLINT(google-explicit-constructor): reads as the value
  Result(Failure failure) : reason_(std::move(failure.reason)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value_.has_value(); }
  /// There must be a value.
  T& operator*() { return *operator->(); }
  const T& operator*() const { return *operator->(); }
  T* operator->() {
    HOP_ENSURE(value_.has_value());
    return &*value_;
  }
  const T* operator->() const {
    HOP_ENSURE(value_.has_value());
    return &*value_;
  }
  const std::string& reason() const { return reason_; }

 private:
  std::optional<T> value_;
  std::string reason_;
};

}  // namespace hop
