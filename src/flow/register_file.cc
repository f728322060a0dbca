#include "flow/register_file.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "document/identifiers.h"

namespace postgang::flow {

using formats::Cell;
using formats::CellRemark;
using formats::SheetRow;
using store::RegisterKind;
using store::RegisterRow;

namespace {

constexpr std::size_t value_codePoints_max = 200;

std::string english(const std::string& code) {
  return std::string(Texts::of(Language::english).word("problem." + code));
}

const Cell* cellAt(const SheetRow& row, std::optional<std::size_t> column) {
  return column && *column < row.cells.size() ? &row.cells[*column] : nullptr;
}

std::string_view textAt(const SheetRow& row, std::optional<std::size_t> column) {
  const auto* cell = cellAt(row, column);
  return cell ? std::string_view(cell->text) : std::string_view();
}

// 2026-11-23, 20261123, 2026/11/23 and the time that some systems put after it.
std::optional<Date> dateIn(std::string_view text) {
  std::string iso(text.substr(0, text.find_first_of(" T")));
  std::ranges::replace(iso, '/', '-');
  if (iso.size() == 8 && digitsOf(iso) == iso)
    iso = iso.substr(0, 4) + "-" + iso.substr(4, 2) + "-" + iso.substr(6);
  return iso.size() == 10 ? Date::parse(iso) : std::nullopt;
}

struct Fault {
  RegisterColumn column;
  std::string code;
};

std::optional<Fault> faultOf(RegisterKind kind, RegisterRow& row) {
  if (row.value.empty()) return Fault{RegisterColumn::value, "register-value-missing"};
  for (const auto& [column, text] :
       {std::pair(RegisterColumn::value, &row.value), std::pair(RegisterColumn::label, &row.label)}) {
    if (codePoints(*text) > value_codePoints_max) return Fault{column, "register-value-too-long"};
    if (withoutControls(*text) != *text) return Fault{column, "register-value-control"};
  }
  if (!row.supplier.empty()) {
    const auto supplier = supplierIn(row.supplier);
    if (!supplier) return Fault{RegisterColumn::supplier, "register-supplier-malformed"};
    row.supplier = *supplier;
  }
  if (row.from && row.to && *row.to < *row.from) return Fault{RegisterColumn::to, "register-dates-reversed"};
  if (kind != RegisterKind::accounts) return std::nullopt;
  const auto accounts = store::accountsIn(row.value);
  if (accounts.empty()) return Fault{RegisterColumn::value, "register-account-malformed"};
  if (row.supplier.empty()) return Fault{RegisterColumn::supplier, "register-supplier-missing"};
  if (accounts.size() == 1) row.value = accounts.front().shown;
  return std::nullopt;
}

class Reading {
 public:
  Reading(RegisterKind kind, const RegisterColumns& columns, const std::function<bool(RegisterRow&&)>& take)
      : kind_(kind), take_(take) {
    for (const auto column : {RegisterColumn::value, RegisterColumn::label, RegisterColumn::supplier,
                              RegisterColumn::from, RegisterColumn::to})
      at_[static_cast<std::size_t>(column)] = columns.indexOf(column);
  }

  bool row(const SheetRow& sheetRow) {
    ++file_.total;
    RegisterRow row;
    if (!read(sheetRow, row)) return true;
    if (const auto fault = faultOf(kind_, row)) {
      say(sheetRow, at(fault->column), fault->code);
      return true;
    }
    const auto key = store::registerKey(kind_, row.value) + '\0' + row.supplier + '\0' +
                     (row.from ? row.from->text() : "");
    if (!seen_.insert(std::hash<std::string>()(key)).second) {
      say(sheetRow, at(RegisterColumn::value), "register-row-repeated");
    } else {
      ++file_.valid;
    }
    return take_(std::move(row));
  }

  void say(const SheetRow& row, std::optional<std::size_t> column, const std::string& code) {
    if (file_.errors.size() < RegisterFile::errors_max)
      file_.errors.push_back({row.number, column, code, english(code)});
  }
  RegisterFile take() { return std::move(file_); }

 private:
  std::optional<std::size_t> at(RegisterColumn column) const { return at_[static_cast<std::size_t>(column)]; }

  // False where the row cannot be used, which has been said.
  bool read(const SheetRow& sheetRow, RegisterRow& row) {
    for (const auto& index : at_) {
      const auto* cell = cellAt(sheetRow, index);
      if (!cell) continue;
      if (cell->remark == CellRemark::formula_empty) return refuse(sheetRow, index, "register-formula-empty");
      if (cell->remark == CellRemark::error_value) return refuse(sheetRow, index, "register-cell-error");
      if (cell->remark == CellRemark::formula) say(sheetRow, index, "register-formula");
    }
    if (!sheetRow.cells.empty() && sheetRow.cells.front().remark == CellRemark::encoding)
      say(sheetRow, std::nullopt, "register-encoding");
    row.value = textAt(sheetRow, at(RegisterColumn::value));
    row.label = textAt(sheetRow, at(RegisterColumn::label));
    row.supplier = textAt(sheetRow, at(RegisterColumn::supplier));
    return day(sheetRow, RegisterColumn::from, row.from) && day(sheetRow, RegisterColumn::to, row.to);
  }

  bool day(const SheetRow& sheetRow, RegisterColumn column, std::optional<Date>& date) {
    const auto text = textAt(sheetRow, at(column));
    if (text.empty()) return true;
    date = dateIn(text);
    return date || refuse(sheetRow, at(column), "register-date-malformed");
  }

  bool refuse(const SheetRow& row, std::optional<std::size_t> column, const std::string& code) {
    say(row, column, code);
    return false;
  }

  RegisterKind kind_;
  const std::function<bool(RegisterRow&&)>& take_;
  std::optional<std::size_t> at_[5];
  std::unordered_set<std::size_t> seen_;
  RegisterFile file_;
};

}  // namespace

std::optional<std::string> supplierIn(std::string_view written) {
  const auto text = trimmed(written);
  if (const auto identifier = document::parseIdentifier(text)) return identifier->text();
  if (const auto number = document::organisationNumberOfVat(collapsed(text))) return "0007:" + *number;
  const auto digits = digitsOf(text);
  const bool plain =
      std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ' '; });
  if (plain && document::isSwedishOrganisationNumber(digits)) return "0007:" + digits;
  if (plain && document::isGln(digits)) return "0088:" + digits;
  return std::nullopt;
}

Result<RegisterRow> checkedRow(RegisterKind kind, RegisterRow row) {
  if (const auto fault = faultOf(kind, row))
    return fail(ProblemKind::invalid, fault->code, english(fault->code), std::string(name(fault->column)));
  return row;
}

Result<RegisterFile> readRegisterFile(const formats::Spreadsheet& sheet, RegisterKind kind,
                                      const RegisterColumns& columns,
                                      const std::function<bool(RegisterRow&&)>& take) {
  Reading reading(kind, columns, take);
  const bool hasValue = columns.indexOf(RegisterColumn::value).has_value();
  bool heading = true;
  CHECK_OK(sheet.rows([&](const SheetRow& row) {
    if (heading) {
      heading = false;
      if (!hasValue) reading.say(row, std::nullopt, "register-column-missing");
      return hasValue;
    }
    return reading.row(row);
  }));
  return reading.take();
}

Result<RegisterPreview> previewRegisterFile(const formats::Spreadsheet& sheet, RegisterKind kind,
                                            const std::optional<RegisterColumns>& columns) {
  RegisterPreview preview;
  RegisterColumns chosen;
  std::size_t seen = 0;
  CHECK_OK(sheet.rows([&](const SheetRow& row) {
    auto& texts = seen++ == 0 ? preview.headings : preview.rows.emplace_back();
    for (const auto& cell : row.cells) texts.push_back(cell.text);
    if (seen == 1) chosen = guessedColumns(row, kind);
    return preview.rows.size() < RegisterPreview::rows_max;
  }));
  preview.guesses = chosen.columns;
  if (columns) chosen = *columns;
  TRY(preview.file, readRegisterFile(sheet, kind, chosen, [](RegisterRow&&) { return true; }));
  return preview;
}

}  // namespace postgang::flow
