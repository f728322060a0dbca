# Who sees what is tried on both stores.
target_sources(access_test PRIVATE ${CMAKE_SOURCE_DIR}/tests/store/both_stores_test.cc)
