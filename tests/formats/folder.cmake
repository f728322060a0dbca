# Expat judges what corrections wrote (tests only).
find_package(EXPAT REQUIRED)
target_link_libraries(formats_test PRIVATE EXPAT::EXPAT)
