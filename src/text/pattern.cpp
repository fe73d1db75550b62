#include "text/pattern.h"

#include <re2/re2.h>

#include <utility>

namespace hop {
namespace {

constexpr std::int64_t most_memory = std::int64_t{2} << 20;  // per expression; beyond it RE2 gets slower, not larger

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options options() {
  RE2::Options options;
  options.set_log_errors(false);  // stdout and stderr are the report's
  options.set_max_mem(most_memory);
  return options;
}

}  // namespace

struct Pattern::Compiled {
  explicit Compiled(std::string_view source) : expression(piece(source), options()) {}
  RE2 expression;
};

Result<Pattern> Pattern::compile(std::string_view expression) {
  auto compiled = std::make_shared<const Compiled>(expression);
  if (!compiled->expression.ok()) return Failure{compiled->expression.error()};
  Pattern pattern;
  pattern.compiled_ = std::move(compiled);
  return pattern;
}

bool Pattern::matches_whole(std::string_view text) const { return compiled_ && RE2::FullMatch(piece(text), compiled_->expression); }

}  // namespace hop
