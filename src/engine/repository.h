#pragma once
// The repository that holds a file or folder, and what files are called in it, wherever the program was started.

#include <string>

#include "text/file_system.h"

namespace hop {

class Repository {
 public:
  /// The nearest folder from `inside` upwards with `.git` in it, `otherwise` where there is none. `files` must outlive this.
  explicit Repository(const FileSystem& files, const std::string& inside = ".", const std::string& otherwise = ".");

  /// From its root, through links, "." for the root; absolute where it lies outside. What is not there, as stdin, is called as it is.
  std::string path_of(const std::string& shown) const;

 private:
  const FileSystem& files_;
  std::string root_;
};

}  // namespace hop
