#pragma once
// What many ask for, found out when somebody first asks, and kept. Several threads may ask at once; what they are given stays where it is.

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "model/resource.h"
#include "yaml/document.h"

namespace hop {

/// Answers by the text of their questions, which says all that they depend on.
template <class Answer>
class Answers {
 public:
  /// `find` makes an Answer.
  template <class Find>
  const Answer& of(const std::string& question, Find find) const {
    if (const Answer* known = look_up(question)) return *known;
    Answer answer = find();  // others may do the same meanwhile: the first one that is done counts
    const std::scoped_lock lock(mutex_);
    return answers_.try_emplace(question, std::move(answer)).first->second;
  }

 private:
  const Answer* look_up(const std::string& question) const {
    const std::scoped_lock lock(mutex_);
    const auto found = answers_.find(question);
    return found == answers_.end() ? nullptr : &found->second;
  }

  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, Answer> answers_;  // looked up only
};

/// A single answer.
template <class Answer>
class Once {
 public:
  /// `find` makes an Answer.
  template <class Find>
  const Answer& get(Find find) const {
    if (const Answer* known = answer_.load(std::memory_order_acquire)) return *known;
    auto made = std::make_unique<const Answer>(find());  // others may do the same meanwhile: the first one that is done counts
    const Answer* first = nullptr;
    return answer_.compare_exchange_strong(first, made.get(), std::memory_order_acq_rel) ? *made.release() : *first;
  }

  Once() = default;
  Once(Once&& other) noexcept : answer_(other.answer_.exchange(nullptr)) {}
  Once& operator=(Once&& other) noexcept {
    delete answer_.exchange(other.answer_.exchange(nullptr));
    return *this;
  }
  ~Once() { delete answer_.load(); }

 private:
  mutable std::atomic<const Answer*> answer_{nullptr};
};

/// An answer, and whether another copy of the same object would have been given another: the copies near by count (graph/copies.h).
template <class Answer>
struct Answered {
  Answer answer;
  bool by_place = false;
};

/// Answers that few who ask have for themselves, being in the midst of copies.
template <class Answer>
class SharedAnswers {
 public:
  /// `find` makes an Answered<Answer>. The question says all but who asks.
  template <class Find>
  const Answer& of(std::string question, const Resource& from, Find find) const {
    std::optional<Answered<Answer>> own;
    const auto find_common = [&] {
      own = find();
      return own->by_place ? std::nullopt : std::optional(std::move(own->answer));
    };
    if (const std::optional<Answer>& common = common_.of(question, find_common)) return *common;
    question += std::to_string(from.id);
    return own_.of(question, [&] { return own ? std::move(own->answer) : std::move(find().answer); });
  }

 private:
  Answers<std::optional<Answer>> common_;  ///< nothing where it depends on who asks
  Answers<Answer> own_;
};

/// Adds to a question from where the answer is looked for: what decides who sees whom, and the namespace where it counts.
void add_standpoint(std::string& question, const Resource& from, bool any_namespace);
/// Adds what a selector, or labels, say: two that differ in nothing but the order of their pairs give the same text.
void add_labels(std::string& question, yaml::Node labels);
/// The same of the pair of a single label.
void add_label(std::string& question, const yaml::Entry& label);

}  // namespace hop
