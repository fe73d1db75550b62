#pragma once
// Several resources for a key, of which a resource looks at those around it: of very many copies of one object (graph/copies.h) at as many
// as are told apart, and at none of the overlays it does not see, without walking over the others. For graph/ only.

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/copies.h"
#include "graph/hash_index.h"

namespace hop {

/// What a value of a NearIndex stands for: a resource with its id and variant, a copy of an object.
struct CopyOf {
  std::uint64_t object;
  std::uint32_t id;
  std::uint16_t variant;
};

enum class Take : std::uint8_t { no, yes, stop };

/// What a walk over the values near by passed over.
struct Passed {
  bool some = false;     ///< values of which enough others were looked at: somebody else would have been given others
  bool refused = false;  ///< those of an object whose copies near by did not count, however many: one further away might
};

/// As HashIndex: add in resource order, seal, then ask; where there are many copies or variants, set_apart() in between. `copy_of` makes a
/// CopyOf of a value.
template <class T>
class NearIndex {
 public:
  static constexpr std::size_t many = 8 * most_copies;

  void add(std::uint64_t key, T value) { all_.add(key, std::move(value)); }

  /// Once, after the last was added. `few_copies`: no object has more than are told apart, and nobody need count them.
  void seal(bool few_copies) {
    all_.seal();
    few_copies_ = few_copies;
  }

  /// Once, where some object has so many copies, or where there are so many variants, that walking over them would take time.
  template <class Describe>
  void set_apart(Describe copy_of) {
    const auto by_object = [&](std::uint64_t key, std::span<const T> run) { set_lanes(key, run, copy_of); };
    all_.each_run([&](std::uint64_t key, std::span<const T> run) {
      if (run.size() <= many) return;
      by_object(key, run);
      const std::uint16_t first = copy_of(run.front()).variant;
      if (std::ranges::all_of(run, [&](const T& one) { return copy_of(one).variant == first; })) return;
      varied_.insert(key);
      for (const T& one : run) of_variant_.add(variant_key(key, copy_of(one).variant), one);
    });
    of_variant_.seal();
    of_variant_.each_run(by_object);
    lanes_.seal();
  }

  std::span<const T> find(std::uint64_t key) const { return all_.find(key); }

  /// Calls `visit` with each key and its values, in no order that means anything.
  template <class Visit>
  void each_run(Visit visit) const {
    all_.each_run(visit);
  }

  /// All that a resource of this variant may see, in resource order each.
  std::array<std::span<const T>, 2> seen(std::uint64_t key, std::uint16_t variant) const {
    if (variant == 0 || !varied_.contains(key)) return {find(key), {}};
    return {of_variant_.find(variant_key(key, 0)), of_variant_.find(variant_key(key, variant))};
  }

  /// Calls `take` with each, or, where there are very many, with those around `from`: of the copies of an object on either side as many
  /// as are told apart. `take` says whether one counts; after `stop` no more are given.
  template <class Describe, class Taker>
  Passed each_near(std::uint64_t key, const Resource& from, Describe copy_of, Taker take) const {
    if (const std::span<const T> all = find(key); all.size() <= many) {
      for (const T& one : all) {
        if (take(one) == Take::stop) return {};
      }
      return {};
    }
    if (few_copies_ && !(from.variant != 0 && varied_.contains(key))) {
      each_around(find(key), from.id, copy_of, take);
      return {};
    }
    std::vector<Lane> lanes;
    const auto add = [&](std::uint64_t of, std::span<const T> run) {
      const auto found = lanes_.find(of);
      found.empty() ? lanes.push_back({run, true}) : void(lanes.insert(lanes.end(), found.begin(), found.end()));
    };
    const auto [common, own] = seen(key, from.variant);
    const bool varied = from.variant != 0 && varied_.contains(key);
    add(varied ? variant_key(key, 0) : key, common);
    if (varied) add(variant_key(key, from.variant), own);
    Walk<Describe, Taker> walk{copy_of, take, from.id, {}};
    if (walk.upwards(lanes)) walk.downwards(lanes);
    return walk.passed;
  }

 private:
  /// All of them: first those from `middle` on, then those before it.
  template <class Describe, class Taker>
  static void each_around(std::span<const T> all, std::uint32_t middle, Describe copy_of, Taker take) {
    const auto behind = std::ranges::lower_bound(all, middle, {}, [&](const T& one) { return copy_of(one).id; });
    const auto is_last = [&](const T& one) { return take(one) == Take::stop; };
    if (std::find_if(behind, all.end(), is_last) != all.end()) return;
    static_cast<void>(std::find_if(std::make_reverse_iterator(behind), all.rend(), is_last));
  }

  /// Values of one object, or of several.
  struct Lane {
    std::span<const T> values;
    bool mixed = false;
  };

  static std::uint64_t variant_key(std::uint64_t key, std::uint16_t variant) { return KeyHash().add(key).add(variant).value(); }

  /// Where walking over all of a run costs little more than looking at those near by, it is left as it is.
  template <class Describe>
  void set_lanes(std::uint64_t key, std::span<const T> run, Describe copy_of) {
    if (run.size() <= many) return;
    std::unordered_map<std::uint64_t, std::vector<T>> objects;  // looked up only
    std::vector<std::uint64_t> order;
    for (const T& one : run) {
      const std::uint64_t object = copy_of(one).object;
      std::vector<T>& copies = objects[object];
      if (copies.empty()) order.push_back(object);
      copies.push_back(one);
      if (order.size() * 4 * most_copies > run.size()) return;
    }
    if (order.size() == 1) return lanes_.add(key, {run, false});
    for (const std::uint64_t object : order) {
      const std::vector<T>& copies = objects[object];
      lanes_.add(key, {kept_.emplace_back(copies.begin(), copies.end()), false});
    }
  }

  /// One lane as far as it was walked, in one direction.
  struct Cursor {
    std::uint32_t distance;
    std::uint32_t lane;
    std::size_t at;
    friend bool operator<(const Cursor& a, const Cursor& b) { return a.distance > b.distance; }  // the nearest is on top of a heap
  };

  template <class Describe, class Taker>
  struct Walk {
    Describe& copy_of;
    Taker& take;
    std::uint32_t middle;
    Passed passed;

    bool upwards(std::span<const Lane> lanes) {
      return run(lanes, [&](const Lane& lane) { return begin_of(lane); }, [](std::size_t at) { return at + 1; });
    }
    bool downwards(std::span<const Lane> lanes) {
      return run(lanes, [&](const Lane& lane) { return begin_of(lane) - 1; }, [](std::size_t at) { return at - 1; });
    }

   private:
    std::size_t begin_of(const Lane& lane) const {
      const auto id_of = [&](const T& one) { return copy_of(one).id; };
      return static_cast<std::size_t>(std::ranges::lower_bound(lane.values, middle, {}, id_of) - lane.values.begin());
    }

    /// Nearest first; false once it was told to stop.
    template <class Begin, class Step>
    bool run(std::span<const Lane> lanes, Begin begin, Step step) {
      std::vector<Cursor> cursors;
      const auto push = [&](std::uint32_t lane, std::size_t at) {
        if (at >= lanes[lane].values.size()) return;
        const std::uint32_t id = copy_of(lanes[lane].values[at]).id;
        cursors.push_back({std::max(id, middle) - std::min(id, middle), lane, at});
        std::ranges::push_heap(cursors, std::less<>());
      };
      for (std::uint32_t lane = 0; lane < lanes.size(); ++lane) push(lane, begin(lanes[lane]));
      struct Count {
        std::size_t taken = 0, refused = 0;
        bool done() const { return taken == most_copies || refused == many; }
      };
      std::unordered_map<std::uint64_t, Count> counts;  // by object; looked up only
      while (!cursors.empty()) {
        std::ranges::pop_heap(cursors, std::less<>());
        const Cursor here = cursors.back();
        cursors.pop_back();
        const T& one = lanes[here.lane].values[here.at];
        Count& count = counts[copy_of(one).object];
        if (!count.done()) {
          const Take answer = take(one);
          if (answer == Take::stop) return false;
          ++(answer == Take::yes ? count.taken : count.refused);
          passed.refused = passed.refused || count.refused == many;
        }
        passed.some = passed.some || count.done();
        if (!count.done() || lanes[here.lane].mixed) push(here.lane, step(here.at));
      }
      return true;
    }
  };

  HashIndex<T> all_;
  bool few_copies_ = false;
  std::unordered_set<std::uint64_t> varied_;  ///< keys whose values are also set apart by variant
  HashIndex<T> of_variant_;
  HashIndex<Lane> lanes_;            ///< by key, also of a variant
  std::deque<std::vector<T>> kept_;  ///< what lanes point at
};

}  // namespace hop
