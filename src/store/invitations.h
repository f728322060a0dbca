// Invitations: somebody is asked by e-mail to become a user. The link works once and until it expires; only
// its token's digest is kept. Who is a user already only gets the memberships.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/access_rows.h"

namespace postgang::store {

struct Invitation {
  InvitationId id;
  std::string email;  // lower case
  std::string name, language = "sv";
  std::vector<Membership> memberships = {};
  UserId invitedBy;
  std::string invitedByName = {};
  std::optional<Digest> tokenDigest = {};  // SHA-256 of the newest link's token; none: no link has been made
  Instant createdAt, expiresAt;
  std::optional<Instant> sentAt = {};  // when the mail server last took a link
  std::optional<Instant> acceptedAt = {}, withdrawnAt = {};

  bool isOpen() const { return !acceptedAt && !withdrawnAt; }
  bool isUsable(Instant now) const { return isOpen() && now < expiresAt; }
};
Outcome putInvitation(Transaction& tx, const Invitation& invitation);  // creates or updates
// Of the system: a link that is being followed, a mail that is to be sent.
Result<std::optional<Invitation>> invitation(Reader& reader, InvitationId id);
Result<std::optional<Invitation>> invitationByToken(Reader& reader, const Digest& tokenDigest);
// The open ones to an address, the newest first.
Result<std::vector<Invitation>> invitationsTo(Reader& reader, std::string_view email);
// Open ones whose every company the viewer sees whole, the newest first; the latest thousand.
Result<std::vector<Invitation>> listInvitations(Reader& reader, const Viewer& viewer);

}  // namespace postgang::store
