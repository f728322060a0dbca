#include "tests/store/both_stores.h"

#include "tests/store/migrated.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace postgang::store {
namespace {

bool succeeds(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;  // NOLINT: fixed words of our own
}

// A cluster of PostgreSQL 15 that lives as long as the program. PostgreSQL refuses root, so root starts it as
// postgres.
class Cluster {
 public:
  static const Cluster& instance() {
    static const Cluster cluster;
    return cluster;
  }
  const std::optional<std::string>& address() const { return address_; }

 private:
  Cluster() {
    if (const char* given = std::getenv("POSTGANG_TEST_POSTGRES")) {
      address_ = given;
      return;
    }
    if (!std::filesystem::exists(programs + "/initdb")) return;
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
    if (!succeeds(asPostgres(programs + "/initdb -D " + data() +
                             " -A trust -U postgres --no-sync -E UTF8 --locale=C")))
      return;
    const auto options = "\"-c listen_addresses= -c unix_socket_directories=" + folder_.path() +
                         " -c fsync=off -c max_connections=200\"";
    if (!succeeds(asPostgres(programs + "/pg_ctl -D " + data() + " -w -l " + folder_.path() + "/log -o " +
                             options + " start")))
      return;
    address_ = "postgresql:///postgres?user=postgres&host=" + folder_.path();
  }
  ~Cluster() {
    if (std::filesystem::exists(data()))
      (void)succeeds(asPostgres(programs + "/pg_ctl -D " + data() + " -m immediate stop"));
  }

  std::string data() const { return folder_.path() + "/data"; }
  static std::string asPostgres(const std::string& command) {
    return geteuid() == 0 ? "cd /tmp && su postgres -s /bin/sh -c '" + command + "'" : command;
  }

  static inline const std::string programs = "/usr/lib/postgresql/15/bin";
  TemporaryFolder folder_;
  std::optional<std::string> address_;
};

}  // namespace

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "postgang-store-XXXXXX").string();
  if (!mkdtemp(name.data())) std::abort();
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

namespace {

// A copy of the database of that name; nothing where there is no PostgreSQL.
std::optional<std::string> newDatabase(const std::string& of) {
  const auto& address = Cluster::instance().address();
  if (!address) return std::nullopt;
  static int made = 0;
  const auto name = "postgang_test_" + std::to_string(getpid()) + "_" + std::to_string(++made);
  PGconn* connection = PQconnectdb(address->c_str());
  PGresult* answer = PQexec(connection, ("CREATE DATABASE " + name + " TEMPLATE " + of).c_str());
  const bool created = PQresultStatus(answer) == PGRES_COMMAND_OK;
  // Not «not installed»: then half of the tests would be skipped, and nobody the wiser.
  EXPECT_TRUE(created) << "CREATE DATABASE " << name << ": " << PQerrorMessage(connection);
  PQclear(answer);
  PQfinish(connection);
  auto database = *address;
  const auto start = database.find('/', std::string_view("postgresql://").size()) + 1;
  return database.replace(start, database.find('?', start) - start, name);
}

// A copy of a database that already has the newest schema: tests/store/migrated.h says why.
std::optional<std::string> newMigratedDatabase() {
  static const auto migrated = []() -> std::optional<std::string> {
    const auto database = newPostgresDatabase();
    if (!database) return std::nullopt;
    const SimulatedClock clock(Instant::atMidnight(Date::of(2026, 1, 1)));
    const TemporaryFolder folder;
    StoreOptions options;
    options.dataFolder = folder.path();
    options.databaseUrl = *database;
    const auto opened = Store::open(options, clock);
    EXPECT_TRUE(opened) << opened.error().detail;
    const auto start = database->rfind('/', database->find('?')) + 1;
    return database->substr(start, database->find('?') - start);
  }();
  return migrated ? newDatabase(*migrated) : std::nullopt;
}

}  // namespace

std::optional<std::string> newPostgresDatabase() {
  return newDatabase("template1");
}

void BothStores::SetUp() {
  options_.dataFolder = folder_.path();
  options_.readers = 2;
  if (std::string_view(GetParam()) == "Postgres") {
    const auto database = newMigratedDatabase();
    if (!database) GTEST_SKIP() << "PostgreSQL 15 is not installed: apt-get install postgresql-15";
    options_.databaseUrl = *database;
  } else {
    layMigrated(options_.dataFolder);
  }
  reopen();
}

void BothStores::reopen() {
  store_.reset();
  auto opened = Store::open(options_, clock_);
  ASSERT_TRUE(opened) << opened.error().detail;
  store_ = std::move(*opened);
}

void BothStores::write(const std::function<Outcome(Transaction&)>& body, Priority priority) {
  const auto outcome = store().write(priority, body);
  ASSERT_TRUE(outcome) << outcome.error().code << ": " << outcome.error().detail;
}

void BothStores::read(const std::function<Outcome(Reader&)>& body) {
  const auto outcome = store().read(body);
  ASSERT_TRUE(outcome) << outcome.error().code << ": " << outcome.error().detail;
}

CompanyId BothStores::company(int number) {
  const auto identifier = "0007:55999" + std::to_string(10'000 + number);
  CompanyId id;
  // Within a write, only one that there is: a write cannot wait for another.
  read([&](Reader& reader) -> Outcome {
    TRY(const auto known, companyByIdentifier(reader, identifier));
    if (known) id = known->id;
    return {};
  });
  if (id.value != 0) return id;
  write([&](Transaction& tx) -> Outcome {
    Company fresh;
    fresh.identifier = identifier;
    fresh.name = "Bolag " + std::to_string(number) + " AB";
    TRY(id, createCompany(tx, fresh));
    return {};
  });
  return id;
}

DocumentId BothStores::received(CompanyId sender, std::vector<NewJob> jobs) {
  const auto id = ids_.next<DocumentId>();
  ReceivedFact fact;
  fact.sender = sender;
  fact.door = "api";
  fact.fileName = "faktura.xml";
  fact.mediaType = "application/xml";
  fact.digest = sha256(id.text());
  fact.size = 30'000;
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(claimKey(tx, sender, "bytes", hex(view(fact.digest)), id));
    return append(tx, id, 0, {{EventType::received, {ActorKind::key, "k1", "Affärssystem"}, fact}}, jobs);
  });
  return id;
}

RecognisedFact BothStores::invoiceFacts(CompanyId sender, CompanyId receiver, const std::string& number,
                                        const std::string& amount) {
  RecognisedFact facts;
  facts.format = "UBL 2.1 Invoice";
  facts.number = number;
  facts.issueDate = Date::of(2026, 11, 2);
  facts.dueDate = Date::of(2026, 12, 2);
  facts.amount = Decimal::parse(amount);
  facts.currency = "SEK";
  facts.seller = {"0007:seller" + std::to_string(sender.value),
                  "Säljaren " + std::to_string(sender.value) + " AB", "", false, ""};
  facts.buyer = {"0007:buyer" + std::to_string(receiver.value),
                 "Köparen " + std::to_string(receiver.value) + " AB", "", false, ""};
  facts.paymentReference = "47112026814";
  facts.searchText = number + " " + facts.seller.name + " " + facts.buyer.name + " 47112026814 " + amount;
  return facts;
}

void BothStores::appendTo(DocumentId document, const std::vector<NewEvent>& events) {
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto last, lastSequence(tx, document));
    return append(tx, document, last, events, {});
  });
}

DocumentId BothStores::delivered(CompanyId sender, CompanyId receiver, const RecognisedFact& facts) {
  const auto id = received(sender);
  RoutedFact routed;
  routed.plan = {{"network", true, Decimal(1), "SEK", "receiver-is-customer"}};
  routed.receiver = receiver;
  appendTo(id, {{EventType::recognised, {}, facts},
                {EventType::checked, {}, NoteFact{}},
                {EventType::routed, {}, routed}});
  DeliveryFact fact;
  fact.delivery = ids_.next<DeliveryId>();
  fact.channel = "network";
  fact.address = facts.buyer.identifier;
  fact.receiver = receiver;
  auto started = fact;
  fact.evidence = "inbox";
  appendTo(id, {{EventType::delivery_started, {}, started}, {EventType::delivered, {}, fact}});
  return id;
}

}  // namespace postgang::store
