// A Service Metadata Publisher, the register that says what a Peppol participant can be sent and where (SMP
// 1.4.0): its addresses and its two answers. Nothing is fetched here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "formats/peppol_ids.h"
#include "xml/parse.h"

namespace postgang::channels {

inline constexpr std::size_t smp_bytes_max = 1024 * 1024;  // of one answer
inline constexpr xml::Limits smp_limits{smp_bytes_max, 32, 20'000, 32, 1'000};

// The name whose U-NAPTR record says which SMP a participant has: base32 of SHA-256 of "0088:123abc" in lower
// case, then the scheme and the locator's zone (Policy for use of Identifiers, POLICY 7).
std::string peppolName(std::string_view participant, std::string_view zone);

// `base` is net::httpsAddress's, without `/` at its end.
std::string smpGroupUrl(std::string_view base, std::string_view participant);
std::string smpServiceUrl(std::string_view base, std::string_view participant,
                          const formats::PeppolId& document);

struct SmpEndpoint {
  std::string transport;               // "peppol-transport-as4-v2_0"
  std::string address;                 // of the access point
  std::string certificate;             // of the access point, base64
  std::optional<Instant> from, until;  // absent: since ever, for ever
  bool datesHold = true;               // false: one of them is no time, and the endpoint is not to be used
};
struct SmpProcess {
  formats::PeppolId process;
  std::vector<SmpEndpoint> endpoints;
};
struct SmpService {
  std::string redirect;  // where the answer stands instead, at another SMP; "": here
  std::vector<SmpProcess> processes;
};

// The document types that a participant has registered. References are taken for what they name, never
// followed. Codes: those of xml::parse, smp-malformed, smp-other-participant (unavailable).
Result<std::vector<formats::PeppolId>> readServiceGroup(std::string_view bytes, std::string_view participant);

// What stands in a signed answer: SignedXml::bytes. Codes: the same, and smp-other-document.
Result<SmpService> readSmpService(std::string_view signedBytes, std::string_view participant,
                                  const formats::PeppolId& document);

}  // namespace postgang::channels
