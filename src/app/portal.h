// Where the built portal is served from.
#pragma once

#include <string>

#include "base/problem.h"
#include "net/router.h"

namespace postgang::app {

// `folder` as given, or empty: `portal` beside the program, else web/dist of the source tree that the program
// was built from. Where neither is there, / says that the API works and how to get a portal. Codes: those of
// StaticFiles, for a folder that was given.
Result<net::Handler> portalHandler(const std::string& folder);

}  // namespace postgang::app
