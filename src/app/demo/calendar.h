// When people work in the demo world: on bank days, in office hours.
#pragma once

#include "base/calendar.h"

namespace postgang::app::demo {

Date workingDayOfMonth(Date month,
                       int n);  // the n-th (1 …) of the month that `month` lies in; the last when fewer
// The instant itself when it lies in office hours (08:00–16:30), else the same number of minutes into the
// next ones.
Instant inOfficeHours(Instant instant);

}  // namespace postgang::app::demo
