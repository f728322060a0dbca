# Fonts are shaped and cut with HarfBuzz itself, pages deflated with zlib.
pkg_check_modules(harfbuzz_subset REQUIRED IMPORTED_TARGET harfbuzz harfbuzz-subset)
get_target_property(RENDER_KIND postgang_render TYPE)
if(NOT RENDER_KIND STREQUAL "INTERFACE_LIBRARY")
  target_link_libraries(postgang_render PUBLIC PkgConfig::harfbuzz_subset ZLIB::ZLIB)
endif()
