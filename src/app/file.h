// Files named on the command line.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::app {

Result<std::string> readFile(const std::string& path);               // code file-unreadable
Outcome writeFile(const std::string& path, std::string_view bytes);  // code file-unwritable; "-": stdout

}  // namespace postgang::app
