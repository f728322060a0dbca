// Secrets at rest: whoever has the database alone has none of them.
#include "store/sealed_columns.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "store/handovers.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

const std::string clear = "whsec_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";

class SealedColumns : public BothStores {
 protected:
  std::string secret(int of, int i) const {
    return clear + "-" + std::to_string(of) + "-" + std::to_string(i);
  }

  void set(CompanyId company, const std::string& kind, const std::string& kept) {
    write([&](Transaction& tx) -> Outcome {
      TRY(const auto before, handoverSettings(tx, company));
      HandoverSetting setting;
      for (const auto& each : before)
        if (each.kind == kind) setting.version = each.version;
      setting.kind = kind;
      setting.settings = R"({"way":"webhook"})";
      setting.secret = kept;
      setting.changedAt = tx.clock().now();
      return setHandoverSetting(tx, company, setting);
    });
  }
  // As every version before wrote them.
  void fillInClear(int companies) {
    for (int n = 1; n <= companies; ++n) {
      set(company(n), "default", secret(n, 0));
      set(company(n), "invoice", secret(n, 1));
    }
  }
  std::string kept(CompanyId company, const std::string& kind) {
    std::string found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto settings, handoverSettings(reader, company));
      for (const auto& each : settings)
        if (each.kind == kind) found = each.secret;
      return {};
    });
    return found;
  }
  std::string opened(const Vault& vault, CompanyId company, const std::string& kind) {
    const auto plain =
        vault.unseal(kept(company, kind), sealedContext("handover", {std::to_string(company.value), kind}));
    return plain ? *plain : plain.error().code;
  }
  // Everything that the data folder has, byte for byte.
  std::string bytesOfFolder() {
    std::string bytes;
    for (const auto& file : std::filesystem::recursive_directory_iterator(options().dataFolder)) {
      if (!file.is_regular_file() || file.path().extension() == ".key") continue;
      std::ostringstream out;
      out << std::ifstream(file.path(), std::ios::binary).rdbuf();
      bytes += out.str();
    }
    return bytes;
  }

  const Vault vault_ = Vault::withKey(std::string(32, 'n'));
};
INSTANTIATE_BOTH_STORES(SealedColumns);

TEST_P(SealedColumns, what_lay_in_clear_is_sealed_once_and_opens_for_its_row_alone) {
  fillInClear(120);  // more than one commit takes
  const auto first = sealWhatIsClear(store(), vault_);
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_EQ(first->sealed, 240);
  for (const int n : {1, 60, 120}) {
    EXPECT_TRUE(Vault::isSealed(kept(company(n), "default")));
    EXPECT_EQ(opened(vault_, company(n), "default"), secret(n, 0));
    EXPECT_EQ(opened(vault_, company(n), "invoice"), secret(n, 1));
  }
  set(company(1), "credit-note", kept(company(2), "default"));
  EXPECT_EQ(opened(vault_, company(1), "credit-note"), "sealed-wrong")
      << "moved to another row it opens nothing";
  EXPECT_EQ(sealWhatIsClear(store(), vault_)->sealed, 0);
}

TEST_P(SealedColumns, nothing_of_them_is_left_in_the_files) {
  if (std::string(GetParam()) != "Sqlite") GTEST_SKIP() << "PostgreSQL's files are its own";
  fillInClear(20);
  reopen();  // so that the log of changes is in the file
  ASSERT_NE(bytesOfFolder().find(clear), std::string::npos) << "else this test could not fail";
  ASSERT_TRUE(sealWhatIsClear(store(), vault_));
  reopen();
  EXPECT_EQ(bytesOfFolder().find(clear), std::string::npos);
}

TEST_P(SealedColumns, a_copy_of_the_database_with_another_key_opens_none_and_says_so) {
  fillInClear(3);
  ASSERT_TRUE(sealWhatIsClear(store(), vault_));
  const auto other = Vault::withKey(std::string(32, 'x'));
  EXPECT_EQ(opened(other, company(1), "default"), "sealed-key-unknown");
  const auto before = kept(company(1), "default");
  const auto anew = sealAnew(store(), other);
  ASSERT_FALSE(anew);
  EXPECT_EQ(anew.error().code, "sealed-key-unknown");
  EXPECT_EQ(anew.error().where,
            "handover_settings.secret of handover:" + std::to_string(company(1).value) + ":default");
  EXPECT_EQ(kept(company(1), "default"), before) << "and nothing is changed";
}

TEST_P(SealedColumns, a_new_key_seals_all_anew_and_the_old_can_then_be_dropped) {
  TemporaryFolder keys;
  const auto file = std::filesystem::path(keys.path()) / "vault.key";
  const auto vault = Vault::open(file);
  fillInClear(60);
  ASSERT_TRUE(sealWhatIsClear(store(), *vault));
  const auto before = kept(company(1), "default");
  ASSERT_TRUE(Vault::addKey(file));
  set(company(2), "invoice", "");  // taken away meanwhile
  const auto report = sealAnew(store(), *vault);
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->sealedAnew, 119);
  EXPECT_NE(kept(company(1), "default"), before);
  EXPECT_EQ(kept(company(2), "invoice"), "");
  ASSERT_TRUE(Vault::dropOldKeys(file));
  for (const int n : {1, 30, 60}) EXPECT_EQ(opened(*vault, company(n), "default"), secret(n, 0));
  EXPECT_EQ(sealAnew(store(), *vault)->sealedAnew, 0);
}

TEST_P(SealedColumns, broken_off_it_goes_on_where_it_was) {
  TemporaryFolder keys;
  const auto file = std::filesystem::path(keys.path()) / "vault.key";
  const auto vault = Vault::open(file);
  fillInClear(120);
  ASSERT_TRUE(sealWhatIsClear(store(), *vault));
  ASSERT_TRUE(Vault::addKey(file));
  int commits = 0;
  bool isOn = false;
  options().fault = [&](std::string_view step) -> Outcome {
    if (isOn && step.starts_with("COMMIT") && ++commits > 1)
      return fail(ProblemKind::unavailable, "store-unreachable", "The disk is gone.");
    return {};
  };
  reopen();
  isOn = true;
  EXPECT_FALSE(sealAnew(store(), *vault));
  isOn = false;
  options().fault = nullptr;
  reopen();
  const auto rest = sealAnew(store(), *vault);
  ASSERT_TRUE(rest) << rest.error().detail;
  EXPECT_GT(rest->sealedAnew, 0);
  EXPECT_LT(rest->sealedAnew, 240) << "what was committed before is not done twice";
  for (const int n : {1, 60, 120}) EXPECT_EQ(opened(*vault, company(n), "invoice"), secret(n, 1));
}

// Every line of the table names what is there: a column that was renamed would leave its secrets in clear.
TEST_P(SealedColumns, every_line_of_the_table_is_a_column_with_its_key) {
  for (const auto& column : sealed_columns) {
    std::string sql = "SELECT " + std::string(column.column);
    for (const auto& part : column.key)
      if (part.type != KeyColumn::none) sql += ", " + std::string(part.column);
    sql += " FROM " + std::string(column.table) + " LIMIT 1";
    read([&](Reader& reader) -> Outcome {
      CHECK_OK(reader.connection().run(sql));
      return {};
    });
  }
}

// A column that is called like a secret is in the table, or is none that is read again.
TEST_P(SealedColumns, no_column_that_is_called_like_a_secret_is_forgotten) {
  if (std::string(GetParam()) != "Sqlite") GTEST_SKIP() << "the schema is the same";
  const std::vector<std::string> digests = {"secret_digest", "password_hash", "token_digest"};
  // The token that a page sends beside its cookie; without the cookie, of which there is a digest, it is
  // nothing.
  const std::vector<std::string> harmless = {"csrf_token"};
  read([&](Reader& reader) -> Outcome {
    CHECK_OK(reader.connection().run(
        "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' "
        "AND "
        "(p.name LIKE '%secret%' OR p.name LIKE '%password%' OR p.name LIKE '%seed%' OR p.name LIKE "
        "'%token%')",
        {}, [&](const sql::Row& row) {
          const std::string table(row.bytes(0)), column(row.bytes(1));
          const bool isListed = std::ranges::any_of(
              sealed_columns, [&](const auto& one) { return one.table == table && one.column == column; });
          const bool isDigest = std::ranges::any_of(digests, [&](const auto& one) { return one == column; });
          const bool isHarmless =
              std::ranges::any_of(harmless, [&](const auto& one) { return one == column; });
          const bool isJobsToken = table == "jobs" && column == "token";  // counts leases
          EXPECT_TRUE(isListed || isDigest || isHarmless || isJobsToken) << table << "." << column;
        }));
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
