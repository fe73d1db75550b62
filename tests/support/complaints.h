#pragma once
// What a checker found wrong, in words; none means all is well. Checkers return these rather than assert, so that they can be tested
// themselves. Knows nothing of what is checked.

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hop {

using Complaints = std::vector<std::string>;

inline void append(Complaints& to, Complaints more) {
  for (std::string& one : more) to.push_back(std::move(one));
}

/// Puts `where` and a colon before each.
Complaints located(const std::string& where, Complaints complaints);

/// One per line, for a failure message; beyond a page only their number.
std::string listed(const Complaints& complaints);

/// What `check` says of 0, 1, …, `count` - 1, in this order, asked on all processors. An exception becomes a complaint.
Complaints gather(std::size_t count, const std::function<Complaints(std::size_t)>& check);

}  // namespace hop
