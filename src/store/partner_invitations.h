// Asking a counterpart, by e-mail, how it would rather have its documents. The mail's link opens a small
// page; what is answered there is a suggestion on the partner, which somebody takes or leaves: nothing is
// applied by itself. A company asks an address once in thirty days, all companies together three times, and
// never again once it has said so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

using PartnerInvitationId = Id<struct PartnerInvitationNoun>;

struct PartnerInvitation {
  PartnerInvitationId id;
  CompanyId owner;
  std::string identifier;  // of the partner
  std::string address;     // that it was sent to
  std::string language = "sv";
  Digest tokenDigest{};  // SHA-256 of the link's token
  Instant sentAt;
  std::string sentBy;
  Instant expiresAt;
  std::optional<Instant> answeredAt = {};
  std::string answer = {};  // "peppol", "email", "no"; empty: none yet
  std::string value = {};   // of peppol the identifier, "0007:5599900122"; of email the address
  std::optional<Instant> settledAt = {};
  std::string settledBy = {};
  bool taken = false;  // of a settled one: the partner was changed by it
};

inline constexpr int invitations_per_day = 50;                           // of one company, in 24 hours
inline constexpr int invitations_of_others_max = 3;                      // to one address in thirty days
inline constexpr std::int64_t invited_again_seconds = 30LL * 24 * 3600;  // the same address
inline constexpr std::int64_t invitation_open_seconds = 60LL * 24 * 3600;

// Codes: partner-not-found (not_found); invitation-refused (conflict): the address has asked not to be
// written to, or others have asked it often lately; invited-lately (conflict; parameter day, the first that
// it may be asked again); invitations-used-up (rate_limited; parameter most). The address is one that mail
// can be sent to.
Outcome makePartnerInvitation(Transaction& tx, const Viewer& viewer, const PartnerInvitation& invitation);
// The newest first, 50 at most; of its aliases, too.
Result<std::vector<PartnerInvitation>> partnerInvitations(Reader& reader, const Viewer& viewer,
                                                          CompanyId owner, std::string_view identifier);
// Of whoever has the link. Code link-invalid (not_found): there is none, or it has expired.
Result<PartnerInvitation> openPartnerInvitation(Reader& reader, const Digest& tokenDigest);
// The last answer stands until somebody has settled it. "refuse" is "no" and never to be asked again.
Outcome answerPartnerInvitation(Transaction& tx, const Digest& tokenDigest, std::string_view answer,
                                std::string_view value);
// Codes: invitation-not-found (not_found), invitation-unanswered (conflict). A settled one stays as it was.
Outcome settlePartnerInvitation(Transaction& tx, const Viewer& viewer, CompanyId owner,
                                std::string_view identifier, PartnerInvitationId id, bool taken);

}  // namespace postgang::store
