#include "graph/earlier.h"

#include <algorithm>
#include <utility>

#include "graph/index.h"
#include "yaml/same_content.h"

namespace hop {

bool same_standing(const Resource& a, const Resource& b) {
  return a.kind == b.kind && a.ns == b.ns && a.name == b.name && a.variant == b.variant && a.cluster == b.cluster &&
         a.patched == b.patched && a.opaque == b.opaque && a.ns_known == b.ns_known && a.name_known == b.name_known && a.origin == b.origin;
}

namespace {

/// Of resources of changed files: whether they say the same. Those of one document are asked about one after the other.
class SameContent {
 public:
  bool operator()(const Resource& a, const Resource& b) {
    if (!same_standing(a, b)) return false;
    const yaml::Document *x = a.root.document(), *y = b.root.document();
    if (x != x_ || y != y_) x_ = x, y_ = y, same_ = yaml::same_content(x->tree(), y->tree());
    return same_;
  }

 private:
  const yaml::Document *x_ = nullptr, *y_ = nullptr;
  bool same_ = false;
};

}  // namespace

Earlier::Earlier(const Graph& before, std::shared_ptr<const Index> index, const Graph& now, const std::set<FileId>& changed)
    : changed_(changed), index_(std::move(index)) {
  was_.resize(now.resources().size());
  is_.resize(before.resources().size());
  if (!changed.empty()) changes_.add_files();
  pair(before, now);
  // Too many pods for each Service to keep them all: which it keeps depends on those before it.
  holds_ = holds_ && !index_->keeps_few_pods;
}

void Earlier::pair(const Graph& before, const Graph& now) {
  const auto has_changed = [&](const Resource& resource) { return changed_.contains(resource.root.document()->file()); };
  auto old = before.resources().begin();
  const auto end = before.resources().end();
  Stretch gone, come;
  const auto pair_stretch = [&] {
    for (; old != end && has_changed(*old); ++old) gone.push_back(&*old);
    if (!gone.empty() || !come.empty()) pair_changed(before, gone, now, come);
    gone.clear();
    come.clear();
  };
  for (const Resource& resource : now.resources()) {
    if (has_changed(resource)) {
      come.push_back(&resource);
      continue;
    }
    pair_stretch();
    holds_ = holds_ && old != end && same_standing(*old, resource);
    if (!holds_) return;
    was_[resource.id] = &*old;
    is_[old->id] = &resource;
    ++old;
  }
  pair_stretch();
  holds_ = holds_ && old == end;
}

/// The same ones at both ends have moved at most; those between are others.
void Earlier::pair_changed(const Graph& before, const Stretch& old, const Graph& now, const Stretch& young) {
  SameContent same;
  std::size_t front = 0, back = 0;
  const std::size_t most = std::min(old.size(), young.size());
  const auto match = [&](const Resource& was, const Resource& resource) {
    if (!same(was, resource)) return false;
    is_[was.id] = &resource;
    return true;
  };
  while (front < most && match(*old[front], *young[front])) ++front;
  while (back < most - front && match(*old[old.size() - 1 - back], *young[young.size() - 1 - back])) ++back;
  for (std::size_t i = front; i < old.size() - back; ++i) changes_.add(before, *old[i]);
  for (std::size_t i = front; i < young.size() - back; ++i) changes_.add(now, *young[i]);
}

const Resource* Earlier::was(const Resource& now) const { return now.id < was_.size() ? was_[now.id] : nullptr; }

const Resource* Earlier::is(const Resource& was) const { return was.id < is_.size() ? is_[was.id] : nullptr; }

bool Earlier::stands(yaml::Node node) const {
  return !node || (!node.document()->synthetic() && !changed_.contains(node.document()->file()));
}

bool Earlier::bring_here(const Resource*& resource) const {
  if (resource == nullptr) return true;
  resource = is(*resource);
  return resource != nullptr;
}

bool Earlier::bring_here(Lookup& lookup) const {
  return bring_here(lookup.target) && bring_here(lookup.near) && bring_here(lookup.elsewhere) &&
         std::all_of(lookup.copies.begin(), lookup.copies.end(), [&](const Resource*& copy) { return bring_here(copy); });
}

}  // namespace hop
