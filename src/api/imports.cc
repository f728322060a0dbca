// /imports/{companies|partners|users}: a list looked at, and taken in; /exports: the same lists given out.
#include "flow/imports.h"

#include <charconv>
#include <map>

#include "access/listed.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/shapes.h"
#include "flow/exports.h"
#include "net/encoding.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using flow::ImportKind;

constexpr std::size_t file_bytes_max = 25 * 1000 * 1000;
constexpr std::size_t rows_shown = 500;
constexpr std::string_view workbook_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

tl::unexpected<Problem> columnsInvalid() {
  return parameterInvalid("columns", "Columns are written identifier:0,name:1; each field and index once.");
}

// "identifier:0,name:1"; absent: by the headings.
Result<std::optional<flow::ImportColumns>> columnsIn(const net::Request& request, ImportKind kind) {
  const auto text = request.queryValue("columns").value_or("");
  if (text.empty()) return std::optional<flow::ImportColumns>();
  const auto fields = flow::importFields(kind);
  flow::ImportColumns columns(fields.size());
  for (const auto part : split(text, ',')) {
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) return columnsInvalid();
    const auto found = std::ranges::find(fields, part.substr(0, colon));
    const auto number = part.substr(colon + 1);
    std::size_t index = 0;
    const auto end = std::from_chars(number.data(), number.data() + number.size(), index);
    if (found == fields.end() || end.ec != std::errc() || end.ptr != number.data() + number.size() ||
        index >= flow::import_limits.columns ||
        std::ranges::find(columns, std::optional(index)) != columns.end())
      return columnsInvalid();
    auto& column = columns[static_cast<std::size_t>(found - fields.begin())];
    if (column) return columnsInvalid();
    column = index;
  }
  return std::optional(std::move(columns));
}

struct Given {
  formats::Spreadsheet sheet;
  formats::SheetRow heading;
  flow::ImportColumns guesses, columns;
};

Result<Given> givenIn(const net::Request& request, ImportKind kind) {
  TRY(const auto said, columnsIn(request, kind));
  TRY(const auto bytes, net::decodeBody(request.header("Content-Encoding"), request.body, file_bytes_max));
  if (bytes.size() > file_bytes_max)
    return fail(ProblemKind::too_large, "body-too-large", "The file is larger than 25 MB.", {},
                "Send it in parts.");
  TRY(auto sheet, formats::Spreadsheet::open(bytes, flow::import_limits));
  Given given{std::move(sheet), {}, {}, {}};
  CHECK_OK(given.sheet.rows([&](const formats::SheetRow& row) {
    given.heading = row;
    return false;
  }));
  given.guesses = flow::guessedColumns(kind, given.heading);
  given.columns = said ? *said : given.guesses;
  for (const auto& column : given.columns)
    if (column && *column >= given.heading.cells.size())
      return parameterInvalid("columns", "The file has no such column.");
  return given;
}

// A key has its scope from somebody who may give every role.
flow::ImportOrder orderOf(Parts& parts, const Call& call, ImportKind kind, const Given& given) {
  return {
      .kind = kind,
      .viewer = call.viewer(),
      .company = call.caller->company,
      .staff = call.caller->isStaff() && call.caller->company.isOperator,
      .actorRole = call.caller->isPerson() && !call.caller->isStaff() ? call.caller->role : "administrator",
      .sheet = &given.sheet,
      .columns = given.columns,
      .channels = parts.context.flow.channelNames(),
      .now = parts.context.access.now()};
}

// Whoever stands in a list with several companies is asked once, when all rows have been read.
class People {
 public:
  People(Parts& parts, const Call& call) : parts_(parts), call_(call) {}
  void serve(flow::ImportOrder& order) {
    if (call_.caller->isPerson())
      order.invite = [this](store::Transaction&, const flow::ImportedPerson& person) -> Outcome {
        auto& asked = invited_[person.email];
        asked.email = person.email;
        asked.name = person.name;
        asked.language = call_.caller->user->language;
        asked.memberships.push_back({person.company, person.role});
        return {};
      };
    order.changeUser = [this](store::Transaction& tx, const flow::ImportedUserChange& change) {
      return access::changeListed(tx, *call_.caller, change.user, {change.name, change.membership},
                                  call_.request.remoteAddress);
    };
  }
  Outcome invite(store::Transaction& tx) const {
    const access::Inviting by{*call_.caller, parts_.ids, parts_.context.access.now(),
                              parts_.context.flow.mailIsOn(), call_.request.remoteAddress};
    for (const auto& [email, asked] : invited_) CHECK_OK(access::inviteListed(tx, by, asked));
    return {};
  }

 private:
  Parts& parts_;
  const Call& call_;
  std::map<std::string, access::NewInvitation> invited_;
};

json::object countsShape(const flow::ImportPlan& plan) {
  return {{"created", plan.created},
          {"changed", plan.changed},
          {"unchanged", plan.unchanged},
          {"refused", plan.refused}};
}

json::object rowShape(const flow::ImportRow& row) {
  json::array changes;
  for (const auto& change : row.changes)
    changes.push_back({{"field", change.field}, {"from", textOrNull(change.from)}, {"to", change.to}});
  json::value fault = nullptr;
  if (row.fault)
    fault =
        json::object{{"field", row.fault->field}, {"code", row.fault->code}, {"detail", row.fault->detail}};
  return {{"row", row.row},
          {"key", row.key},
          {"name", textOrNull(row.name)},
          {"action", flow::name(row.action)},
          {"changes", std::move(changes)},
          {"fault", std::move(fault)}};
}

json::object previewShape(ImportKind kind, const Given& given, const flow::ImportPlan& plan) {
  const auto fields = flow::importFields(kind);
  const auto fieldAt = [&](const flow::ImportColumns& columns, std::size_t index) -> json::value {
    const auto found = std::ranges::find(columns, std::optional(index));
    if (found == columns.end()) return nullptr;
    return json::value(fields[static_cast<std::size_t>(found - columns.begin())]);
  };
  json::array columns, rows;
  for (std::size_t i = 0; i < given.heading.cells.size(); ++i)
    columns.push_back(
        {{"index", i}, {"heading", given.heading.cells[i].text}, {"field", fieldAt(given.columns, i)}});
  // What is refused is read first, and what stays as it is not at all.
  for (const bool refused : {true, false})
    for (const auto& row : plan.rows)
      if (row.action != flow::ImportAction::nothing && rows.size() < rows_shown &&
          (row.action == flow::ImportAction::refused) == refused)
        rows.push_back(rowShape(row));
  auto shape = countsShape(plan);
  const auto told = static_cast<std::size_t>(plan.created + plan.changed + plan.refused);
  shape["kind"] = flow::name(kind);
  shape["encoding"] = textOrNull(given.sheet.encoding());
  shape["separator"] = textOrNull(given.sheet.separator());
  shape["columns"] = std::move(columns);
  shape["moreRows"] = told - rows.size();
  shape["rows"] = std::move(rows);
  shape["plan"] = plan.fingerprint;
  return shape;
}

Result<net::Reply> preview(Parts& parts, const Call& call, ImportKind kind) {
  CHECK_OK(onlyParameters(call.request, {"columns"}));
  TRY(const auto given, givenIn(call.request, kind));
  auto order = orderOf(parts, call, kind, given);
  People people(parts, call);
  people.serve(order);
  TRY(const auto plan,
      readFrom(parts.context.store, [&](store::Reader& reader) { return flow::planImport(reader, order); }));
  return net::Reply::json(json::serialize(previewShape(kind, given, plan)));
}

Result<net::Reply> take(Parts& parts, const Call& call, ImportKind kind) {
  CHECK_OK(onlyParameters(call.request, {"columns", "plan", "refused"}));
  TRY(const auto fingerprint, textParameter(call.request, "plan", 64));
  if (fingerprint.empty()) return parameterInvalid("plan", "Say which preview is meant: its `plan`.");
  const auto refused = call.request.queryValue("refused").value_or("stop");
  if (refused != "stop" && refused != "skip") return parameterInvalid("refused", "This is stop or skip.");
  TRY(const auto given, givenIn(call.request, kind));
  auto order = orderOf(parts, call, kind, given);
  order.withoutRefused = refused == "skip";
  std::optional<flow::ImportPlan> done;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    People people(parts, call);  // a transaction that is tried again begins anew
    people.serve(order);
    TRY(done, flow::carryOut(tx, order, fingerprint));
    return people.invite(tx);
  }));
  if (kind == ImportKind::users) parts.context.access.forgetCallers();
  return net::Reply::json(json::serialize(countsShape(*done)));
}

struct Wanted {
  Language language{};
  bool workbook = false;
};
Result<Wanted> wantedIn(const net::Request& request) {
  CHECK_OK(onlyParameters(request, {"format", "language"}));
  const auto language = request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  const auto form = request.queryValue("format").value_or("csv");
  if (form != "csv" && form != "xlsx") return parameterInvalid("format", "The format is csv or xlsx.");
  return Wanted{languageFromTag(language), form == "xlsx"};
}

Result<net::Reply> file(const Parts& parts, const Wanted& wanted, ImportKind kind,
                        const std::vector<flow::TableRow>& rows, std::string_view part) {
  const auto heading = flow::exportHeading(kind, wanted.language);
  const auto fileName = std::string(flow::name(kind)) + std::string(part);
  if (!wanted.workbook)
    return download("text/csv; charset=utf-8", flow::csvFile(heading, rows), fileName + ".csv");
  const std::string title(
      Texts::of(wanted.language).word("portal.imports.kinds." + std::string(flow::name(kind))));
  TRY(auto bytes, flow::workbookFile(title, parts.context.clock.now(), heading, rows));
  return download(std::string(workbook_type), std::move(bytes), fileName + ".xlsx");
}

Result<net::Reply> empty(const Parts& parts, const Call& call, ImportKind kind) {
  TRY(const auto wanted, wantedIn(call.request));
  return file(parts, wanted, kind, {}, "-template");
}

Result<net::Reply> exported(Parts& parts, const Call& call, ImportKind kind) {
  TRY(const auto wanted, wantedIn(call.request));
  TRY(const auto rows, readFrom(parts.context.store, [&](store::Reader& reader) {
        return flow::exportedRows(reader, call.viewer(), call.company(), kind);
      }));
  return file(parts, wanted, kind, rows, "");
}

void addKind(net::Router& router, Parts& parts, ImportKind kind, Scope reads, Scope writes) {
  const auto path = "/api/v1/imports/" + std::string(flow::name(kind));
  router.add(
      "POST", path + "/preview",
      parts.guard.scoped(writes, [&parts, kind](const Call& call) { return preview(parts, call, kind); }),
      file_bytes_max);
  router.add("POST", path,
             parts.guard.scoped(writes, [&parts, kind](const Call& call) { return take(parts, call, kind); }),
             file_bytes_max);
  router.add("GET", path + "/template", parts.guard.scoped(reads, [&parts, kind](const Call& call) {
    return empty(parts, call, kind);
  }));
  router.add(
      "GET", "/api/v1/exports/" + std::string(flow::name(kind)),
      parts.guard.scoped(reads, [&parts, kind](const Call& call) { return exported(parts, call, kind); }));
}

}  // namespace

void addImportRoutes(net::Router& router, Parts& parts) {
  addKind(router, parts, ImportKind::companies, Scope::companies_read, Scope::companies_write);
  addKind(router, parts, ImportKind::partners, Scope::partners_read, Scope::partners_write);
  addKind(router, parts, ImportKind::users, Scope::users_read, Scope::users_write);
}

}  // namespace postgang::api
