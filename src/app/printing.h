// The print house that letters leave by: --print-house and its kin.
#pragma once

#include <vector>

#include "base/settings.h"
#include "channels/printing.h"

namespace postgang::app {

std::vector<Setting> printSettings();

// Without --print-house no letters are sent. Codes: a drop's (net/file_drop.h), cut-off-invalid,
// letter-prices-malformed, own-forms-malformed, file-unreadable (invalid).
Result<channels::Printing> readPrinting(const Settings& settings);

}  // namespace postgang::app
