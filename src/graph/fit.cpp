#include "graph/fit.h"

namespace hop {
namespace {

Fit fit_whole(const OpenText& shape, std::string_view wanted) {
  if (!shape.open_before && !shape.open_after) return fit(truth(shape.text == wanted));
  const bool start = shape.open_before || wanted.starts_with(shape.text);
  const bool end = shape.open_after || wanted.ends_with(shape.text);
  return {Truth::no, truth(start && end && wanted.find(shape.text) != std::string_view::npos)};
}

Fit fit_start(const OpenText& shape, std::string_view start) {
  if (shape.open_before) return left_open;
  const bool all = shape.text.starts_with(start);
  return {truth(all), truth(all || (shape.open_after && start.starts_with(shape.text)))};
}

Fit fit_end(const OpenText& shape, std::string_view end) {
  if (shape.open_after) return left_open;
  const bool all = shape.text.ends_with(end);
  return {truth(all), truth(all || (shape.open_before && end.ends_with(shape.text)))};
}

}  // namespace

Fit fit_of(const OpenText& shape, std::string_view pattern) {
  if (pattern == "*") return shape.known && (!shape.text.empty() || shape.open_before || shape.open_after) ? fit(Truth::yes) : fits_unknown;
  if (!shape.known) return fits_unknown;
  if (pattern.ends_with('*')) return fit_start(shape, pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return fit_end(shape, pattern.substr(1));
  return fit_whole(shape, pattern);
}

Fit fit_of_path(const OpenText& path, std::string_view pattern) {
  const std::size_t hole = pattern.find('{');
  if (hole == std::string_view::npos) return fit_of(path, pattern);
  if (!path.known) return fits_unknown;
  const Fit start = fit_start(path, pattern.substr(0, hole));
  return start.some == Truth::no ? start : Fit{Truth::unknown && start.all, Truth::unknown};
}

}  // namespace hop
