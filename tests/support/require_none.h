#pragma once
// Fails the test case at hand if there are complaints, and goes on with it. They are printed as they are: Catch2 would break their lines.

#include <cstdio>

#include "support/catch.h"
#include "support/complaints.h"

namespace hop {

inline void require_none(const Complaints& complaints) {
  if (complaints.empty()) {
    SUCCEED();
    return;
  }
  std::fputs(("\n" + listed(complaints)).c_str(), stdout);
  FAIL_CHECK(complaints.size() << " complaints, printed above");
}

}  // namespace hop
