#pragma once
// Writes reports so that a file is there whole or not at all.

#include <optional>
#include <span>
#include <string>

namespace hop {

struct Output {
  std::string path;  ///< "" for stdout
  std::string text;
};

/// Why writing failed; "" where that is no news: the reader of stdout went away, or somebody wants us to stop.
struct WriteFailure {
  std::string reason;
};

/// Files appear only once everything is written, stdout too: none is left behind on a failure. What is there and is no regular file (a
/// device, a FIFO) is written to as it is. Signals that end the process wait, but for as long as a reader takes, and leave nothing behind.
std::optional<WriteFailure> write_all(std::span<const Output> outputs);

/// The same for stdout alone, with the exit code and a complaint on stderr if it fails.
int print(std::string text);

}  // namespace hop
