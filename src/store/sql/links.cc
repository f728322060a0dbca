// Links in notices, and what companies say about notices.
#include <boost/json.hpp>

#include "base/json_text.h"
#include "store/company_settings.h"
#include "store/notices.h"
#include "store/sql/session.h"

namespace postgang::store {

Outcome createLink(Transaction& tx, const Link& link) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO links (token_digest, notice, may_edit, address, created_at, expires_at, used_at) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {link.tokenDigest, link.notice, link.mayEdit, link.address, link.createdAt, link.expiresAt,
       link.usedAt}));
  return {};
}

Outcome deleteLink(Transaction& tx, const Digest& tokenDigest) {
  CHECK_OK(tx.connection().run("DELETE FROM links WHERE token_digest = ?1", {tokenDigest}));
  return {};
}

Outcome useLink(Transaction& tx, const Digest& tokenDigest, Instant at) {
  CHECK_OK(tx.connection().run("UPDATE links SET used_at = ?2 WHERE token_digest = ?1 AND used_at IS NULL",
                               {tokenDigest, at}));
  return {};
}

Result<std::optional<Link>> link(Reader& reader, const Digest& tokenDigest) {
  std::optional<Link> found;
  CHECK_OK(reader.connection().run(
      "SELECT token_digest, notice, may_edit, address, created_at, expires_at, used_at FROM links WHERE "
      "token_digest = ?1",
      {tokenDigest}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& link = found.emplace();
        link.tokenDigest = c.digest();
        link.notice = c.id<NoticeId>();
        link.mayEdit = c.yes();
        link.address = c.text();
        link.createdAt = c.instant();
        link.expiresAt = c.instant();
        link.usedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
      }));
  return found;
}

namespace {

std::string textIn(const SetValue* value) {
  if (!value) return {};
  boost::system::error_code error;
  const auto parsed = boost::json::parse(value->value, error);
  return error || !parsed.is_string() ? std::string() : std::string(parsed.get_string());
}

}  // namespace

Result<NoticeSettings> noticeSettings(Reader& reader, CompanyId company) {
  std::optional<NoticeSettings> found;
  CHECK_OK(reader.connection().run("SELECT customer, notice_texts FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) {
                                     sql::Columns c(row);
                                     auto& settings = found.emplace();
                                     settings.customer = c.yes();
                                     settings.texts = c.text();
                                   }));
  if (!found) return fail(ProblemKind::not_found, "company-not-found", "There is no such company.");
  TRY(const auto email, companySetting(reader, company, notice_email_setting));
  found->email = textIn(email.holding());
  found->ownEmail = textIn(email.own ? &*email.own : nullptr);
  return std::move(*found);
}

Outcome setNoticeEmail(Transaction& tx, CompanyId company, std::string_view email,
                       std::string_view changedBy) {
  if (email.empty()) return unsetCompanySetting(tx, company, notice_email_setting);
  std::string value;
  appendJsonString(value, email);
  return setCompanySetting(tx, company, notice_email_setting, value, changedBy);
}

Outcome setNoticeTexts(Transaction& tx, CompanyId company, std::string_view textsJson) {
  CHECK_OK(tx.connection().run("UPDATE companies SET notice_texts = ?2 WHERE id = ?1", {company, textsJson}));
  return {};
}

Result<std::vector<Member>> membersOf(Reader& reader, CompanyId company, int limit) {
  std::vector<Member> members;
  // UNION (not ALL) ends the walk even if somebody has tied the tree into a ring.
  CHECK_OK(reader.connection().run(
      "WITH RECURSIVE above(id) AS (SELECT CAST(?1 AS BIGINT) UNION SELECT c.parent FROM companies c JOIN "
      "above a ON c.id = a.id WHERE c.parent IS NOT NULL) SELECT u.email, u.language FROM users u JOIN "
      "user_companies m ON m.user_id = u.id WHERE u.active = 1 AND u.staff = 0 AND m.company IN "
      "(SELECT id FROM above) GROUP BY u.id, u.email, u.language ORDER BY MAX(CASE WHEN m.company = ?1 THEN "
      "1 "
      "ELSE 0 END) DESC, u.email LIMIT ?2",
      {company, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& member = members.emplace_back();
        member.email = c.text();
        member.language = c.text();
      }));
  return members;
}

}  // namespace postgang::store
