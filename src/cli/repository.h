#pragma once
// The repository that holds the working directory, and what files are called in it.

#include <string>

#include "text/file_system.h"

namespace hop {

class Repository {
 public:
  /// The nearest folder upwards with `.git` in it, the working directory itself where there is none. `files` must outlive this.
  explicit Repository(const FileSystem& files);

  /// From its root, through links; absolute where the file lies outside. A file that is not there, as stdin, is called as it is.
  std::string path_of(const std::string& shown) const;

 private:
  const FileSystem& files_;
  std::string root_;
};

}  // namespace hop
