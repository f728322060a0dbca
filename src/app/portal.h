// The built portal: where it lies, and what is answered where it is missing.
#pragma once

#include <string>

#include "net/router.h"

namespace postgang::app {

// `folder` empty: `portal` beside the program, else web/dist of the source tree it was built from. Where no
// portal is found the API is served alone, and a page says so.
net::Handler portalHandler(const std::string& folder);

}  // namespace postgang::app
