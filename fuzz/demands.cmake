# The rules stand above the formats.
target_link_libraries(fuzz_demands PRIVATE postgang_rules)
