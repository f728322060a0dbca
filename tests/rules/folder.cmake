# The corpus is read with formats/.
target_link_libraries(rules_test PRIVATE postgang_formats)
