// What a step does with the rows that are there: of an older schema that has some.
#include "store/sql/migrations.h"

#include "store/postgres/connection.h"
#include "store/sqlite/connection.h"
#include "tests/store/both_stores.h"

namespace postgang::store::sql {
namespace {

class Migrations : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (std::string_view(GetParam()) == "Postgres") {
      const auto database = newPostgresDatabase();
      if (!database) GTEST_SKIP() << "PostgreSQL 15 is not installed: apt-get install postgresql-15";
      auto opened = postgres::Connection::open(*database);
      ASSERT_TRUE(opened);
      connection_ = std::move(*opened);
    } else {
      auto opened =
          sqlite::Connection::open(folder_.path() + "/store.sqlite", sqlite::Connection::Role::writer);
      ASSERT_TRUE(opened);
      connection_ = std::move(*opened);
    }
  }
  void step(std::int64_t upTo) {
    const auto outcome = migrate(*connection_, upTo);
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }
  void run(std::string_view statement, std::initializer_list<Value> values = {}) {
    const auto outcome = connection_->run(statement, values);
    ASSERT_TRUE(outcome) << statement << ": " << outcome.error().detail;
  }
  // Each row's columns with commas between: numbers, or texts.
  std::vector<std::string> rows(std::string_view statement, std::string_view types) {
    std::vector<std::string> found;
    const auto outcome = connection_->run(statement, {}, [&](const Row& row) {
      std::string line;
      for (int i = 0; i < static_cast<int>(types.size()); ++i)
        line +=
            (i > 0 ? "," : "") + (types[static_cast<std::size_t>(i)] == 'n' ? std::to_string(row.number(i))
                                                                            : std::string(row.bytes(i)));
      found.push_back(line);
    });
    EXPECT_TRUE(outcome) << statement << ": " << (outcome ? "" : outcome.error().detail);
    return found;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Connection> connection_;
};
INSTANTIATE_TEST_SUITE_P(On, Migrations, ::testing::Values("Sqlite", "Postgres"),
                         [](const auto& chosen) { return std::string(chosen.param); });

using Lines = std::vector<std::string>;
constexpr std::int64_t before_access = 8;

TEST_P(Migrations, WhoSeesWhatFollowsFromWhatIsThere) {
  step(before_access);
  SystemClock clock;
  IdMaker ids(clock, 3);
  const auto insertCompany = [&](std::int64_t id, std::optional<CompanyId> parent) {
    run("INSERT INTO companies (id, identifier, name, parent, is_operator, customer, design, created_at) "
        "VALUES "
        "(?1, ?2, 'N', ?3, 0, 1, '', 0)",
        {id, std::to_string(id), parent});
  };
  insertCompany(1, {});
  insertCompany(2, CompanyId{1});
  insertCompany(3, CompanyId{2});
  insertCompany(4, {});

  const auto user = ids.next<UserId>(), staff = ids.next<UserId>();
  for (const auto& [id, email, role] :
       {std::tuple(user, "a@x.example", "reader"), {staff, "b@x.example", "operator"}}) {
    run("INSERT INTO users (id, email, name, password_hash, language, role, active) VALUES (?1, ?2, 'A', "
        "'x', "
        "'sv', ?3, 1)",
        {id, std::string_view(email), std::string_view(role)});
    run("INSERT INTO user_companies (user_id, company, position) VALUES (?1, 2, 0)", {id});
  }

  // One from 2 to 3 that has arrived, one that 2 has handed in and no more.
  const auto arrived = ids.next<DocumentId>(), waiting = ids.next<DocumentId>();
  const auto digest = sha256("");
  const auto insertDocument = [&](DocumentId id, std::int64_t entry, std::optional<CompanyId> receiver) {
    run("INSERT INTO documents (id, sender, sent_entry, receiver, version, door, file_name, media_type, "
        "digest, "
        "size, format, kind, number, currency, seller_identifier, seller_name, seller_customer_number, "
        "seller_person, seller_email, buyer_identifier, buyer_name, buyer_customer_number, buyer_person, "
        "buyer_email, order_reference, buyer_reference, payment_reference, customer_number, last_sequence, "
        "head) "
        "VALUES (?1, 2, ?2, ?3, 1, '', '', '', ?4, 0, '', 'invoice', '1', 'SEK', '', '', '', 0, '', '', '', "
        "'', "
        "0, '', '', '', '', '', 1, ?4)",
        {id, entry, receiver, digest});
  };
  const auto insertEntry = [&](std::int64_t id, std::int64_t company, DocumentId document,
                               std::string_view direction, std::int64_t amount) {
    run("INSERT INTO entries (id, company, document, direction, counterpart, number, kind, status, channel, "
        "currency, received_at, due_date, amount, last_event, last_event_at, last_event_detail) VALUES (?1, "
        "?2, "
        "?3, ?4, '', '1', 'invoice', 'delivered', 'network', 'SEK', ?5, 0, ?6, 'delivered', 0, '')",
        {id, company, document, direction, *Instant::parse("2026-11-23T23:30:00Z"), amount});
  };
  insertDocument(arrived, 1, CompanyId{3});
  insertEntry(1, 2, arrived, "sent", 12'550);
  insertEntry(2, 3, arrived, "received", 12'550);
  insertDocument(waiting, 3, {});
  insertEntry(3, 2, waiting, "sent", std::numeric_limits<std::int64_t>::min());
  run("INSERT INTO statistics (company, day, direction, channel, kind, status, currency, documents, amount) "
      "VALUES (2, 20261124, 'sent', 'network', 'invoice', 'delivered', 'SEK', 2, 12550)");

  step(before_access + 1);
  EXPECT_EQ(rows("SELECT id, group_root FROM companies ORDER BY id", "nn"),
            (Lines{"1,1", "2,1", "3,1", "4,4"}));
  EXPECT_EQ(
      rows("SELECT u.email, u.staff, c.role FROM users u JOIN user_companies c ON c.user_id = u.id ORDER "
           "BY u.email",
           "tnt"),
      (Lines{"a@x.example,0,reader", "b@x.example,1,administrator"}));
  EXPECT_EQ(rows("SELECT id, counterpart_company FROM entries ORDER BY id", "nn"),
            (Lines{"1,3", "2,2", "3,0"}));
  EXPECT_EQ(
      rows("SELECT company, day, direction, counterpart_company, CAST(SUM(documents) AS BIGINT), "
           "CAST(SUM(amount) AS BIGINT) FROM (SELECT * FROM statistics_deltas) AS d GROUP BY company, day, "
           "direction, counterpart_company ORDER BY company, counterpart_company",
           "nntnnn"),
      (Lines{"2,20261124,sent,0,1,0", "2,20261124,sent,3,1,12550", "3,20261124,received,2,1,12550"}));
  EXPECT_TRUE(rows("SELECT company FROM statistics", "n").empty());
}

}  // namespace
}  // namespace postgang::store::sql
