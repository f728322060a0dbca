#include "store/invitations.h"

#include <algorithm>

#include "store/sql/dialect.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr int listed_max = 1000;
constexpr std::string_view select_invitation =
    "SELECT i.id, i.email, i.name, i.language, i.invited_by, i.invited_by_name, i.token_digest, "
    "i.created_at, "
    "i.expires_at, i.sent_at, i.accepted_at, i.withdrawn_at FROM invitations i";

Invitation readInvitation(const sql::Row& row) {
  sql::Columns c(row);
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  Invitation invitation;
  invitation.id = c.id<InvitationId>();
  invitation.email = c.text();
  invitation.name = c.text();
  invitation.language = c.text();
  invitation.invitedBy = c.id<UserId>();
  invitation.invitedByName = c.text();
  invitation.tokenDigest = c.maybe([](sql::Columns& column) { return column.digest(); });
  invitation.createdAt = c.instant();
  invitation.expiresAt = c.instant();
  invitation.sentAt = c.maybe(instant);
  invitation.acceptedAt = c.maybe(instant);
  invitation.withdrawnAt = c.maybe(instant);
  return invitation;
}

Outcome readMemberships(Reader& reader, Invitation& invitation) {
  CHECK_OK(reader.connection().run(
      "SELECT company, role FROM invitation_companies WHERE invitation = ?1 ORDER BY position",
      {invitation.id}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& membership = invitation.memberships.emplace_back();
        membership.company = c.company();
        membership.role = c.text();
      }));
  return {};
}

Result<std::optional<Invitation>> oneInvitation(Reader& reader, std::string_view where, sql::Value value) {
  std::optional<Invitation> found;
  CHECK_OK(reader.connection().run(std::string(select_invitation) + std::string(where), {value},
                                   [&](const sql::Row& row) { found = readInvitation(row); }));
  if (found) CHECK_OK(readMemberships(reader, *found));
  return found;
}

}  // namespace

Outcome putInvitation(Transaction& tx, const Invitation& invitation) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run(
      "INSERT INTO invitations (id, email, name, language, invited_by, invited_by_name, token_digest, "
      "created_at, expires_at, sent_at, accepted_at, withdrawn_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
      "?9, "
      "?10, ?11, ?12) ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, "
      "token_digest = excluded.token_digest, expires_at = excluded.expires_at, sent_at = excluded.sent_at, "
      "accepted_at = excluded.accepted_at, withdrawn_at = excluded.withdrawn_at",
      {invitation.id, invitation.email, invitation.name, invitation.language, invitation.invitedBy,
       invitation.invitedByName, invitation.tokenDigest, invitation.createdAt, invitation.expiresAt,
       invitation.sentAt, invitation.acceptedAt, invitation.withdrawnAt}));
  CHECK_OK(connection.run("DELETE FROM invitation_companies WHERE invitation = ?1", {invitation.id}));
  int position = 0;
  for (const auto& membership : invitation.memberships)
    CHECK_OK(connection.run(
        "INSERT INTO invitation_companies (invitation, position, company, role) VALUES (?1, ?2, ?3, ?4)",
        {invitation.id, position++, membership.company, membership.role}));
  return {};
}

Result<std::optional<Invitation>> invitation(Reader& reader, InvitationId id) {
  return oneInvitation(reader, " WHERE i.id = ?1", id);
}

Result<std::optional<Invitation>> invitationByToken(Reader& reader, const Digest& tokenDigest) {
  return oneInvitation(reader, " WHERE i.token_digest = ?1", tokenDigest);
}

Result<std::vector<Invitation>> invitationsTo(Reader& reader, std::string_view email) {
  std::vector<Invitation> found;
  CHECK_OK(reader.connection().run(
      std::string(select_invitation) + " WHERE i.email = ?1 AND i.accepted_at IS NULL AND i.withdrawn_at IS "
                                       "NULL ORDER BY i.created_at DESC, i.id DESC",
      {email}, [&](const sql::Row& row) { found.push_back(readInvitation(row)); }));
  for (auto& each : found) CHECK_OK(readMemberships(reader, each));
  return found;
}

Result<std::vector<Invitation>> listInvitations(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  std::vector<Invitation> found;
  const auto take = [&](const sql::Row& row) { found.push_back(readInvitation(row)); };
  const std::string open =
      std::string(select_invitation) + " WHERE i.accepted_at IS NULL AND i.withdrawn_at IS NULL";
  const std::string last = " ORDER BY i.created_at DESC, i.id DESC LIMIT " + std::to_string(listed_max);
  if (viewer.seesAll()) {
    CHECK_OK(connection.run(open + last, {}, take));
  } else {
    CHECK_OK(connection.run(open + " AND i.id IN (SELECT invitation FROM invitation_companies WHERE " +
                                sql::companiesClause(connection.dialect(), "company", "?1") + ")" + last,
                            {sql::companiesValue(connection.dialect(), viewer.companies())}, take));
  }
  for (auto& each : found) CHECK_OK(readMemberships(reader, each));
  std::erase_if(found, [&](const Invitation& each) {
    return !std::ranges::all_of(
        each.memberships, [&](const Membership& membership) { return viewer.sees(membership.company); });
  });
  return found;
}

}  // namespace postgang::store
