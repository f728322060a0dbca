// The mail server that notices leave by: --smtp and its kin.
#pragma once

#include <vector>

#include "base/settings.h"
#include "channels/mailing.h"

namespace postgang::app {

std::vector<Setting> mailSettings();

// Without --smtp nothing is mailed. Codes: smtp-url-invalid, mail-from-invalid, public-url-invalid (invalid).
Result<channels::Mailing> readMailing(const Settings& settings);

}  // namespace postgang::app
