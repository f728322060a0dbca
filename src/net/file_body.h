// A file on this machine as a reply's body, read while it is sent.
#pragma once

#include <memory>
#include <string>

#include "net/http.h"

namespace postgang::net {

// The file as it is now; one that is removed meanwhile is read to its end all the same. Code
// file-not-readable (unavailable).
Result<std::shared_ptr<BodySource>> fileBody(const std::string& path);

}  // namespace postgang::net
