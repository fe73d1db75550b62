#pragma once
// What is fuzzed: functions that take any bytes, and throw Broken where a promise is not kept. libFuzzer runs each in a binary of its own
// (fuzz_main.cpp); fuzz_corpus_test replays the corpora. Knows nothing of either.

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hop::fuzz {

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};
inline void require(bool kept, std::string_view promise) {
  if (!kept) throw Broken(std::string(promise));
}

/// How inputs are changed besides what libFuzzer does to any bytes.
enum class Shape : std::uint8_t { bytes, manifests, annotation };

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes) = nullptr;
  Shape shape = Shape::bytes;
};

void fuzz_reader(std::string_view bytes);      ///< any file: the fast reader against the library, and every question a node answers
void fuzz_lint(std::string_view bytes);        ///< manifests through model, graph, chains and all rules; every report of them
void fuzz_config(std::string_view bytes);      ///< a `.hoplint.yaml`, and a run under it
void fuzz_suppress(std::string_view bytes);    ///< suppressions read, added and taken away
void fuzz_fix(std::string_view bytes);         ///< every fix alone, then all that are safe, then all
void fuzz_annotation(std::string_view bytes);  ///< a line with an annotation's name; below it its value
void fuzz_request(std::string_view bytes);     ///< lines: a URL, `mesh/NAMESPACE/WORKLOAD`, headers
void fuzz_lsp(std::string_view bytes);         ///< what an editor sends

inline constexpr Target targets[] = {
    {"reader", fuzz_reader, Shape::manifests},
    {"lint", fuzz_lint, Shape::manifests},
    {"config", fuzz_config, Shape::manifests},
    {"suppress", fuzz_suppress, Shape::manifests},
    {"fix", fuzz_fix, Shape::manifests},
    {"annotation", fuzz_annotation, Shape::annotation},
    {"request", fuzz_request},
    {"lsp", fuzz_lsp},
};

}  // namespace hop::fuzz
