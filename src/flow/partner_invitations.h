// The mail that asks a counterpart how it would rather have its documents (store/partner_invitations.h):
// plain words and a link, made in the commit that keeps the invitation.
#pragma once

#include <string>

#include "flow/step.h"
#include "store/partner_invitations.h"
#include "store/viewer.h"

namespace postgang::flow {

struct PartnerInvite {
  std::string identifier;  // of the partner
  std::string address;     // empty: the partner's own
  std::string language = "sv";
};
// Codes as makePartnerInvitation(), and mail-is-off (unavailable), email-invalid (invalid).
Result<store::PartnerInvitation> invitePartner(const Tools& tools, const store::Viewer& viewer,
                                               CompanyId company, const PartnerInvite& invite);

}  // namespace postgang::flow
