// GET /statistics/export: a report as Excel, CSV or PDF.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/statistics_shape.h"
#include "flow/statistics_table.h"

namespace postgang::api {

namespace {

struct Made {
  std::string bytes;
  std::string_view mediaType, ending;
};

Result<Made> fileOf(const flow::StatisticsTable& table, const Call& call, std::string_view format,
                    Instant now) {
  if (format == "xlsx") {
    TRY(auto bytes, flow::statisticsWorkbook(table, now));
    return Made{std::move(bytes), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx"};
  }
  if (format == "pdf") {
    TRY(auto bytes, flow::statisticsPdf(table, call.caller->company.name, dateInStockholm(now)));
    return Made{std::move(bytes), "application/pdf", "pdf"};
  }
  return Made{flow::statisticsCsv(table), "text/csv; charset=utf-8", "csv"};
}

Result<net::Reply> exported(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request,
                          {"measures", "groupBy", "period", "from", "to", "direction", "channel", "company",
                           "internal", "counterpart", "compare", "by", "top", "format", "language"}));
  const auto format = call.request.queryValue("format").value_or("xlsx");
  if (format != "xlsx" && format != "csv" && format != "pdf")
    return parameterInvalid("format", "The format is xlsx, csv or pdf.");
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  const auto now = parts.context.clock.now();
  TRY(const auto questioned, questionIn(parts.context.store, call, dateInStockholm(now)));
  TRY(const auto table, readFrom(parts.context.store, [&](store::Reader& reader) {
        return flow::statisticsTable(reader, questioned.viewer, questioned.asked, languageFromTag(language),
                                     dateInStockholm(now));
      }));
  TRY(auto file, fileOf(table, call, format, now));
  auto reply = net::Reply::bytes(std::string(file.mediaType), std::move(file.bytes));
  reply.headers.set("Content-Disposition", "attachment; filename=\"" +
                                               std::string(language == "sv" ? "statistik" : "statistics") +
                                               "." + std::string(file.ending) + "\"");
  return reply;
}

}  // namespace

void addStatisticsExportRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/statistics/export",
             parts.guard.scoped(access::Scope::statistics_read,
                                [&](const Call& call) { return exported(parts, call); }));
}

}  // namespace postgang::api
