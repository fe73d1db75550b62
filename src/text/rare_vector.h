#pragma once
// A vector that is nearly always empty, of which there are many: without items it takes the room of a pointer. Knows nothing of what it
// holds.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace hop {

/// Owns its items, and copies them with itself. Iterators hold as those of std::vector do.
template <class T>
class RareVector {
 public:
  using value_type = T;

  RareVector() = default;
  RareVector(std::vector<T> items) {  // NOLINT(google-explicit-constructor): the same, kept otherwise
    if (!items.empty()) items_ = std::make_unique<std::vector<T>>(std::move(items));
  }
  RareVector(const RareVector& other) : items_(other.empty() ? nullptr : std::make_unique<std::vector<T>>(*other.items_)) {}
  RareVector(RareVector&&) noexcept = default;
  RareVector& operator=(const RareVector& other) {
    if (this != &other) *this = RareVector(other);
    return *this;
  }
  RareVector& operator=(RareVector&&) noexcept = default;
  ~RareVector() = default;

  bool empty() const { return size() == 0; }
  std::size_t size() const { return items_ == nullptr ? 0 : items_->size(); }
  T* begin() { return items_ == nullptr ? nullptr : items_->data(); }
  T* end() { return begin() + size(); }
  const T* begin() const { return items_ == nullptr ? nullptr : items_->data(); }
  const T* end() const { return begin() + size(); }
  /// The position must exist.
  T& operator[](std::size_t position) { return (*items_)[position]; }
  const T& operator[](std::size_t position) const { return (*items_)[position]; }
  const T& front() const { return items_->front(); }
  T& back() { return items_->back(); }
  const T& back() const { return items_->back(); }

  void push_back(T item) {
    if (items_ == nullptr) items_ = std::make_unique<std::vector<T>>();
    items_->push_back(std::move(item));
  }
  void clear() { items_.reset(); }
  void shrink_to_fit() {
    if (items_ != nullptr) items_->shrink_to_fit();
  }
  friend bool operator==(const RareVector& a, const RareVector& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

 private:
  std::unique_ptr<std::vector<T>> items_;
};

}  // namespace hop
