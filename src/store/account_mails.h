// A mail about somebody's own account is a job, `account-mail`, in the commit of what it tells of. What is
// secret in it (a link's token) is made when it is sent, so that it lies nowhere meanwhile.
#pragma once

#include <string>

#include "store/invitations.h"
#include "store/jobs.h"

namespace postgang::store {

struct AccountMail {
  // "invitation", "new-password", "locked", "new-sign-in", "password-changed", "second-factor-reset"
  std::string what;
  InvitationId invitation = {};  // of "invitation"
  std::string email = {};        // else: to whom, should that be a user
  Instant at;                    // when it happened
  Instant expiresAt = {};        // of the link
  std::string address = {}, device = {};
};
NewJob accountMailJob(const AccountMail& mail, CompanyId company, Instant runAt);
AccountMail accountMailIn(const Job& job);  // what cannot be read is left empty

}  // namespace postgang::store
