// Keys as administrators handle them, and keys that outlive what their maker may do.
#include "access/keys.h"

#include "tests/access/world.h"

namespace postgang::access {
namespace {

constexpr std::int64_t day = 24 * 3600;

class KeyCare : public World {
 protected:
  void SetUp() override {
    karin_ = user("karin@nordhamn.example", "administrator", {energi_});
    olle_ = user("olle@nordhamn.example", "administrator", {energi_});
  }
  MadeKey key(std::vector<std::string> scopes, std::optional<UserId> madeBy,
              std::optional<Instant> expiresAt = {}) {
    const auto made =
        access_->createKey(ids_, {energi_, "Affärssystem", std::move(scopes), expiresAt, madeBy});
    EXPECT_TRUE(made) << made.error().code;
    return *made;
  }
  void becomes(UserId id, const std::string& role, bool active = true) {
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(auto person, store::user(tx, id));
      person->active = active;
      person->memberships.clear();
      if (!role.empty()) person->memberships.push_back({energi_, role});
      return store::updateUser(tx, *person);
    }));
  }
  static store::Viewer of(CompanyId company) { return store::Viewer::ofCompanies({company}, {}); }
  KeyStanding standing(KeyId id) {
    std::optional<KeyStanding> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, keySeen(reader, of(energi_), id, clock_.now()));
      return {};
    }));
    return found.value_or(KeyStanding{});
  }
  template <typename Function>
  std::string code(Function&& function) {
    const auto done = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(function(tx));
      return {};
    });
    return done ? "ok" : done.error().code;
  }
  std::string changed(KeyId id, const KeyChange& change, CompanyId seen) {
    return code([&](auto& tx) { return changeKey(tx, of(seen), id, change, clock_.now()); });
  }
  std::string changed(KeyId id, const KeyChange& change) { return changed(id, change, energi_); }
  std::string revoked(KeyId id) {
    return code([&](auto& tx) { return revokeKey(tx, of(energi_), id, clock_.now()); });
  }

  UserId karin_, olle_;
};

TEST_F(KeyCare, a_key_that_outlived_its_makers_role_does_what_is_left_of_it) {
  const auto made = key({"documents:read", "partners:write", "webhooks:write"}, karin_);
  EXPECT_TRUE((*access_->byKey(made.secret))->may(Scope::webhooks_write));

  becomes(karin_, "clerk");
  auto caller = access_->byKey(made.secret);
  ASSERT_TRUE(caller);
  EXPECT_FALSE((*caller)->may(Scope::webhooks_write));
  EXPECT_TRUE((*caller)->may(Scope::partners_write));
  EXPECT_EQ(standing(made.id).state, KeyState::active);
  EXPECT_EQ(standing(made.id).effective, (Scopes{Scope::documents_read, Scope::partners_write}));

  becomes(karin_, "reader");
  EXPECT_FALSE((*access_->byKey(made.secret))->may(Scope::partners_write));
  EXPECT_TRUE((*access_->byKey(made.secret))->may(Scope::documents_read));
}

TEST_F(KeyCare, a_key_falls_silent_with_its_maker_and_speaks_again_when_it_is_taken_over) {
  const auto made = key({"documents:read"}, karin_);
  for (const auto& gone : {std::pair{"", true}, std::pair{"administrator", false}}) {
    becomes(karin_, gone.first, gone.second);
    EXPECT_FALSE((*access_->byKey(made.secret))->may(Scope::documents_read));
    EXPECT_EQ(standing(made.id).state, KeyState::silent);
    EXPECT_TRUE(standing(made.id).effective.isEmpty());
  }
  EXPECT_EQ(code([&](auto& tx) { return takeOverKey(tx, of(energi_), made.id, olle_, clock_.now()); }), "ok");
  EXPECT_TRUE((*access_->byKey(made.secret))->may(Scope::documents_read)) << "with the same secret";
  EXPECT_EQ(standing(made.id).state, KeyState::active);
  EXPECT_EQ(standing(made.id).key.madeBy, olle_);
}

TEST_F(KeyCare, a_key_of_the_command_line_has_no_maker_to_lose) {
  const auto made = key({"documents:read"}, {});
  EXPECT_EQ(standing(made.id).state, KeyState::active);
  EXPECT_EQ(standing(made.id).effective, Scopes{Scope::documents_read});
}

TEST_F(KeyCare, nobody_gives_a_key_what_they_may_not_do) {
  becomes(karin_, "clerk");
  const auto refused =
      access_->createKey(ids_, {energi_, "X", {"documents:read", "users:write"}, {}, karin_});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "scope-not-held");
  EXPECT_EQ(refused.error().parameters.at("scope"), "users:write");
  const auto elsewhere = access_->createKey(ids_, {granberga_, "X", {"documents:read"}, {}, karin_});
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, "scope-not-held") << "no role in that company";
  EXPECT_EQ(access_->createKey(ids_, {energi_, "X", {"keys:write"}, {}, olle_}).error().code, "scope-unknown")
      << "a key that makes keys could not be revoked";
}

TEST_F(KeyCare, a_revoked_key_lets_nobody_in_and_stays_in_the_list) {
  const auto made = key({"documents:read"}, karin_);
  ASSERT_TRUE(access_->byKey(made.secret));
  EXPECT_EQ(revoked(made.id), "ok");
  EXPECT_EQ(access_->byKey(made.secret).error().code, "key-invalid");
  EXPECT_EQ(standing(made.id).state, KeyState::revoked);
  const auto at = standing(made.id).key.revokedAt;
  clock_.advanceSeconds(60);
  EXPECT_EQ(revoked(made.id), "ok") << "twice is once";
  EXPECT_EQ(standing(made.id).key.revokedAt, at);
  EXPECT_EQ(changed(made.id, {.name = "Åter"}), "key-ended");
  EXPECT_EQ(code([&](auto& tx) { return takeOverKey(tx, of(energi_), made.id, olle_, clock_.now()); }),
            "key-ended");
}

TEST_F(KeyCare, warns_a_fortnight_before_the_end) {
  const auto made = key({"documents:read"}, karin_, clock_.now().plusSeconds(30 * day));
  EXPECT_FALSE(standing(made.id).endsSoon);
  clock_.advanceSeconds(16 * day - 1);
  EXPECT_FALSE(standing(made.id).endsSoon);
  clock_.advanceSeconds(1);
  EXPECT_TRUE(standing(made.id).endsSoon);
  clock_.advanceSeconds(14 * day);
  EXPECT_EQ(standing(made.id).state, KeyState::expired);
  EXPECT_FALSE(standing(made.id).endsSoon);
  EXPECT_EQ(changed(made.id, {.setsEnd = true}), "key-ended") << "a key that has ended does not come back";
}

TEST_F(KeyCare, scopes_are_only_taken_away) {
  const auto made = key({"documents:read", "documents:write"}, karin_);
  EXPECT_EQ(changed(made.id, {.scopes = std::vector<std::string>{"documents:read"}}), "ok");
  EXPECT_FALSE((*access_->byKey(made.secret))->may(Scope::documents_write));
  EXPECT_EQ(changed(made.id, {.scopes = std::vector<std::string>{"documents:read", "documents:write"}}),
            "key-scopes-wider");
  EXPECT_EQ(changed(made.id, {.scopes = std::vector<std::string>{}}), "key-without-scope");
  EXPECT_EQ(changed(made.id, {.scopes = std::vector<std::string>{"keys:write"}}), "scope-unknown");
}

TEST_F(KeyCare, a_foreign_key_is_not_there) {
  const auto made = key({"documents:read"}, karin_);
  EXPECT_EQ(changed(made.id, {.name = "Vår"}, lager_), "not-found");
  EXPECT_EQ(changed(ids_.next<KeyId>(), {.name = "Vår"}), "not-found");
}

TEST_F(KeyCare, says_from_where_a_key_was_used) {
  const auto made = key({"documents:read"}, karin_);
  EXPECT_EQ(standing(made.id).lastUsedFrom, "");
  ASSERT_TRUE(access_->byKey(made.secret, "192.0.2.7"));
  EXPECT_EQ(standing(made.id).lastUsedFrom, "192.0.2.7");
  EXPECT_EQ(standing(made.id).key.lastUsedAt, clock_.now());
}

TEST_F(KeyCare, what_was_changed_here_is_forgotten_here_at_once) {
  AccessOptions options = optionsOfTests();
  options.cacheMilliseconds = 60'000;
  Access remembering(*store_, clock_, options);
  const auto made = key({"documents:read"}, karin_);
  ASSERT_TRUE(remembering.byKey(made.secret));
  EXPECT_EQ(revoked(made.id), "ok");
  ASSERT_TRUE(remembering.byKey(made.secret)) << "remembered";
  remembering.forget(sha256(made.secret));
  EXPECT_EQ(remembering.byKey(made.secret).error().code, "key-invalid");
}

TEST_F(KeyCare, a_sandboxs_key_says_that_it_is_one) {
  store::Company row;
  row.identifier = "0007:5599900064";
  row.identifiers = {row.identifier};
  row.name = "Nordhamn Energi AB, provmiljö";
  row.sandboxOf = energi_;
  row.createdAt = clock_.now();
  CompanyId sandbox;
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(sandbox, store::createCompany(tx, row));
    return {};
  }));
  const auto made = access_->createKey(ids_, {sandbox, "Prov", {"documents:read"}, {}, {}});
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->secret.starts_with("pg_test_"));
  EXPECT_TRUE(access_->byKey(made->secret));
  auto live = made->secret;
  live.replace(0, 8, "pg_live_");
  EXPECT_EQ(access_->byKey(live).error().code, "key-invalid");
}

}  // namespace
}  // namespace postgang::access
