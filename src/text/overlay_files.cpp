#include "text/overlay_files.h"

namespace hop {

void OverlayFiles::put(const std::string& path, std::string content) { contents_[under_->canonical(path)] = std::move(content); }

Result<std::string> OverlayFiles::read(const std::string& path, std::uint64_t limit) const {
  if (contents_.empty()) return under_->read(path, limit);
  const auto own = contents_.find(under_->canonical(path));
  if (own == contents_.end()) return under_->read(path, limit);
  if (own->second.size() > limit) return Failure{too_large(limit)};
  return own->second;
}

}  // namespace hop
