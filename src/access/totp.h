// One-time passwords by time: RFC 6238 (TOTP) over RFC 4226 (HOTP), with what every authenticator app knows:
// HMAC-SHA-1, six digits, steps of 30 seconds. A code of the step before or after is taken, too (RFC
// 6238, 5.2). Recovery codes stand in for it once each. Pure but for the random bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace postgang::access {

inline constexpr int totp_step_seconds = 30;
inline constexpr int recovery_codes_made = 10;

std::string newTotpSeed();                   // 20 random bytes (RFC 4226, 4: at least 128 bits)
std::string base32(std::string_view bytes);  // RFC 4648, 6, without padding
std::int64_t totpStep(Instant at);
std::string totpCode(std::string_view seed, std::int64_t step, int digits = 6);
// The step that the code is of; none where it is wrong, or of `lastStep` or before it.
std::optional<std::int64_t> matchingStep(std::string_view seed, std::string_view code, Instant now,
                                         std::int64_t lastStep);
// The address that an app reads: otpauth://totp/Postg%C3%A5ng:karin%40…?secret=…&issuer=…
std::string otpauthUri(std::string_view seed, std::string_view account);

std::string newRecoveryCode();  // 80 random bits, "K7QD-M2PX-9FHT-4WAZ"
// As people type it: any case, with or without hyphens and blanks.
Digest recoveryDigest(std::string_view typed);

}  // namespace postgang::access
