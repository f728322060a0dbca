# The samples serve the benchmark too; the corpus is read with formats/.
add_library(postgang_render_samples STATIC ${CMAKE_SOURCE_DIR}/tests/render/samples.cc)
target_include_directories(postgang_render_samples PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(postgang_render_samples PUBLIC postgang_render)
target_link_libraries(render_test PRIVATE postgang_render_samples postgang_formats)
