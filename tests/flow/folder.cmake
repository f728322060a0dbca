# What an export has in it is tried on both stores.
target_sources(flow_test PRIVATE ${CMAKE_SOURCE_DIR}/tests/store/both_stores_test.cc)
