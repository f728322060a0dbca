# Warnings are errors; sanitizers and optimisation by preset.
add_library(postgang_flags INTERFACE)
target_compile_options(postgang_flags INTERFACE -Wall -Wextra -Wconversion -Werror -fdiagnostics-color=auto)
target_include_directories(postgang_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
# -O2 with asserts kept: an assert that fails is our own mistake and must be heard of in production, too.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1 -fno-omit-frame-pointer")
if(POSTGANG_SANITIZE)
  # A null pointer and what lies beyond an object end in AddressSanitizer's report as it is; these three checks
  # stand at every access and alone took a third of the time to compile.
  set(POSTGANG_SANITIZE_FLAGS -fsanitize=address,undefined -fno-sanitize=null,alignment,object-size -fno-sanitize-recover=all)
  target_compile_options(postgang_flags INTERFACE ${POSTGANG_SANITIZE_FLAGS})
  target_link_options(postgang_flags INTERFACE ${POSTGANG_SANITIZE_FLAGS})
endif()
if(POSTGANG_FUZZ)
  target_compile_options(postgang_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(postgang_flags INTERFACE -fsanitize=address,undefined)
endif()
