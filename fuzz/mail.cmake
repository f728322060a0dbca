# Only what reads mail: clang does not build all of net/.
target_sources(fuzz_mail PRIVATE ${CMAKE_SOURCE_DIR}/src/net/mail_reader.cc ${CMAKE_SOURCE_DIR}/src/net/mail_fields.cc
               ${CMAKE_SOURCE_DIR}/src/net/mail_report.cc ${CMAKE_SOURCE_DIR}/src/net/bounce_cause.cc
               ${CMAKE_SOURCE_DIR}/src/net/mail.cc)
target_link_libraries(fuzz_mail PRIVATE PkgConfig::gmime)
