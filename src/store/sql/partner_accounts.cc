#include "store/partner_accounts.h"

#include <algorithm>
#include <map>
#include <set>

#include "document/identifiers.h"
#include "store/news.h"
#include "store/sql/partner_counts.h"
#include "store/sql/partner_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

// One account under one identifier, as it is kept or waits.
struct Seen {
  std::string identifier;
  PartnerAccount account;
};

void addSeen(std::vector<Seen>& seen, std::string identifier, PartnerAccount account) {
  const auto same = std::ranges::find_if(seen, [&](const Seen& one) {
    return one.identifier == identifier && one.account.account == account.account;
  });
  if (same == seen.end()) {
    seen.push_back({std::move(identifier), std::move(account)});
    return;
  }
  auto& kept = same->account;
  kept.firstAt = sql::earlier(kept.firstAt, account.firstAt);
  kept.lastAt = std::max(kept.lastAt, account.lastAt);
  kept.documents += account.documents;
  if (!kept.confirmedAt) {
    kept.confirmedAt = account.confirmedAt;
    kept.confirmedBy = account.confirmedBy;
  }
}

// What is folded, and what waits, which nobody can have confirmed.
Outcome readSeen(sql::Connection& connection, CompanyId owner, std::string_view identifier,
                 std::vector<Seen>& seen) {
  const auto read = [&](const sql::Row& row) {
    sql::Columns c(row);
    PartnerAccount account;
    account.account = c.text();
    account.firstAt = c.instant();
    account.lastAt = c.instant();
    account.documents = c.number();
    account.confirmedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
    account.confirmedBy = c.text();
    addSeen(seen, std::string(identifier), std::move(account));
  };
  CHECK_OK(connection.run(
      "SELECT account, first_at, last_at, documents, confirmed_at, confirmed_by FROM partner_accounts WHERE "
      "owner = ?1 AND identifier = ?2",
      {owner, identifier}, read));
  CHECK_OK(
      connection.run("SELECT account, first_at, last_at, documents, NULL, '' FROM partner_account_deltas "
                     "WHERE owner = ?1 AND "
                     "identifier = ?2 ORDER BY id",
                     {owner, identifier}, read));
  return {};
}

// What a supplier began with is known, and what somebody has confirmed: as one, whatever it was merged of, or
// whoever is taken for its double would bring an account along that nobody asks about.
std::vector<PartnerAccount> together(const std::vector<Seen>& seen) {
  Instant begun;
  for (const auto& one : seen) begun = sql::earlier(begun, one.account.firstAt);
  std::map<std::string, PartnerAccount> accounts;
  for (const auto& [identifier, one] : seen) {
    auto [place, isNew] = accounts.try_emplace(one.account, one);
    auto& sum = place->second;
    const bool isChange = one.firstAt > begun && !one.confirmedAt;
    if (isNew) {
      sum.isChange = isChange;
      continue;
    }
    sum.firstAt = sql::earlier(sum.firstAt, one.firstAt);
    sum.lastAt = std::max(sum.lastAt, one.lastAt);
    sum.documents += one.documents;
    sum.isChange = sum.isChange && isChange;
    if (!sum.confirmedAt) {
      sum.confirmedAt = one.confirmedAt;
      sum.confirmedBy = one.confirmedBy;
    }
  }
  std::vector<PartnerAccount> all;
  for (auto& [account, one] : accounts)
    if (one.firstAt.microseconds > 0) all.push_back(std::move(one));
  std::ranges::stable_sort(all, std::ranges::greater(), &PartnerAccount::firstAt);
  return all;
}

Result<std::vector<std::string>> identifiersOf(sql::Connection& connection, CompanyId owner,
                                               std::string_view identifier) {
  TRY(const auto kept, sql::keptPartner(connection, owner, identifier));
  TRY(auto identifiers, sql::aliasesOf(connection, owner, kept));
  identifiers.insert(identifiers.begin(), kept);
  return identifiers;
}

Result<std::vector<PartnerAccount>> accountsOf(sql::Connection& connection, CompanyId owner,
                                               std::string_view identifier) {
  TRY(const auto identifiers, identifiersOf(connection, owner, identifier));
  std::vector<Seen> seen;
  for (const auto& one : identifiers) CHECK_OK(readSeen(connection, owner, one, seen));
  return together(seen);
}

std::string shown(std::string_view account) {
  const auto colon = account.find(':');
  const auto kind = account.substr(0, colon);
  const auto number = colon == std::string_view::npos ? std::string_view() : account.substr(colon + 1);
  if (kind == "bankgiro") return document::shownBankgiro(number);
  if (kind == "plusgiro") return document::shownPlusgiro(number);
  return document::shownIban(number);
}

}  // namespace

Result<std::vector<PartnerAccount>> partnerAccounts(Reader& reader, const Viewer& viewer, CompanyId owner,
                                                    std::string_view identifier) {
  if (!viewer.sees(owner)) return std::vector<PartnerAccount>();
  return accountsOf(reader.connection(), owner, identifier);
}

Outcome confirmAccount(Transaction& tx, const Viewer& viewer, CompanyId owner, std::string_view identifier,
                       std::string_view account) {
  auto& connection = tx.connection();
  const auto none = [] {
    return postgang::fail(ProblemKind::not_found, "payment-identifier-not-found",
                          "This partner has asked for no payment there.", "/account",
                          "Use one of the partner's paymentIdentifiers.");
  };
  if (!viewer.sees(owner)) return none();
  TRY(const auto kept, sql::keptPartner(connection, owner, identifier));
  TRY(const auto identifiers, identifiersOf(connection, owner, kept));
  CHECK_OK(sql::foldAccountsOf(tx, owner, identifiers));
  std::int64_t found = 0;
  for (const auto& one : identifiers) {
    TRY(const auto changed,
        connection.run(
            "UPDATE partner_accounts SET confirmed_by = CASE WHEN confirmed_at IS NULL THEN ?4 ELSE "
            "confirmed_by END, confirmed_at = COALESCE(confirmed_at, ?5) WHERE owner = ?1 AND "
            "identifier = ?2 AND account = ?3",
            {owner, one, account, viewer.actor().name, tx.clock().now()}));
    found += changed;
  }
  if (found == 0) return none();
  return sql::recountAccounts(connection, owner, kept);
}

namespace sql {
namespace {

struct AccountNews {
  PartnerAccountKey key;
  PartnerAccountDelta delta;
};

// Whether it is new on somebody who has asked to be paid elsewhere before.
Result<bool> foldAccount(Connection& connection, const AccountNews& one) {
  const auto& [key, delta] = one;
  bool isKnown = false, hasEarlier = false;
  auto sum = delta;
  CHECK_OK(
      connection.run("SELECT account, documents, first_at, last_at FROM partner_accounts WHERE owner = ?1 "
                     "AND identifier = ?2",
                     {key.owner, key.identifier}, [&](const Row& row) {
                       Columns c(row);
                       if (c.view() != key.account) {
                         c.skip();
                         const auto first = c.instant();
                         hasEarlier = hasEarlier || (first.microseconds > 0 && first < delta.firstAt);
                         return;
                       }
                       isKnown = true;
                       sum.documents += c.number();
                       sum.firstAt = earlier(sum.firstAt, c.instant());
                       sum.lastAt = std::max(sum.lastAt, c.instant());
                     }));
  CHECK_OK(connection.run(
      "INSERT INTO partner_accounts (owner, identifier, account, documents, first_at, last_at, confirmed_by) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, '') ON CONFLICT (owner, identifier, account) DO UPDATE SET documents "
      "= "
      "excluded.documents, first_at = excluded.first_at, last_at = excluded.last_at",
      {key.owner, key.identifier, key.account, sum.documents, sum.firstAt, sum.lastAt}));
  return !isKnown && hasEarlier && delta.documents > 0;
}

Outcome tellOfChange(Transaction& tx, const PartnerAccountKey& key, std::optional<DocumentId> document) {
  auto& connection = tx.connection();
  TRY(const auto kept, keptPartner(connection, key.owner, key.identifier));
  TRY(const auto partner, reachRow(connection, {key.owner, kept}));
  News news;
  news.kind = "payment-changed";
  news.company = key.owner;
  news.document = document;
  news.path = "/partners/" + kept;
  news.words = {{"counterpart", partner ? partner->name : kept}, {"account", shown(key.account)}};
  news.key = kept + " " + key.account;
  return enqueue(tx, newsJob(news, tx.clock().now()));
}

// What RETURNING gives of partner_account_deltas.
class AccountSums {
 public:
  void read(const Row& row) {
    Columns c(row);
    PartnerAccountKey key;
    key.owner = c.company();
    key.identifier = c.text();
    key.account = c.text();
    PartnerAccountDelta delta;
    delta.documents = c.number();
    delta.firstAt = c.instant();
    delta.lastAt = c.instant();
    delta.document = c.id<DocumentId>();
    addTo(sums_[key], delta);
  }
  // The oldest first; each partner's row is counted anew once, after all of them.
  Outcome fold(Transaction& tx) const {
    auto& connection = tx.connection();
    std::vector<AccountNews> news;
    for (const auto& [key, delta] : sums_) news.push_back({key, delta});
    std::ranges::stable_sort(news, {}, [](const AccountNews& one) { return one.delta.firstAt; });
    std::set<PartnerKey> touched;
    for (const auto& one : news) {
      TRY(const bool isChange, foldAccount(connection, one));
      if (isChange) CHECK_OK(tellOfChange(tx, one.key, one.delta.document));
      TRY(auto kept, keptPartner(connection, one.key.owner, one.key.identifier));
      touched.insert({one.key.owner, std::move(kept)});
    }
    for (const auto& [owner, identifier] : touched) CHECK_OK(recountAccounts(connection, owner, identifier));
    return {};
  }

 private:
  std::map<PartnerAccountKey, PartnerAccountDelta> sums_;
};

constexpr std::string_view account_delta_columns =
    " RETURNING owner, identifier, account, documents, first_at, last_at, document";

}  // namespace

Result<bool> foldAccounts(Transaction& tx, int rows_max) {
  static const auto take_oldest =
      "DELETE FROM partner_account_deltas WHERE id IN (SELECT id FROM partner_account_deltas ORDER BY id "
      "LIMIT ?1)" +
      std::string(account_delta_columns);
  AccountSums sums;
  TRY(const auto taken,
      tx.connection().run(take_oldest, {rows_max}, [&](const Row& row) { sums.read(row); }));
  CHECK_OK(sums.fold(tx));
  return taken >= rows_max;
}

Outcome foldAccountsOf(Transaction& tx, CompanyId owner, const std::vector<std::string>& identifiers) {
  static const auto take_all_of = "DELETE FROM partner_account_deltas WHERE owner = ?1 AND identifier = ?2" +
                                  std::string(account_delta_columns);
  CHECK_OK(foldAlone(tx.connection()));
  AccountSums sums;
  for (const auto& identifier : identifiers)
    CHECK_OK(tx.connection().run(take_all_of, {owner, identifier}, [&](const Row& row) { sums.read(row); }));
  return sums.fold(tx);
}

Outcome tellOfBroughtAccounts(Transaction& tx, CompanyId owner, std::string_view kept,
                              std::string_view gone) {
  TRY(const auto known, accountsOf(tx.connection(), owner, kept));
  TRY(const auto brought, accountsOf(tx.connection(), owner, gone));
  if (known.empty()) return {};
  for (const auto& one : brought) {
    if (one.confirmedAt || std::ranges::find(known, one.account, &PartnerAccount::account) != known.end())
      continue;
    PartnerAccountKey key;
    key.owner = owner;
    key.identifier = std::string(kept);
    key.account = one.account;
    CHECK_OK(tellOfChange(tx, key, {}));
  }
  return {};
}

Outcome recountAccounts(Connection& connection, CompanyId owner, std::string_view identifier) {
  TRY(const auto accounts, accountsOf(connection, owner, identifier));
  const auto changed = std::ranges::count_if(accounts, &PartnerAccount::isChange);
  TRY(const auto kept, keptPartner(connection, owner, identifier));
  return connection.later(
      "UPDATE partners SET accounts_changed = ?3 WHERE owner = ?1 AND identifier = ?2 AND accounts_changed "
      "<> "
      "?3",
      {owner, kept, static_cast<std::int64_t>(changed)});
}

}  // namespace sql
}  // namespace postgang::store
