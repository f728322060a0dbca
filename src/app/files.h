// Files named on the command line.
#pragma once

#include <string>

#include "base/problem.h"

namespace postgang::app {

Result<std::string> readFile(const std::string& path);  // "-" is standard input. Code file-unreadable
Outcome writeFile(const std::string& path,
                  std::string_view bytes);  // "-" is standard output. Code file-unwritable

}  // namespace postgang::app
