// The register of Peppol: --peppol-authorities and its kin.
#pragma once

#include <optional>
#include <vector>

#include "base/settings.h"
#include "channels/peppol_register.h"

namespace postgang::app {

std::vector<Setting> peppolSettings();

// Without --peppol-authorities Peppol is not asked. Codes: file-unreadable, certificate-malformed,
// authorities-missing, peppol-zone-invalid (invalid).
Result<std::optional<channels::PeppolRegisterOptions>> readPeppol(const Settings& settings);

}  // namespace postgang::app
