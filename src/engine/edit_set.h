#pragma once
// Edits that can all be made at once. Knows nothing of the fixes they belong to.

#include <map>
#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace hop {

class EditSet {
 public:
  /// Whether these edits, which do not overlap each other, meet none that is in already. One and the same edit may be asked for twice.
  bool fits(const std::vector<Edit>& edits) const;
  /// Adds edits that fit.
  void add(const std::vector<Edit>& edits);
  std::map<FileId, std::vector<Edit>> by_file() const;

 private:
  bool fits(const Edit& edit) const;
  std::map<Span, std::string> edits_;  ///< by file and place
};

}  // namespace hop
