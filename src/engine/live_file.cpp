#include "engine/live_file.h"

#include <algorithm>

#include "graph/kustomize.h"
#include "graph/reads.h"
#include "yaml/same_content.h"

namespace hop {
namespace {

/// Nothing where the text was not kept, as that of files without anything of ours.
std::string_view text_of(const ReadDocument& document, std::string_view text) {
  if (document.chunk.end > text.size()) return {};
  return text.substr(document.chunk.begin, document.chunk.end - document.chunk.begin);
}

bool is_broken(const ReadDocument& document) {
  return document.is == DocumentClass::broken || document.is == DocumentClass::foreign || document.is == DocumentClass::half;
}

/// Which document of an older version is which of a newer one: the same ones at both ends, those between in order.
class Pairing {
 public:
  template <class Same>
  Pairing(std::size_t older, std::size_t newer, Same same) : older_(older), newer_(newer) {
    const std::size_t most = std::min(older, newer);
    while (front_ < most && same(front_, front_)) ++front_;
    while (back_ < most - front_ && same(older - 1 - back_, newer - 1 - back_)) ++back_;
  }
  std::optional<std::size_t> older_of(std::size_t newer) const {
    if (newer < front_) return newer;
    if (newer >= newer_ - back_) return older_ - (newer_ - newer);
    return newer < older_ - back_ ? std::optional(newer) : std::nullopt;
  }
  std::size_t front() const { return front_; }
  std::size_t back() const { return back_; }

 private:
  std::size_t older_, newer_, front_ = 0, back_ = 0;
};

bool same_document(const ReadDocument& a, const ReadDocument& b) {
  if (a.is != b.is || (a.chunk.stray_begin == a.chunk.stray_end) != (b.chunk.stray_begin == b.chunk.stray_end)) return false;
  const yaml::Tree& x = a.document->tree();
  const yaml::Tree& y = b.document->tree();
  if (x.source == y.source) return true;
  const auto speaks_to_us = [](const yaml::Tree& tree) { return tree.source.find("hoplint:") != std::string_view::npos; };
  return !speaks_to_us(x) && !speaks_to_us(y) && same_content(x, y);
}

bool reaches_far(const ReadDocument& document) {
  if (document.is == DocumentClass::patch) return true;
  if (document.is != DocumentClass::resource && document.is != DocumentClass::broken) return false;
  const yaml::Node root = document.document->root();
  return far_reaching_kinds.has(find_kind(root["apiVersion"].str(), root["kind"].str())) || root["kind"].str().ends_with("List");
}

}  // namespace

std::optional<Spliced> splice_last_good(const ReadFile& newest, std::string_view text, const ReadFile& older, std::string_view older_text) {
  if (std::none_of(newest.documents.begin(), newest.documents.end(), is_broken)) return std::nullopt;
  const Pairing pairing(older.documents.size(), newest.documents.size(), [&](std::size_t was, std::size_t is) {
    return text_of(older.documents[was], older_text) == text_of(newest.documents[is], text);
  });
  Spliced spliced;
  std::size_t done = 0;
  for (std::size_t i = 0; i < newest.documents.size(); ++i) {
    const ReadDocument& document = newest.documents[i];
    const auto was = is_broken(document) ? pairing.older_of(i) : std::nullopt;
    if (!was || older.documents[*was].is != DocumentClass::resource) continue;
    spliced.text += text.substr(done, document.chunk.begin - done);
    spliced.text += text_of(older.documents[*was], older_text);
    if (document.chunk.end < text.size() && !spliced.text.ends_with('\n')) spliced.text += '\n';
    done = document.chunk.end;
    spliced.spared.push_back({newest.file, document.chunk.begin, document.chunk.end});
  }
  if (spliced.spared.empty()) return std::nullopt;
  spliced.text += text.substr(done);
  return spliced;
}

VersionMap map_documents(std::string_view from, std::string_view to) {
  if (from == to) return VersionMap::identity(from.size());
  const std::vector<yaml::Chunk> a = yaml::split(from), b = yaml::split(to);
  if (a.size() != b.size()) return VersionMap::between(from, to);
  VersionMap map;
  std::size_t done_a = 0, done_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    map.append(from.substr(done_a, a[i].begin - done_a), to.substr(done_b, b[i].begin - done_b));
    map.append(from.substr(a[i].begin, a[i].end - a[i].begin), to.substr(b[i].begin, b[i].end - b[i].begin));
    done_a = a[i].end, done_b = b[i].end;
  }
  map.append(from.substr(done_a), to.substr(done_b));
  return map;
}

bool same_documents(const ReadFile& a, const ReadFile& b) {
  const auto reason = [](const ReadFile& file) { return file.unreadable.view(); };
  return reason(a) == reason(b) && a.templates == b.templates &&
         std::equal(a.documents.begin(), a.documents.end(), b.documents.begin(), b.documents.end(), same_document);
}

bool touches_other_files(const ReadFile& before, const ReadFile& after) {
  if (is_kustomization_path(after.path)) return true;  // whatever it holds
  if (before.templates != after.templates) return true;
  const Pairing pairing(before.documents.size(), after.documents.size(),
                        [&](std::size_t was, std::size_t is) { return same_document(before.documents[was], after.documents[is]); });
  for (std::size_t i = pairing.front(); i < before.documents.size() - pairing.back(); ++i) {
    if (reaches_far(before.documents[i])) return true;
  }
  for (std::size_t i = pairing.front(); i < after.documents.size() - pairing.back(); ++i) {
    if (reaches_far(after.documents[i])) return true;
  }
  return false;
}

}  // namespace hop
