#pragma once
// A text that is nearly always empty, of which there are many: without one it takes the room of a pointer. Knows nothing of what it says.

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace hop {

/// Owns its text, and copies it with itself.
class RareString {
 public:
  RareString() = default;
  RareString(const RareString& other) : text_(other.view().empty() ? nullptr : std::make_unique<std::string>(*other.text_)) {}
  RareString(RareString&&) noexcept = default;
  RareString& operator=(const RareString& other) {
    if (this != &other) *this = RareString(other);
    return *this;
  }
  RareString& operator=(RareString&&) noexcept = default;
  ~RareString() = default;

  RareString(std::string text) {  // NOLINT(google-explicit-constructor): the same, kept otherwise
    if (!text.empty()) edit() = std::move(text);
  }

  bool empty() const { return view().empty(); }
  std::string_view view() const { return text_ == nullptr ? std::string_view() : std::string_view(*text_); }
  /// To be written to.
  std::string& edit() {
    if (text_ == nullptr) text_ = std::make_unique<std::string>();
    return *text_;
  }
  void shrink_to_fit() {
    if (view().empty()) {
      text_.reset();
    } else {
      text_->shrink_to_fit();
    }
  }
  friend bool operator==(const RareString& a, const RareString& b) { return a.view() == b.view(); }

 private:
  std::unique_ptr<std::string> text_;
};

}  // namespace hop
