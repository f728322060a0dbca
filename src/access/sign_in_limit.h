// How often somebody may try to sign in. Pure: counts and instants in, seconds to wait out.
//
// Three counts over the last quarter of an hour stand guard against three attacks: one caller guessing at one
// account (tight), one caller guessing at many accounts, and many callers guessing at one account. The last
// is loose and its wait short, or anybody could lock a clerk out by failing on purpose.
//
//   count                free tries   longest wait
//   account + address             5     15 minutes
//   address                      30     15 minutes
//   account                      20       1 minute
//
// After the free tries the wait doubles with each failure, from two seconds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "store/access_rows.h"

namespace postgang::access {

inline constexpr std::int64_t sign_in_window_seconds = 15 * 60;

struct SignInLimit {
  int freeTries;
  std::int64_t wait_seconds_max;
};
inline constexpr SignInLimit account_and_address_limit{5, 15 * 60};
inline constexpr SignInLimit address_limit{30, 15 * 60};
inline constexpr SignInLimit account_limit{20, 60};

// Whole seconds until the next try is let through; 0 when it may come now.
std::int64_t secondsToWait(const SignInLimit& limit, const store::LoginFailures& failures, Instant now);

// The subjects under which failures are counted.
std::string accountSubject(std::string_view email);
std::string addressSubject(std::string_view address);  // an IPv6 address counts as its /64
std::string siteSubject(std::string_view address);     // as its /48, which many can have for the asking
std::string accountAndAddressSubject(std::string_view email, std::string_view address);

}  // namespace postgang::access
