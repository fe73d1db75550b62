#pragma once
// What is left of a document that is not valid: the lines that a mistake spoils are taken out, and the rest is read again.
// Knows nothing of who reads it.

#include <functional>
#include <memory>
#include <string_view>

#include "yaml/tree.h"

namespace hop::yaml {

/// Reads a text once, up to its first mistake.
using ReadOnce = std::function<std::shared_ptr<const Tree>(std::string_view text)>;

/// `broken` has a problem of syntax. A mistake spoils its line and all below it that stand further in; reading goes on at the next line of
/// lesser or equal indentation, so that several mistakes in one document are all told. What only follows from another mistake is not.
/// The tree has the problems, in the order of their places, and the nodes of all lines that nothing spoiled; none where the rest cannot be
/// read either. At most 20 problems, and no recovery in documents of more than 1 MiB: reading starts anew behind each.
std::shared_ptr<const Tree> recover(const Tree& broken, const ReadOnce& read);

}  // namespace hop::yaml
