#pragma once
// The one door to {fmt}: text is built at the call site with format("…", …).

#include <fmt/format.h>

#include <string>
#include <utility>

namespace hop {

template <class... Args>
std::string format(fmt::format_string<Args...> text, Args&&... args) {
  return fmt::format(text, std::forward<Args>(args)...);
}

}  // namespace hop
