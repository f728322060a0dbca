// Reports of statistics by mail: on Mondays, or on the first of the month, at six in the morning in Sweden.
// Each recipient's report is read with that recipient's own insight when it is sent. Where one of them may
// not see the company any longer nothing is sent to anybody: the report is paused, and whoever made it hears
// why.
//
// One job per report and morning («statistics-report»), which lays the next in its own commit. A mail goes
// before the job is done: killed in between it goes once more under the same Message-ID.
#pragma once

#include <string>

#include "flow/statistics_question.h"
#include "flow/step.h"
#include "store/access_rows.h"
#include "store/statistics_schedules.h"

namespace postgang::flow {

// The next morning after `now`. `every`: "week", "month".
Instant nextReport(std::string_view every, Instant now);
store::NewJob statisticsReportJob(const store::StatisticsSchedule& schedule);

// Whether this user may see the company's statistics, now: by a role there or above it. `staffToo`: the
// operator's staff, too, who may see every company's.
Result<bool> maySeeStatistics(store::Reader& reader, const store::User& user, CompanyId company,
                              bool staffToo);

Result<Decision> sendStatisticsReport(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
