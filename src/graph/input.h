#pragma once
// What was read, before anything is concluded from it: files, their documents, and why some of them are not resources.
// Plain data; the engine fills it in, the graph exposes it to the rules about reading.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/environment.h"
#include "model/template_objects.h"
#include "text/file.h"
#include "text/rare_string.h"
#include "text/rare_vector.h"
#include "yaml/document.h"
#include "yaml/parse.h"

namespace hop {

enum class DocumentClass : std::uint8_t {
  empty,         ///< nothing but comments
  resource,      ///< apiVersion and kind
  half,          ///< exactly one of the two
  not_manifest,  ///< neither: values files, pipelines, …
  template_,     ///< a Helm template
  broken,        ///< does not parse and looks like a manifest, or was named on the command line
  foreign,       ///< does not parse and is nothing of ours
  patch,         ///< a kustomize patch: not a resource
};

struct Mistakes;

struct ReadDocument {
  std::shared_ptr<yaml::Document> document;  ///< never null
  yaml::Chunk chunk;
  DocumentClass is = DocumentClass::empty;
  bool looked_at = false;                    ///< whether the reader has looked for mistakes
  std::shared_ptr<const Mistakes> mistakes;  ///< of the object that the document is (model/mistakes.h); null if there are none
};

/// What a kustomization lists and does not exist, though it would lie among the inputs.
struct AbsentPath {
  yaml::Node place;
  std::string path;
  bool folder = false;  ///< the folder is there, and no kustomization in it
};

struct ReadFile {
  FileId file = no_file;
  bool named = false;         ///< named on the command line rather than found while walking
  bool known = false;         ///< holds declarations of what exists elsewhere: never linted
  bool speaks_to_us = false;  ///< its text holds "hoplint": a comment or annotation may be meant for us
  std::string_view path;      ///< of the text in Sources, which keeps it
  RareString unreadable;      ///< why it could not be read; empty if it could
  std::vector<ReadDocument> documents;
  RareVector<TemplateObject> templates;  ///< what its documents of class template_ would make
  RareVector<AbsentPath> absent;         ///< of a kustomization
};

/// A one-liner of `known:` in the configuration: `Kind[.group] [ns/]name`.
struct KnownName {
  std::string kind;
  std::string ns;
  std::string name;
};

/// What the user says about the manifests as a whole.
struct World {
  bool complete = false;                         ///< everything there is lies among the manifests
  std::vector<std::string> complete_namespaces;  ///< the same for these namespaces
  std::vector<KnownName> known;
  /// `clusters:` of the configuration: name and path globs; a file belongs to the first that matches, else to the unnamed cluster.
  struct Cluster {
    std::string name;
    std::vector<std::string> paths;
  };
  std::vector<Cluster> clusters;
  std::string today;  ///< "YYYY-MM-DD", the run's only clock; "" if nobody knows
  Environment environment;
};

struct Input {
  Sources sources;
  std::deque<ReadFile> files;  ///< in path order
  World world;
};

}  // namespace hop
