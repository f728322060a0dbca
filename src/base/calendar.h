// Swedish bank days and wall-clock times in Sweden. Bank days are Monday to Friday without public holidays
// and without Midsummer's Eve, Christmas Eve and New Year's Eve, when the banks' clearing rests, too.
#pragma once

#include "base/time.h"

namespace postgang {

bool isBankDay(Date date);
// The n-th bank day after `date`, which is not counted itself; n = 0 gives `date`. 0 <= n <= 400.
Date plusBankDays(Date date, int n);
// The last bank day on or before `date`.
Date bankDayNotAfter(Date date);

// The instant when clocks in Sweden show this: minute 0..1439 of the day. In the hour that is skipped in
// March the instant after it, in the doubled hour of October its first.
Instant inStockholm(Date date, int minuteOfDay, int second = 0);
// Minutes since midnight on the clocks of Sweden.
int minuteInStockholm(Instant instant);

}  // namespace postgang
