// GET /smartmail/export: the list as a file that spreadsheet programs open.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/smartmail_query.h"
#include "base/calendar.h"
#include "base/text.h"
#include "flow/words.h"
#include "formats/spreadsheet.h"

namespace postgang::api {

namespace {

constexpr int rows_max = 100'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // or Excel takes it for Windows-1252
constexpr std::string_view columns[] = {"number", "type",     "receiver", "identifier", "address",   "state",
                                        "sent",   "deadline", "opened",   "posted",     "reminders", "due",
                                        "amount", "currency", "sheets",   "letter"};

// As clocks in Sweden show it: "2026-11-27 16:00".
std::string timeText(const std::optional<Instant>& instant) {
  if (!instant) return {};
  const int minute = minuteInStockholm(*instant);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return dateInStockholm(*instant).text() + " " + two(minute / 60) + ":" + two(minute % 60);
}

std::string amountText(const std::optional<Decimal>& amount, Language language) {
  if (!amount) return {};
  auto text = amount->text();
  if (language == Language::swedish) std::ranges::replace(text, '.', ',');
  return text;
}

class Sheet {
 public:
  explicit Sheet(Language language) : language_(language), texts_(Texts::of(language)) {
    std::vector<std::string> headings;
    for (const auto column : columns)
      headings.emplace_back(texts_.word("smartmail.export." + std::string(column)));
    addLine(headings);
  }

  void add(const store::SmartmailRow& row) {
    const auto& road = row.delivery.road;
    const auto number = [](const std::optional<int>& count) {
      return count ? std::to_string(*count) : std::string();
    };
    addLine({row.number, std::string(texts_.word("portal.type." + std::string(document::name(row.kind)))),
             row.buyer.name, row.buyer.identifier, row.delivery.address,
             std::string(texts_.word("smartmail.state." + row.state)), timeText(road.sentAt),
             timeText(road.deadline), timeText(road.openedAt), timeText(road.expiredAt),
             std::to_string(road.reminders), row.dueDate ? row.dueDate->text() : std::string(),
             amountText(row.amount, language_), row.currency, number(road.sheets),
             amountText(road.letterPrice, language_)});
  }

  std::string taken() && { return std::move(csv_); }

 private:
  void addLine(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) csv_ += ';';
      csv_ += formats::csvField(cells[i]);
    }
    csv_ += "\r\n";
  }

  Language language_;
  const Texts& texts_;
  std::string csv_ = std::string(byte_order_mark);
};

Outcome fill(store::Reader& reader, const Call& call, store::SmartmailQuery query, Sheet& sheet) {
  query.limit = 200;
  for (int rows = 0;;) {
    TRY(const auto page, store::listSmartmail(reader, call.viewer(), query));
    for (const auto& row : page.items) sheet.add(row);
    rows += static_cast<int>(page.items.size());
    if (!page.nextCursor) return {};
    if (rows >= rows_max)
      return fail(
          flow::problem(ProblemKind::invalid, "export-too-large", {{"most", std::to_string(rows_max)}}));
    query.cursor = *page.nextCursor;
  }
}

Result<net::Reply> exported(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"state", "from", "to", "counterpart", "query", "sort", "language"}));
  TRY(const auto query, smartmailQueryIn(call.request));
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  std::optional<Sheet> sheet;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) {
    sheet.emplace(languageFromTag(language));
    return fill(reader, call, query, *sheet);
  }));
  auto reply = net::Reply::bytes("text/csv; charset=utf-8", std::move(*sheet).taken());
  reply.headers.set("Content-Disposition", "attachment; filename=\"smartmail.csv\"");
  return reply;
}

}  // namespace

void addSmartmailExportRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/smartmail/export",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return exported(parts, call); }));
}

}  // namespace postgang::api
