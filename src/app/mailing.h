// How mail leaves, notices and Smartmails: --smtp and its kin; and the mailbox that it comes in to, --imap.
#pragma once

#include <optional>
#include <vector>

#include "base/settings.h"
#include "channels/mailing.h"
#include "flow/mailbox.h"

namespace postgang::app {

std::vector<Setting> mailSettings();
// --public-url without a slash at its end; empty where it is not given. Code public-url-invalid.
Result<std::string> readPublicUrl(const Settings& settings);

// Without --smtp nothing is mailed. Codes (invalid): smtp-url-invalid, smtp-route-invalid, mail-from-invalid,
// support-address-invalid, mail-authserv-id-invalid, public-url-invalid, and net/dkim.h's.
Result<channels::Mailing> readMailing(const Settings& settings);

// Without --imap nothing comes in. Codes: imap-url-invalid, imap-user-missing, imap-without-smtp,
// setting-out-of-range (invalid).
Result<std::optional<flow::MailboxSettings>> readMailbox(const Settings& settings,
                                                         const channels::Mailing& mailing);

}  // namespace postgang::app
