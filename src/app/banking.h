// The bank hub that invoices reach internet banks by: --bank-hub and its kin.
#pragma once

#include <vector>

#include "base/settings.h"
#include "channels/banking.h"

namespace postgang::app {

std::vector<Setting> bankSettings();

// Without --bank-hub no invoice goes to a bank. Codes: a drop's (net/file_drop.h), bank-format-unknown,
// description-malformed, bank-issuers-malformed, bank-hub-name-invalid, setting-out-of-range (invalid),
// file-unreadable.
Result<channels::Banking> readBanking(const Settings& settings);

// The format of this name, or of the file of this name.
Result<std::shared_ptr<const formats::Description>> readBankFormat(const std::string& given);

}  // namespace postgang::app
