# Only what reads the search box: the floors that insight/ stands on are not all built by clang.
target_sources(fuzz_query PRIVATE ${CMAKE_SOURCE_DIR}/src/insight/query_language.cc ${CMAKE_SOURCE_DIR}/src/insight/query_words.cc
               ${CMAKE_SOURCE_DIR}/src/store/viewer.cc)
