#pragma once
// The fingerprint of a line that GitHub's code scanning keeps alerts by, `primaryLocationLineHash`. Knows nothing of SARIF.

#include <string>
#include <string_view>
#include <vector>

namespace hop {

/// One for each line of a file as it is stored: a hash of the hundred characters that begin with the line, blanks left out, and how
/// often that hash has come by then: "c129715d7a2bc9a3:1". Source: github.com/github/codeql-action, src/fingerprints.ts.
std::vector<std::string> line_hashes(std::string_view stored);

}  // namespace hop
