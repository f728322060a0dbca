// Links to recipients' pages, and what companies have set for their Smartmail.
#include "store/smartmail.h"
#include "store/sql/partner_counts.h"
#include "store/sql/session.h"

namespace postgang::store {

namespace {

RecipientLink readLink(const sql::Row& row) {
  sql::Columns c(row);
  RecipientLink link;
  link.tokenDigest = c.digest();
  link.document = c.id<DocumentId>();
  link.delivery = c.id<DeliveryId>();
  link.recipient = c.text();
  link.createdAt = c.instant();
  link.expiresAt = c.instant();
  link.endedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  link.pageKey = c.text();
  link.pageUntil = c.instant();
  link.bounceKey = c.text();
  return link;
}

constexpr std::string_view select_link =
    "SELECT token_digest, document, delivery, recipient, created_at, expires_at, ended_at, page_key, "
    "page_until, bounce_key FROM recipient_links ";

}  // namespace

Outcome createRecipientLink(Transaction& tx, const RecipientLink& link) {
  return tx.connection().later(
      "INSERT INTO recipient_links (token_digest, document, delivery, recipient, created_at, expires_at, "
      "ended_at, page_key, page_until, bounce_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {link.tokenDigest, link.document, link.delivery, link.recipient, link.createdAt, link.expiresAt,
       link.endedAt, link.pageKey, link.pageUntil, link.bounceKey});
}

Result<std::optional<RecipientLink>> recipientLink(Reader& reader, const Digest& tokenDigest) {
  std::optional<RecipientLink> found;
  CHECK_OK(reader.connection().run(std::string(select_link) + "WHERE token_digest = ?1", {tokenDigest},
                                   [&](const sql::Row& row) { found = readLink(row); }));
  return found;
}

Result<std::optional<RecipientLink>> recipientLinkOfBounce(Reader& reader, std::string_view bounceKey) {
  std::optional<RecipientLink> found;
  CHECK_OK(reader.connection().run(
      std::string(select_link) + "WHERE bounce_key = ?1 ORDER BY created_at DESC LIMIT 1", {bounceKey},
      [&](const sql::Row& row) { found = readLink(row); }));
  return found;
}

Outcome openPage(Transaction& tx, const Digest& tokenDigest, std::string_view pageKey, Instant until) {
  return tx.connection().later(
      "UPDATE recipient_links SET page_key = ?2, page_until = ?3 WHERE token_digest = ?1",
      {tokenDigest, pageKey, until});
}

Outcome endRecipientLinks(Transaction& tx, DeliveryId delivery, Instant at, std::string_view recipient) {
  return tx.connection().later(
      "UPDATE recipient_links SET ended_at = ?2 WHERE delivery = ?1 AND ended_at IS NULL AND (?3 = '' OR "
      "recipient = ?3)",
      {delivery, at, recipient});
}

Result<SmartmailSettingsText> smartmailSettings(Reader& reader, CompanyId company,
                                                std::string_view partnerIdentifier) {
  SmartmailSettingsText found;
  CHECK_OK(reader.connection().run("SELECT smartmail FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) { found.company = sql::Columns(row).text(); }));
  if (partnerIdentifier.empty()) return found;
  // An alias goes by what holds for the partner that it is one of.
  CHECK_OK(reader.connection().run(
      "SELECT smartmail FROM partners WHERE owner = ?1 AND identifier = COALESCE((SELECT "
      "NULLIF(a.merged_into, "
      "'') FROM partners a WHERE a.owner = ?1 AND a.identifier = ?2), ?2)",
      {company, partnerIdentifier}, [&](const sql::Row& row) { found.partner = sql::Columns(row).text(); }));
  return found;
}

Outcome setSmartmailSettings(Transaction& tx, CompanyId company, std::string_view json) {
  CHECK_OK(tx.connection().run("UPDATE companies SET smartmail = ?2 WHERE id = ?1", {company, json}));
  return {};
}

Outcome setPartnerSmartmailSettings(Transaction& tx, CompanyId company, std::string_view partnerIdentifier,
                                    std::string_view json) {
  TRY(const auto kept, sql::keptPartner(tx.connection(), company, partnerIdentifier));
  TRY(const auto changed,
      tx.connection().run("UPDATE partners SET smartmail = ?3 WHERE owner = ?1 AND identifier = ?2",
                          {company, kept, json}));
  if (changed == 0)
    return fail(ProblemKind::not_found, "partner-not-found", "There is no such counterpart.", {},
                "Put it under /partners first.");
  return {};
}

Result<std::vector<PartnerSmartmail>> partnersWithSmartmailSettings(Reader& reader, CompanyId company,
                                                                    int limit) {
  std::vector<PartnerSmartmail> found;
  CHECK_OK(reader.connection().run(
      "SELECT identifier, name, smartmail FROM partners WHERE owner = ?1 AND smartmail <> '' ORDER BY "
      "name_sorted, identifier LIMIT ?2",
      {company, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& partner = found.emplace_back();
        partner.identifier = c.text();
        partner.name = c.text();
        partner.settings = c.text();
      }));
  return found;
}

Result<std::string> inboundKey(Reader& reader, CompanyId company) {
  std::string found;
  CHECK_OK(reader.connection().run("SELECT inbound_key FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) { found = sql::Columns(row).text(); }));
  return found;
}

Outcome setInboundKey(Transaction& tx, CompanyId company, std::string_view key) {
  CHECK_OK(tx.connection().run("UPDATE companies SET inbound_key = ?2 WHERE id = ?1", {company, key}));
  return {};
}

Result<std::optional<CompanyId>> companyOfInboundKey(Reader& reader, std::string_view key) {
  std::optional<CompanyId> found;
  if (key.empty()) return found;
  CHECK_OK(reader.connection().run("SELECT id FROM companies WHERE inbound_key = ?1", {key},
                                   [&](const sql::Row& row) { found = sql::Columns(row).company(); }));
  return found;
}

Result<std::string> morningList(Reader& reader, CompanyId company) {
  std::string found;
  CHECK_OK(reader.connection().run("SELECT morning_list FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) { found = sql::Columns(row).text(); }));
  return found;
}

Outcome setMorningList(Transaction& tx, CompanyId company, std::string_view json) {
  CHECK_OK(tx.connection().run("UPDATE companies SET morning_list = ?2 WHERE id = ?1", {company, json}));
  return {};
}

Result<std::vector<CompanyId>> companiesWithMorningList(Reader& reader) {
  std::vector<CompanyId> found;
  CHECK_OK(
      reader.connection().run("SELECT id FROM companies WHERE morning_list <> '' ORDER BY id", {},
                              [&](const sql::Row& row) { found.push_back(sql::Columns(row).company()); }));
  return found;
}

}  // namespace postgang::store
