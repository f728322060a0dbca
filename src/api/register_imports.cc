// /registers/{registerId}/import: a file looked at, and a file taken in.
#include <algorithm>
#include <charconv>

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/register_shape.h"
#include "api/routes.h"
#include "net/encoding.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t file_bytes_max = 100 * 1000 * 1000;
constexpr std::size_t columns_max = 200;

tl::unexpected<Problem> columnsInvalid() {
  return parameterInvalid("columns", "Columns are written value:0,label:1; each part and each index once.");
}

// "value:0,label:1"; absent: they are guessed.
Result<std::optional<flow::RegisterColumns>> columnsIn(const net::Request& request) {
  const auto text = request.queryValue("columns").value_or("");
  if (text.empty()) return std::optional<flow::RegisterColumns>();
  flow::RegisterColumns columns;
  for (const auto part : split(text, ',')) {
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) return columnsInvalid();
    const auto column = flow::registerColumnFromName(part.substr(0, colon));
    const auto number = part.substr(colon + 1);
    std::size_t index = 0;
    const auto end = std::from_chars(number.data(), number.data() + number.size(), index);
    if (!column || columns.indexOf(*column) || end.ec != std::errc() ||
        end.ptr != number.data() + number.size() || index >= columns_max)
      return columnsInvalid();
    if (index >= columns.columns.size()) columns.columns.resize(index + 1);
    if (columns.columns[index]) return columnsInvalid();
    columns.columns[index] = column;
  }
  return std::optional(std::move(columns));
}

struct Wanted {
  bool preview = false, replaces = true;
  std::optional<flow::RegisterColumns> columns;
};

Result<Wanted> wantedIn(const net::Request& request) {
  CHECK_OK(onlyParameters(request, {"preview", "mode", "columns"}));
  Wanted wanted;
  const auto preview = request.queryValue("preview").value_or("false");
  if (preview != "true" && preview != "false") return parameterInvalid("preview", "This is true or false.");
  wanted.preview = preview == "true";
  const auto mode = request.queryValue("mode").value_or("replace");
  if (mode != "replace" && mode != "add") return parameterInvalid("mode", "The mode is replace or add.");
  wanted.replaces = mode == "replace";
  TRY(wanted.columns, columnsIn(request));
  return wanted;
}

// The columns that the import goes by: those that are said, which the file must have, or those its headings
// say.
Result<flow::RegisterColumns> columnsFor(const formats::Spreadsheet& sheet, store::RegisterKind kind,
                                         const Wanted& wanted) {
  flow::RegisterColumns guessed;
  CHECK_OK(sheet.rows([&](const formats::SheetRow& heading) {
    guessed = flow::guessedColumns(heading, kind);
    return false;
  }));
  if (wanted.columns && wanted.columns->columns.size() > guessed.columns.size())
    return fail(ProblemKind::invalid, "register-column-unknown", "The file has no such column.", "columns",
                "Choose among the columns that the preview shows.");
  auto columns = wanted.columns ? *wanted.columns : std::move(guessed);
  if (!columns.indexOf(flow::RegisterColumn::value))
    return fail(ProblemKind::invalid, "register-column-missing", "No column is chosen as the value.",
                "columns", "Say which it is: columns=value:0.");
  return columns;
}

Result<net::Reply> takeFile(Parts& parts, const Call& call) {
  TRY(const auto id, registerIdIn(call.request));
  TRY(const auto wanted, wantedIn(call.request));
  TRY(const auto one, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::findRegister(reader, call.viewer(), call.company(), id);
      }));
  TRY(const auto bytes,
      net::decodeBody(call.request.header("Content-Encoding"), call.request.body, file_bytes_max));
  if (bytes.size() > file_bytes_max)
    return fail(ProblemKind::too_large, "body-too-large", "The file is larger than 100 MB.", {},
                "Send it in parts.");
  TRY(auto sheet, formats::Spreadsheet::open(bytes));
  if (wanted.preview) {
    TRY(const auto preview, flow::previewRegisterFile(sheet, one.kind, wanted.columns));
    return net::Reply::json(json::serialize(previewShape(preview, sheet)));
  }
  TRY(auto columns, columnsFor(sheet, one.kind, wanted));
  TRY(const auto progress, parts.imports.start({.viewer = call.viewer(),
                                                .company = call.company(),
                                                .id = id,
                                                .kind = one.kind,
                                                .sheet = std::move(sheet),
                                                .columns = std::move(columns),
                                                .replaces = wanted.replaces}));
  return net::Reply::json(json::serialize(importShape(progress)), 202);
}

Result<net::Reply> getImport(Parts& parts, const Call& call) {
  const auto progress = parts.imports.find(call.company(), call.request.parameter("importId"));
  if (!progress) return notFound();
  return net::Reply::json(json::serialize(importShape(*progress)));
}

}  // namespace

void addRegisterImportRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  router.add(
      "POST", "/api/v1/registers/{registerId}/import",
      parts.guard.scoped(Scope::filters_write, [&](const Call& call) { return takeFile(parts, call); }),
      file_bytes_max);
  router.add(
      "GET", "/api/v1/registers/imports/{importId}",
      parts.guard.scoped(Scope::filters_read, [&](const Call& call) { return getImport(parts, call); }));
}

}  // namespace postgang::api
