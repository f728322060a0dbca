#include "tests/access/world.h"

namespace postgang::access {
namespace {

class Keys : public World {
 protected:
  MadeKey key(std::vector<std::string> scopes, std::optional<Instant> expiresAt = {}) {
    const auto made = access_->createKey(ids_, {energi_, "Affärssystem", std::move(scopes), expiresAt});
    EXPECT_TRUE(made) << made.error().code;
    return *made;
  }
  std::optional<store::Key> row(const MadeKey& made) {
    std::optional<store::Key> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::keyByDigest(reader, sha256(made.secret)));
      return {};
    }));
    return found;
  }
};

TEST_F(Keys, let_in_the_program_that_has_one) {
  const auto made = key({"documents:read"});
  EXPECT_TRUE(made.secret.starts_with("pg_live_"));
  EXPECT_EQ(made.secret.size(), 8U + 43U) << "256 bits in base64url";
  const auto caller = access_->byKey(made.secret);
  ASSERT_TRUE(caller) << caller.error().code;
  EXPECT_EQ((*caller)->company.name, "Nordhamn Energi AB");
  EXPECT_TRUE((*caller)->may(Scope::documents_read));
  EXPECT_FALSE((*caller)->may(Scope::documents_write));
  EXPECT_FALSE((*caller)->isPerson());
  EXPECT_EQ((*caller)->id(), "key:" + made.id.text());
}

TEST_F(Keys, are_not_kept_in_clear) {
  const auto made = key({"documents:read"});
  ASSERT_TRUE(row(made));
  EXPECT_EQ(row(made)->secretDigest, sha256(made.secret));
}

TEST_F(Keys, that_are_wrong_answer_alike) {
  const auto made = key({"documents:read"});
  for (const auto& wrong : {std::string(), std::string("pg_live_"), made.secret.substr(0, 50),
                            made.secret + "x", "pg_live_" + randomToken(), randomToken()})
    EXPECT_EQ(access_->byKey(wrong).error().code, "key-invalid") << wrong;
}

TEST_F(Keys, end_on_their_last_day) {
  const auto made = key({"documents:read"}, clock_.now().plusSeconds(3600));
  EXPECT_TRUE(access_->byKey(made.secret));
  clock_.advanceSeconds(3600);
  EXPECT_EQ(access_->byKey(made.secret).error().code, "key-invalid");
}

TEST_F(Keys, say_when_they_were_last_used_to_the_minute) {
  const auto made = key({"documents:read"});
  ASSERT_TRUE(access_->byKey(made.secret));
  const auto first = row(made)->lastUsedAt;
  ASSERT_EQ(first, clock_.now());
  clock_.advanceSeconds(59);
  ASSERT_TRUE(access_->byKey(made.secret));
  EXPECT_EQ(row(made)->lastUsedAt, first);
  clock_.advanceSeconds(1);
  ASSERT_TRUE(access_->byKey(made.secret));
  EXPECT_EQ(row(made)->lastUsedAt, clock_.now());
}

TEST_F(Keys, need_scopes_that_exist) {
  EXPECT_EQ(access_->createKey(ids_, {energi_, "", {}, {}}).error().code, "key-without-scope");
  EXPECT_EQ(access_->createKey(ids_, {energi_, "", {"documents:delete"}, {}}).error().code, "scope-unknown");
}

}  // namespace
}  // namespace postgang::access
