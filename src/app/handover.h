// Receivers' own systems and watched folders: --handover-root and its kin.
#pragma once

#include <vector>

#include "base/settings.h"
#include "channels/handover.h"

namespace postgang::app {

std::vector<Setting> handoverSettings();

// Without any of them receivers have the inbox, the API, webhooks, and e-mail where there is a mail server.
// Codes (invalid): handover-root-invalid, file-unreadable.
Result<channels::HandoverRules> readHandover(const Settings& settings);

}  // namespace postgang::app
