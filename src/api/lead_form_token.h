// What the public form is sent with: when it was opened, by a clock that nobody moves, sealed, so that nobody
// can write an earlier one. It serves for a day: one that was fetched once is not good for a flood for ever.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "base/vault.h"

namespace postgang::api {

inline constexpr std::int64_t lead_form_seconds_to_write = 2;
inline constexpr std::int64_t lead_form_seconds_max = 24 * 3600;

// unknown: none, or one that opens no more (other keys since), which says nothing.
enum class FormAge { unknown, fast, good, old };
std::string leadFormToken(const Vault& vault, Instant now);
FormAge leadFormAge(const Vault& vault, std::string_view token, Instant now);

}  // namespace postgang::api
