// Laying a file at a drop so that it lies there once, however often the connection is cut: a name is used
// once, and a file of that name that lies there already must be this one.
#pragma once

#include <string_view>

#include "net/file_drop.h"

namespace postgang::net {

// Good, too, where it was laid there before, or has been taken meanwhile. Codes: FileDrop::put's;
// drop-name-taken is then another file of that name.
Outcome putOnce(const FileDrop& drop, std::string_view folder, std::string_view name, std::string_view bytes);

}  // namespace postgang::net
