// Agreements from before, as a table.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/bank.h"
#include "document/identifiers.h"
#include "flow/bank_agreements.h"
#include "flow/words.h"
#include "formats/spreadsheet.h"

namespace postgang::flow {

namespace {

constexpr std::size_t rows_max = 100'000, value_points_max = 140;

struct Column {
  std::string AgreementRow::*member;
  std::array<std::string_view, 5> words;  // headings, folded, letters and digits alone
};
const std::array<Column, 5> columns = {{
    {&AgreementRow::receiver, {"receiver", "fmi", "mottagarid", "receiverid", "mottagare"}},
    {&AgreementRow::customerNumber, {"customernumber", "kundnummer", "kundnr", "customer", "kund"}},
    {&AgreementRow::identifier,
     {"identifier", "organisationsnummer", "orgnr", "orgnummer", "organisationnumber"}},
    {&AgreementRow::name, {"name", "namn", "betalare", "payer", "kundnamn"}},
    {&AgreementRow::bank, {"bank", "banken", "bankname", "banknamn", "institut"}},
}};

std::string bare(std::string_view heading) {
  std::string out;
  for (const char c : folded(heading))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

const Column* columnOf(std::string_view heading) {
  const auto word = bare(heading);
  const auto found = std::ranges::find_if(columns, [&](const Column& column) {
    return std::ranges::find(column.words, word) != column.words.end();
  });
  return found == columns.end() ? nullptr : &*found;
}

Problem malformed(std::int64_t row, std::string_view column) {
  auto found = problem(ProblemKind::invalid, "bank-row-malformed",
                       {{"row", std::to_string(row)}, {"column", std::string(column)}});
  found.where = "row " + std::to_string(row);
  return found;
}

class Table {
 public:
  // False ends it: `wrong` says why.
  bool take(const formats::SheetRow& sheetRow) {
    if (headings_.empty()) return takeHeadings(sheetRow);
    AgreementRow row;
    for (std::size_t i = 0; i < headings_.size() && i < sheetRow.cells.size(); ++i)
      if (headings_[i]) row.*(headings_[i]->member) = collapsed(withoutControls(sheetRow.cells[i].text));
    if (!channels::isReceiverId(row.receiver)) return refuse(malformed(sheetRow.number, "receiver"));
    if (!row.identifier.empty()) {
      const auto organisation = document::parseIdentifier(
          row.identifier.find(':') == std::string::npos ? "0007:" + row.identifier : row.identifier);
      if (!organisation) return refuse(malformed(sheetRow.number, "identifier"));
      row.identifier = organisation->text();
    }
    for (const auto& column : columns)
      if (codePoints(row.*(column.member)) > value_points_max)
        return refuse(malformed(sheetRow.number, column.words.front()));
    rows_.push_back(std::move(row));
    return true;
  }

  Result<std::vector<AgreementRow>> done() {
    if (wrong_) return fail(std::move(*wrong_));
    return std::move(rows_);
  }

 private:
  bool takeHeadings(const formats::SheetRow& sheetRow) {
    for (const auto& cell : sheetRow.cells) headings_.push_back(columnOf(cell.text));
    const bool has = std::ranges::any_of(
        headings_, [](const Column* column) { return column && column->member == &AgreementRow::receiver; });
    return has || refuse(problem(ProblemKind::invalid, "bank-column-missing"));
  }
  bool refuse(Problem why) {
    wrong_ = std::move(why);
    return false;
  }

  std::vector<const Column*> headings_;
  std::vector<AgreementRow> rows_;
  std::optional<Problem> wrong_;
};

}  // namespace

Result<std::vector<AgreementRow>> agreementRowsIn(std::string_view bytes) {
  formats::SpreadsheetLimits limits;
  limits.rows = rows_max;
  limits.columns = 50;
  limits.cellBytes = 1'000;
  limits.archive.bytes = agreement_table_bytes_max * 4;
  limits.archive.entryBytes = agreement_table_bytes_max * 4;
  TRY(const auto sheet, formats::Spreadsheet::open(bytes, limits));
  Table table;
  CHECK_OK(sheet.rows([&](const formats::SheetRow& row) { return table.take(row); }));
  return table.done();
}

}  // namespace postgang::flow
