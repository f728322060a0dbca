// Sends a mail about somebody's own account (store/account_mails.h): the job `account-mail`. The token of a
// link is made here, just before it leaves, and only its SHA-256 is kept: each try has a token of its own,
// and the newest counts. An address that is no user's is done with in silence.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

Result<Decision> sendAccountMail(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
