// openapi.json as it was when the program was built, compiled in (folder.cmake).
#pragma once

#include <string_view>

namespace postgang::api {

std::string_view openapiText();

}  // namespace postgang::api
