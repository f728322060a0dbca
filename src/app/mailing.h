// How mail leaves, notices and Smartmails: --smtp and its kin.
#pragma once

#include <vector>

#include "base/settings.h"
#include "channels/mailing.h"

namespace postgang::app {

std::vector<Setting> mailSettings();

// Without --smtp nothing is mailed. Codes (invalid): smtp-url-invalid, smtp-route-invalid, mail-from-invalid,
// public-url-invalid, and net/dkim.h's.
Result<channels::Mailing> readMailing(const Settings& settings);

}  // namespace postgang::app
