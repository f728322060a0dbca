# Expat judges beside our parser (tests only).
find_package(EXPAT REQUIRED)
target_link_libraries(xml_test PRIVATE EXPAT::EXPAT)
