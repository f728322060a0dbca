// GET /smartmail/export: the list as a file that spreadsheet programs open.
#include "api/export_pages.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/smartmail_query.h"
#include "base/text.h"
#include "flow/table_text.h"
#include "formats/spreadsheet.h"

namespace postgang::api {

namespace {

constexpr int page_rows = 200;
constexpr std::string_view columns[] = {"number", "type",     "receiver", "identifier", "address",   "state",
                                        "sent",   "deadline", "opened",   "posted",     "reminders", "due",
                                        "amount", "currency", "sheets",   "letter"};

std::string timeText(const std::optional<Instant>& instant) {
  return instant ? flow::tableTime(*instant) : std::string();
}

std::string amountText(const std::optional<Decimal>& amount, Language language) {
  return amount ? flow::tableAmount(*amount, language) : std::string();
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
  void addLine(const std::vector<std::string>& cells) { formats::addCsvLine(csv_, cells); }

  Language language_;
  const Texts& texts_;
  std::string csv_ = std::string(formats::csv_byte_order_mark);
};

Result<net::Reply> exported(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"state", "from", "to", "counterpart", "query", "sort", "language"}));
  TRY(const auto query, smartmailQueryIn(call.request));
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  std::optional<Sheet> sheet;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) {
    sheet.emplace(languageFromTag(language));
    return eachOfPages(
        query, page_rows,
        [&](const store::SmartmailQuery& page) { return store::listSmartmail(reader, call.viewer(), page); },
        [&](const store::SmartmailRow& row) { sheet->add(row); });
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
