# Expat judges what corrections wrote, and the hand-made zips of workbooks need check sums (tests only).
find_package(EXPAT REQUIRED)
target_link_libraries(formats_test PRIVATE EXPAT::EXPAT ZLIB::ZLIB)
