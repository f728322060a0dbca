# Expat judges beside our parser.
find_package(EXPAT REQUIRED)
target_link_libraries(fuzz_xml PRIVATE EXPAT::EXPAT)
