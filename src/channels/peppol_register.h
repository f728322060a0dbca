// Register `peppol`: whether a recipient is a Peppol participant, what it takes and where that goes. The
// locator's DNS names the participant's SMP (U-NAPTR), the SMP says which documents it takes, and signs where
// each goes.
//
//   no such name, 404, none of our documents   absent
//   all that is needed was read and believed   found; facts: peppol_facts.h
//   anything else                              unknown: time-outs, faults, a signature that does not hold,
//                                              somebody else's answer
//
// Every address on the way is a stranger's word: https alone, port 443, public addresses, no HTTP redirects,
// and at most one of SMP's own.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "channels/certificate.h"
#include "channels/outside_register.h"
#include "net/http_client.h"

namespace postgang::channels {

inline constexpr std::string_view peppol_register = "peppol";

struct PeppolRegisterOptions {
  std::string zone = "participant.sml.prod.tech.peppol.org";  // test: participant.sml.test.tech.peppol.org
  std::string resolver{};                                     // net/naptr.h; "": this machine's own
  Authorities publishers;  // who issues SMPs' certificates (Peppol's SMP CA)
  // Who issues access points'; absent: only their dates are looked at.
  std::optional<Authorities> accessPoints{};
  std::string tlsAuthorities{};  // PEM file; "": the system's
  bool sandbox = false;          // loopback addresses and any port, too: tests and the sandbox
  std::int64_t found_seconds = 6 * 3600, absent_seconds = 3600, unknown_seconds = 120;  // until asked again
};

// The first of the recipient's identifiers that is of a scheme which Peppol registers; "" where it has none,
// and of a person: what the register is asked, and its answer kept by.
std::string peppolParticipantOf(const Recipient& recipient);

class PeppolRegister final : public OutsideRegister {
 public:
  PeppolRegister(PeppolRegisterOptions options, const Clock& clock)
      : options_(std::move(options)), clock_(clock) {}

  std::string_view name() const override { return peppol_register; }
  std::string keyOf(const Recipient& recipient) const override { return peppolParticipantOf(recipient); }
  store::Lookup ask(const std::string& key, int milliseconds) const override;

 private:
  PeppolRegisterOptions options_;
  const Clock& clock_;
  mutable net::HttpClient client_;  // safe from several threads
};

}  // namespace postgang::channels
