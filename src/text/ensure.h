#pragma once
// Assertions about our own mistakes. They stay on in release builds and say where.

namespace hop {

[[noreturn]] void ensure_failed(const char* condition, const char* file, int line);

}  // namespace hop

// A macro because only a macro can show the condition's text.
#define HOP_ENSURE(condition) ((condition) ? static_cast<void>(0) : ::hop::ensure_failed(#condition, __FILE__, __LINE__))
