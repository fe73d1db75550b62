#pragma once
// What a document is, judged by its own text and where it lies. Knows nothing of kinds.

#include <string_view>

#include "graph/input.h"
#include "yaml/document.h"

namespace hop {

/// What a file's place says about its documents.
struct FileNature {
  bool named = false;          ///< on the command line: what does not parse is reported, whatever it is
  bool in_templates = false;   ///< in `templates/` beside a Chart.yaml
  bool chart = false;          ///< a Chart.yaml: has an apiVersion but is no Kubernetes object
  bool kustomization = false;  ///< may do without apiVersion and kind
};

/// Whether a text mentions `apiVersion` or a key `kind`. One that does not holds no manifest, broken or whole, and need not be parsed.
bool mentions_identity(std::string_view text);

/// For a text that need not be parsed: empty, template_ or not_manifest.
DocumentClass classify_unparsed(std::string_view text, const FileNature& nature);

/// A document with exactly one of apiVersion and kind is `half` only if it has metadata or a spec as well: values files and Grafana's
/// provisioning files have a top-level `kind` or `apiVersion` of their own.
DocumentClass classify(const yaml::Document& document, std::string_view text, const FileNature& nature);

}  // namespace hop
