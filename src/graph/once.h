#pragma once
// What is found out of something that many share, found out once: thousands of target groups lead to the same thousands of servers.

#include <span>
#include <unordered_map>

namespace hop {

/// One for each of the things asked about, which stay where they are.
template <class Value>
class OncePerThing {
 public:
  template <class T, class Find>
  const Value& of(const T& shared, Find find) {
    const auto known = found_.find(&shared);
    return known != found_.end() ? known->second : found_.emplace(&shared, find(shared)).first->second;
  }

 private:
  std::unordered_map<const void*, Value> found_;  // looked up only
};

/// One for each of the spans asked about, which are told apart by where they lie.
template <class Value>
class OncePerSpan {
 public:
  template <class T, class Find>
  const Value& of(std::span<const T> shared, Find find) {
    const auto known = found_.find(shared.data());
    return known != found_.end() ? known->second : found_.emplace(shared.data(), find(shared)).first->second;
  }

 private:
  std::unordered_map<const void*, Value> found_;  // looked up only
};

}  // namespace hop
