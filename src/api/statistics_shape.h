// Reports of statistics in JSON, and the question in a request's query.
#pragma once

#include <boost/json.hpp>

#include "api/guard.h"
#include "flow/statistics_labels.h"
#include "flow/statistics_question.h"

namespace postgang::api {

struct Parts;

// Whether it asks for what the answer by currency (statistics.cc) knows nothing of.
bool asksForFigures(const net::Request& request);
flow::QuestionWords questionWordsIn(const net::Request& request);
// As the caller may ask it. `viewer` sees nothing where the company is none that the caller sees: the same
// answer, with nothing in it.
struct Questioned {
  flow::AskedStatistics asked;
  store::Viewer viewer;
};
Result<Questioned> questionIn(store::Store& store, const Call& call, Date today);

boost::json::object reportShape(const flow::AskedStatistics& asked, const flow::StatisticsReport& report,
                                const flow::StatisticsLabels& labels);

// Beside GET /statistics; addStatisticsRoutes adds them.
void addStatisticsExportRoutes(net::Router& router, Parts& parts);    // statistics_export.cc
void addStatisticsMoveRoutes(net::Router& router, Parts& parts);      // statistics_moves.cc
void addStatisticsScheduleRoutes(net::Router& router, Parts& parts);  // statistics_schedules.cc

}  // namespace postgang::api
