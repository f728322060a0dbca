// How often callers of the API may ask, from settings.
#pragma once

#include <string_view>
#include <vector>

#include "api/rate_limit.h"
#include "base/settings.h"

namespace postgang::app {

// "50/200": fifty a second, two hundred at once; "50": as many at once; "off": no limit. Code
// setting-not-a-rate.
Result<api::RateLimit> rateLimitFrom(std::string_view text);
std::vector<Setting> rateLimitSettings();
Result<api::RateLimits> readRateLimits(const Settings& settings);  // code setting-not-a-rate

}  // namespace postgang::app
