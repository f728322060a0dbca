// Statements are kept prepared, as many as there is room for; whoever asks for more of them is answered
// alike.
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Statements : public World {};
INSTANTIATE_BOTH_STORES(Statements);

constexpr int more_than_are_kept = 1'100;

Result<std::int64_t> sum(sql::Connection& connection, int number) {
  std::int64_t found = 0;
  CHECK_OK(connection.run("SELECT " + std::to_string(number) + " + ?1", {number},
                          [&](const sql::Row& row) { found = row.number(0); }));
  return found;
}

TEST_P(Statements, AreAnsweredHoweverManyThereAre) {
  read([&](Reader& reader) -> Outcome {
    for (const int from : {0, more_than_are_kept - 5, 0})
      for (int number = from; number < more_than_are_kept; ++number) {
        TRY(const auto found, sum(reader.connection(), number));
        EXPECT_EQ(found, 2 * number);
      }
    return {};
  });
}

// While rows are read others are asked for, until the one that is read would be the first to go.
TEST_P(Statements, OneThatIsBeingReadStays) {
  read([&](Reader& reader) -> Outcome {
    auto& connection = reader.connection();
    std::vector<std::int64_t> found;
    CHECK_OK(connection.run("SELECT 7 + ?1 UNION ALL SELECT 8 + ?1", {1}, [&](const sql::Row& row) {
      for (int number = 0; found.empty() && number < more_than_are_kept; ++number)
        EXPECT_EQ(sum(connection, number).value_or(-1), 2 * number);
      found.push_back(row.number(0));
    }));
    EXPECT_EQ(found, (std::vector<std::int64_t>{8, 9}));
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
