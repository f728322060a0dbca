// When people work in the demo world: Swedish working days and office hours, as instants.
#pragma once

#include "base/time.h"

namespace postgang::app::demo {

bool isWorkingDay(Date date);  // no Saturday, Sunday or Swedish public holiday (nor their usual eves)
Date workingDayOfMonth(Date month,
                       int n);  // the n-th (1 …) of the month that `month` lies in; the last when fewer
Instant inSweden(Date date, int minuteOfDay, int second = 0);
// The instant itself when it lies in office hours (08:00–16:30), else the same number of minutes into the
// next ones.
Instant inOfficeHours(Instant instant);

}  // namespace postgang::app::demo
