// Peppol: the register (--peppol-authorities and its kin), the access point that documents are handed to, and
// the one that hands in what has come.
#pragma once

#include <optional>
#include <vector>

#include "base/settings.h"
#include "base/time.h"
#include "channels/peppol_register.h"
#include "channels/peppol_road.h"
#include "flow/registers.h"

namespace postgang::app {

std::vector<Setting> peppolSettings();

// Without --peppol-authorities Peppol is not asked. Codes: file-unreadable, certificate-malformed,
// authorities-missing, peppol-zone-invalid (invalid).
Result<std::optional<channels::PeppolRegisterOptions>> readPeppol(const Settings& settings);

// The road and, where it is asked, the register, which goes by this clock. Codes: readPeppol's, and
// file-unreadable, peppol-token-short, access-point-url-invalid, peppol-provider-invalid,
// peppol-country-invalid, peppol-incomplete (invalid).
struct PeppolSetUp {
  channels::PeppolRoad road;
  flow::Registered registers;
};
Result<PeppolSetUp> readPeppolRoad(const Settings& settings, const Clock& clock);

// What the access point shows when it hands something in; empty: none does.
Result<std::string> readPeppolInboundToken(const Settings& settings);

}  // namespace postgang::app
