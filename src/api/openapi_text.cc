#include "api/openapi_text.h"

// The assembler lays the file in; folder.cmake tells the build that this object depends on it.
asm(".section .rodata\n"
    ".global postgang_openapi\n"
    "postgang_openapi:\n"
    ".incbin \"" POSTGANG_OPENAPI_FILE
    "\"\n"
    ".global postgang_openapi_end\n"
    "postgang_openapi_end:\n"
    ".byte 0\n"
    ".previous\n");

extern const char postgang_openapi[], postgang_openapi_end[];

namespace postgang::api {

std::string_view openapiText() {
  return {postgang_openapi, postgang_openapi_end};
}

}  // namespace postgang::api
