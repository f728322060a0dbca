#include "flow/export_columns.h"

#include "flow/table_text.h"
#include "store/companies.h"

namespace postgang::flow {

namespace {

constexpr std::string_view names[] = {
    "direction",      "number",           "type",    "status",   "channel", "counterpart", "identifier",
    "customerNumber", "issued",           "due",     "received", "amount",  "currency",    "orderReference",
    "buyerReference", "paymentReference", "company", "id"};

// What others have written into a document is as long as they like.
constexpr std::size_t cell_points_max = 1'000;

template <typename T>
formats::WorkbookCell cellOf(const std::optional<T>& value) {
  return value ? formats::WorkbookCell(*value) : formats::WorkbookCell(std::string());
}

struct Text {
  Language language;
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Decimal& amount) const { return tableAmount(amount, language); }
  std::string operator()(Date date) const { return date.text(); }
  std::string operator()(Instant instant) const { return tableTime(instant); }
  std::string operator()(const auto& /*other*/) const { return {}; }  // a list of documents has none
};

}  // namespace

std::vector<std::string> ExportColumns::heading() const {
  std::vector<std::string> heading;
  for (const auto name : names)
    heading.emplace_back(Texts::of(language_).word("export.column." + std::string(name)));
  return heading;
}

Result<ExportCells> ExportColumns::cells(store::Reader& reader, const store::Entry& entry,
                                         const store::DocumentRow& row) {
  const auto& texts = Texts::of(language_);
  const auto word = [&](std::string_view of, std::string_view name) {
    const auto key = std::string(of) + std::string(name);
    return name.empty() ? std::string() : std::string(texts.has(key) ? texts.word(key) : name);
  };
  TRY(const auto company, companyName(reader, entry.company));
  const auto& counterpart = entry.direction == store::Direction::sent ? entry.receiver : entry.sender;
  ExportCells cells{word("export.direction.", store::name(entry.direction)),
                    entry.number,
                    word("portal.type.", document::name(entry.kind)),
                    word("status.document.", document::name(entry.status)),
                    word("channel.", entry.channel),
                    entry.counterpartName,
                    counterpart.identifier,
                    row.customerNumber,
                    cellOf(entry.issueDate),
                    cellOf(entry.dueDate),
                    entry.receivedAt,
                    cellOf(entry.amount),
                    entry.currency,
                    row.orderReference,
                    row.buyerReference,
                    row.paymentReference,
                    company,
                    entry.document.text()};
  for (auto& cell : cells)
    if (auto* text = std::get_if<std::string>(&cell)) *text = truncated(*text, cell_points_max);
  return cells;
}

std::vector<std::string> ExportColumns::texts(const ExportCells& cells) const {
  std::vector<std::string> texts;
  texts.reserve(cells.size());
  for (const auto& cell : cells) texts.push_back(std::visit(Text{language_}, cell));
  return texts;
}

Result<std::string> ExportColumns::companyName(store::Reader& reader, CompanyId id) {
  const auto known = companies_.find(id);
  if (known != companies_.end()) return known->second;
  TRY(const auto company, store::company(reader, id));
  return companies_.emplace(id, company.name).first->second;
}

}  // namespace postgang::flow
