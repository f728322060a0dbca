#include "api/register_shape.h"

#include "api/problem_reply.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::array errorShapes(const std::vector<flow::RowError>& errors) {
  json::array shapes;
  for (const auto& error : errors) {
    json::value column = nullptr;
    if (error.column) column = *error.column;
    shapes.push_back(
        {{"row", error.row}, {"column", column}, {"code", error.code}, {"detail", error.detail}});
  }
  return shapes;
}

}  // namespace

json::object registerShape(const store::Register& one) {
  return {{"id", one.id.text()},
          {"name", one.name},
          {"kind", store::name(one.kind)},
          {"rows", one.rows},
          {"sharedWithSenders", one.sharedWithSenders},
          {"changedAt", one.changedAt.text()},
          {"changedBy", textOrNull(one.changedBy)}};
}

json::object registerRowShape(const store::RegisterRow& row) {
  return {{"value", row.value},
          {"label", textOrNull(row.label)},
          {"supplier", textOrNull(row.supplier)},
          {"from", dateOrNull(row.from)},
          {"to", dateOrNull(row.to)}};
}

json::object previewShape(const flow::RegisterPreview& preview, const formats::Spreadsheet& sheet) {
  json::array columns, rows;
  for (std::size_t i = 0; i < preview.headings.size(); ++i) {
    json::value guess = nullptr;
    if (i < preview.guesses.size() && preview.guesses[i]) guess = flow::name(*preview.guesses[i]);
    columns.push_back({{"index", i}, {"heading", preview.headings[i]}, {"guess", std::move(guess)}});
  }
  for (const auto& row : preview.rows) {
    json::array cells;
    for (const auto& cell : row) cells.emplace_back(cell);
    rows.push_back(std::move(cells));
  }
  return {{"columns", std::move(columns)},
          {"rows", std::move(rows)},
          {"total", preview.file.total},
          {"valid", preview.file.valid},
          {"errors", errorShapes(preview.file.errors)},
          {"encoding", textOrNull(sheet.encoding())},
          {"separator", textOrNull(sheet.separator())}};
}

json::object importShape(const flow::ImportProgress& progress) {
  using State = flow::ImportProgress::State;
  const std::string_view state = progress.state == State::running ? "running"
                                 : progress.state == State::done  ? "done"
                                                                  : "failed";
  return {{"id", progress.id},
          {"state", state},
          {"done", progress.done},
          {"total", progress.total},
          {"errors", errorShapes(progress.errors)}};
}

Result<store::RegisterId> registerIdIn(const net::Request& request) {
  const auto id = store::RegisterId::parse(request.parameter("registerId"));
  if (!id) return notFound();
  return *id;
}

}  // namespace postgang::api
