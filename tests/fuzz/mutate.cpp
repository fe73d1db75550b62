#include "fuzz/mutate.h"

#include <algorithm>
#include <vector>

#include "rule/table.h"
#include "text/format.h"

namespace hop::fuzz {
namespace {

/// A text as lines, each with its end. A block is a line and those below it that stand further in.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      lines_.emplace_back(text.substr(0, end));
      text.remove_prefix(end);
    }
    if (lines_.empty()) lines_.emplace_back("\n");
  }
  std::string join() const {
    std::string all;
    for (const std::string& line : lines_) all += line;
    return all;
  }

  void change(Dice& dice) {
    const std::size_t at = dice.roll(lines_.size());
    switch (dice.roll(13)) {
      case 0:
        return add_document(dice);
      case 1:
      case 2:
      case 3:
        return change_value(at, dice);
      case 4:
        return change_key(at, dice);
      case 5:
        return erase(at);
      case 6:
        return copy(at, dice.roll(lines_.size() + 1), indent_of(at));
      case 7:
        return copy(at, dice.roll(lines_.size() + 1), dice.roll(5) * 2);
      case 8:
        return add_field(at, dice);
      case 9:
        return add_annotation(at, dice);
      case 10:
        return add_suppression(at, dice);
      case 11:
        return shift(at, dice);
      default:
        return take_value(at, dice.roll(lines_.size()));
    }
  }

 private:
  std::size_t indent_of(std::size_t at) const { return std::min(lines_[at].find_first_not_of(' '), lines_[at].size()); }
  std::size_t block_end(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < lines_.size() && indent_of(end) > indent_of(at)) ++end;
    return end;
  }
  /// Position behind `key:`; the line's size if it has none.
  std::size_t behind_key(std::size_t at) const {
    const std::size_t colon = lines_[at].find(": ");
    return colon == std::string::npos ? lines_[at].size() : colon + 2;
  }
  std::string key_of(std::size_t at) const {
    const std::size_t begin = std::min(lines_[at].find_first_not_of(" -"), lines_[at].size());
    return lines_[at].substr(begin, lines_[at].find(':', begin) - begin);
  }
  void insert(std::size_t at, std::string_view text) {
    Lines others(text);
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(at), others.lines_.begin(), others.lines_.end());
  }

  void add_document(Dice& dice) {
    const std::string document = "---\n" + random_manifest(dice);
    if (lines_.back().back() != '\n') lines_.back() += '\n';
    insert(dice.one_in(2) ? 0 : lines_.size(), document);
    if (lines_.front() == "---\n") insert(0, random_manifest(dice));
  }
  void change_value(std::size_t at, Dice& dice) {
    const std::size_t begin = behind_key(at);
    if (begin == lines_[at].size()) return;
    lines_[at] = lines_[at].substr(0, begin) + random_scalar(key_of(at), dice) + "\n";
  }
  void take_value(std::size_t at, std::size_t from) {
    if (behind_key(at) == lines_[at].size() || behind_key(from) == lines_[from].size()) return;
    lines_[at] = lines_[at].substr(0, behind_key(at)) + lines_[from].substr(behind_key(from));
  }
  void change_key(std::size_t at, Dice& dice) {
    const std::size_t begin = std::min(lines_[at].find_first_not_of(" -"), lines_[at].size());
    const std::size_t colon = lines_[at].find(':', begin);
    if (colon == std::string::npos) return;
    lines_[at].replace(begin, colon - begin, random_field(dice));
  }
  void erase(std::size_t at) {
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(at), lines_.begin() + static_cast<std::ptrdiff_t>(block_end(at)));
    if (lines_.empty()) lines_.emplace_back("\n");
  }
  void copy(std::size_t at, std::size_t to, std::size_t indent) {
    const std::vector<std::string> block(lines_.begin() + static_cast<std::ptrdiff_t>(at),
                                         lines_.begin() + static_cast<std::ptrdiff_t>(block_end(at)));
    const std::size_t was = indent_of(at);
    std::string text;
    for (const std::string& line : block) text += std::string(indent, ' ') + line.substr(std::min(was, line.size()));
    insert(to, text);
  }
  void add_field(std::size_t at, Dice& dice) {
    const std::string_view field = random_field(dice);
    insert(at + 1, format("{}{}: {}\n", std::string(indent_of(at), ' '), field, random_scalar(field, dice)));
  }
  void add_annotation(std::size_t at, Dice& dice) {
    const auto found = std::find_if(lines_.begin() + static_cast<std::ptrdiff_t>(at), lines_.end(),
                                    [](const std::string& line) { return line.find("annotations:\n") != std::string::npos; });
    if (found == lines_.end()) return;
    const auto line = static_cast<std::size_t>(found - lines_.begin());
    const std::string key = random_annotation_key(dice);
    insert(line + 1, format("{}  {}: '{}'\n", std::string(indent_of(line), ' '), key, random_annotation_value(key, dice)));
  }
  void add_suppression(std::size_t at, Dice& dice) {
    const std::string_view id = dice.one_in(3) ? "ALL" : dice.pick(all_rules()).path_id;
    const std::string comment =
        format("# hoplint: {} {}{}", dice.one_in(6) ? "allow-file" : "allow", id, dice.one_in(2) ? " -- why not" : "");
    if (dice.one_in(2)) return insert(at, std::string(indent_of(at), ' ') + comment + "\n");
    if (lines_[at].back() == '\n') lines_[at].pop_back();
    lines_[at] += " " + comment + "\n";
  }
  void shift(std::size_t at, Dice& dice) {
    if (dice.one_in(2)) {
      lines_[at].insert(0, dice.one_in(8) ? "\t" : "  ");
    } else {
      lines_[at].erase(0, std::min<std::size_t>(indent_of(at), 1 + dice.roll(2)));
    }
    if (lines_[at].empty()) lines_[at] = "\n";
  }

  std::vector<std::string> lines_;
};

std::string mutate_annotation(std::string_view input, Dice& dice) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  std::string key(input.substr(0, end));
  std::string value(input.substr(std::min(end + 1, input.size())));
  if (dice.one_in(3)) key = random_annotation_key(dice);
  switch (dice.roll(4)) {
    case 0:
      value = random_annotation_value(key, dice);
      break;
    case 1:
      value = format("{},{}", value, random_annotation_value(key, dice));
      break;
    case 2:
      if (!value.empty()) value.erase(dice.roll(value.size()), 1 + dice.roll(3));
      break;
    default:
      value.insert(dice.roll(value.size() + 1), random_scalar("", dice));
  }
  return key + "\n" + value;
}

}  // namespace

std::string mutate(Shape shape, std::string_view input, std::uint32_t seed) {
  Dice dice(seed);
  if (shape == Shape::annotation) return mutate_annotation(input, dice);
  Lines lines(input);
  for (std::size_t i = 0, count = 1 + dice.roll(4); i < count; ++i) lines.change(dice);
  return lines.join();
}

}  // namespace hop::fuzz
