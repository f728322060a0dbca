#include "store/partner_invitations.h"

#include <algorithm>

#include "base/text.h"
#include "store/partner_doubles.h"
#include "store/partners.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr int listed_max = 50;
constexpr std::int64_t day_seconds = 24 * 3600;

constexpr std::string_view columns =
    "SELECT id, owner, identifier, address, language, token_digest, sent_at, sent_by, expires_at, "
    "answered_at, "
    "answer, value, settled_at, settled_by, taken FROM partner_invitations ";

PartnerInvitation readInvitation(const sql::Row& row) {
  sql::Columns c(row);
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  PartnerInvitation one;
  one.id = c.id<PartnerInvitationId>();
  one.owner = c.company();
  one.identifier = c.text();
  one.address = c.text();
  one.language = c.text();
  one.tokenDigest = c.digest();
  one.sentAt = c.instant();
  one.sentBy = c.text();
  one.expiresAt = c.instant();
  one.answeredAt = c.maybe(instant);
  one.answer = c.text();
  one.value = c.text();
  one.settledAt = c.maybe(instant);
  one.settledBy = c.text();
  one.taken = c.yes();
  return one;
}

// Every server reads the part before the @ as it likes; asking twice by capitals alone is asking twice.
std::string foldedAddress(std::string_view address) {
  return folded(address);
}

Outcome mayBeAsked(Transaction& tx, const PartnerInvitation& invitation, const std::string& address) {
  auto& connection = tx.connection();
  TRY(const auto refused, connection.run("SELECT 1 FROM refused_invitations WHERE address_folded = ?1",
                                         {address}, [](const sql::Row&) {}));
  std::int64_t lately = 0;
  CHECK_OK(connection.run(
      "SELECT COUNT(*) FROM partner_invitations WHERE address_folded = ?1 AND owner <> ?2 AND sent_at > ?3",
      {address, invitation.owner, invitation.sentAt.plusSeconds(-invited_again_seconds)},
      [&](const sql::Row& row) { lately = row.number(0); }));
  // Which of the two it is, or who has asked, is not for others to know.
  if (refused > 0 || lately >= invitations_of_others_max)
    return fail(ProblemKind::conflict, "invitation-refused", "This address cannot be asked.", "/email",
                "Ask them in another way.");
  std::optional<Instant> last;
  CHECK_OK(
      connection.run("SELECT MAX(sent_at) FROM partner_invitations WHERE address_folded = ?1 AND owner = ?2",
                     {address, invitation.owner}, [&](const sql::Row& row) {
                       if (!row.isNull(0)) last = Instant{row.number(0)};
                     }));
  const auto again = last ? last->plusSeconds(invited_again_seconds) : Instant{};
  if (last && invitation.sentAt < again)
    return fail(Problem{ProblemKind::conflict,
                        "invited-lately",
                        "This address was asked within the last thirty days.",
                        "/email",
                        "Ask again later.",
                        {{"day", dateInStockholm(again).plusDays(1).text()}}});
  std::int64_t today = 0;
  CHECK_OK(connection.run("SELECT COUNT(*) FROM partner_invitations WHERE owner = ?1 AND sent_at > ?2",
                          {invitation.owner, invitation.sentAt.plusSeconds(-day_seconds)},
                          [&](const sql::Row& row) { today = row.number(0); }));
  if (today >= invitations_per_day)
    return fail(Problem{ProblemKind::rate_limited,
                        "invitations-used-up",
                        "The company has sent as many invitations as it may in a day.",
                        {},
                        "Send the others tomorrow.",
                        {{"most", std::to_string(invitations_per_day)}}});
  return {};
}

}  // namespace

Outcome makePartnerInvitation(Transaction& tx, const Viewer& viewer, const PartnerInvitation& invitation) {
  TRY(const auto known, partner(tx, viewer, invitation.owner, invitation.identifier));
  if (!known)
    return fail(ProblemKind::not_found, "partner-not-found", "There is no such counterpart.", {},
                "Put it under /partners first.");
  const auto address = foldedAddress(invitation.address);
  CHECK_OK(mayBeAsked(tx, invitation, address));
  CHECK_OK(tx.connection().run(
      "INSERT INTO partner_invitations (id, owner, identifier, address, address_folded, token_digest, "
      "language, "
      "sent_at, sent_by, expires_at, answer, value, settled_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
      "?10, '', '', '')",
      {invitation.id, invitation.owner, known->identifier, invitation.address, address,
       invitation.tokenDigest, invitation.language, invitation.sentAt, invitation.sentBy,
       invitation.expiresAt}));
  return {};
}

Result<std::vector<PartnerInvitation>> partnerInvitations(Reader& reader, const Viewer& viewer,
                                                          CompanyId owner, std::string_view identifier) {
  std::vector<PartnerInvitation> all;
  if (!viewer.sees(owner)) return all;
  static const std::string statement =
      std::string(columns) + "WHERE owner = ?1 AND identifier = ?2 ORDER BY sent_at DESC LIMIT ?3";
  TRY(const auto identifiers, identifiersOf(reader, viewer, owner, identifier));
  for (const auto& one : identifiers)
    CHECK_OK(reader.connection().run(statement, {owner, one, listed_max},
                                     [&](const sql::Row& row) { all.push_back(readInvitation(row)); }));
  std::ranges::stable_sort(all, std::ranges::greater(), &PartnerInvitation::sentAt);
  if (all.size() > static_cast<std::size_t>(listed_max)) all.resize(static_cast<std::size_t>(listed_max));
  return all;
}

Result<PartnerInvitation> openPartnerInvitation(Reader& reader, const Digest& tokenDigest) {
  static const std::string statement = std::string(columns) + "WHERE token_digest = ?1";
  std::optional<PartnerInvitation> found;
  CHECK_OK(reader.connection().run(statement, {tokenDigest},
                                   [&](const sql::Row& row) { found = readInvitation(row); }));
  if (!found || found->expiresAt <= reader.clock().now())
    return fail(ProblemKind::not_found, "link-invalid", "This link has been used, or can no longer be used.");
  return std::move(*found);
}

Outcome answerPartnerInvitation(Transaction& tx, const Digest& tokenDigest, std::string_view answer,
                                std::string_view value) {
  TRY(const auto invitation, openPartnerInvitation(tx, tokenDigest));
  const auto now = tx.clock().now();
  const bool refuses = answer == "refuse";
  CHECK_OK(
      tx.connection().run("UPDATE partner_invitations SET answered_at = ?2, answer = ?3, value = ?4 WHERE id "
                          "= ?1 AND settled_at IS "
                          "NULL",
                          {invitation.id, now, refuses ? std::string_view("no") : answer, value}));
  if (!refuses) return {};
  CHECK_OK(tx.connection().run(
      "INSERT INTO refused_invitations (address_folded, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
      {foldedAddress(invitation.address), now}));
  return {};
}

Outcome settlePartnerInvitation(Transaction& tx, const Viewer& viewer, CompanyId owner,
                                std::string_view identifier, PartnerInvitationId id, bool taken) {
  TRY(const auto all, partnerInvitations(tx, viewer, owner, identifier));
  const auto found = std::ranges::find(all, id, &PartnerInvitation::id);
  if (found == all.end())
    return fail(ProblemKind::not_found, "invitation-not-found", "There is no such invitation.");
  if (!found->answeredAt)
    return fail(ProblemKind::conflict, "invitation-unanswered", "Nobody has answered this invitation yet.",
                {}, "Wait for the answer.");
  CHECK_OK(
      tx.connection().run("UPDATE partner_invitations SET settled_at = ?2, settled_by = ?3, taken = ?4 WHERE "
                          "id = ?1 AND settled_at "
                          "IS NULL",
                          {id, tx.clock().now(), viewer.actor().name, taken}));
  return {};
}

}  // namespace postgang::store
