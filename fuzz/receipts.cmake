# Only what reads receipts: the floors that channels/ stands on are not all built by clang.
target_sources(fuzz_receipts PRIVATE ${CMAKE_SOURCE_DIR}/src/channels/print_receipts.cc ${CMAKE_SOURCE_DIR}/src/net/file_drop.cc
               ${CMAKE_SOURCE_DIR}/src/net/file_drop_local.cc ${CMAKE_SOURCE_DIR}/src/net/file_drop_sftp.cc)
target_link_libraries(fuzz_receipts PRIVATE CURL::libcurl)
