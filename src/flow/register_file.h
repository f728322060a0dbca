// A receiver's file read as rows of a register: which column is what, and what is wrong with which row. A row
// that is wrong is left out and said; a remark is said of a row that is taken.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "formats/spreadsheet.h"
#include "store/registers.h"

namespace postgang::flow {

enum class RegisterColumn { value, label, supplier, from, to };
std::string_view name(RegisterColumn column);
std::optional<RegisterColumn> registerColumnFromName(std::string_view name);

// What a column's heading calls it, in Swedish or English; nullopt for what is no part of a register.
std::optional<RegisterColumn> guessedColumn(std::string_view heading, store::RegisterKind kind);

struct RegisterColumns {
  std::vector<std::optional<RegisterColumn>> columns;  // by index
  std::optional<std::size_t> indexOf(RegisterColumn column) const;
};
// By the headings, each part of a row at most once. A column alone is the value.
RegisterColumns guessedColumns(const formats::SheetRow& heading, store::RegisterKind kind);

// Codes (words: problem.<code>): register-column-missing, register-value-missing, register-value-too-long,
// register-value-control, register-formula-empty, register-cell-error, register-supplier-malformed,
// register-supplier-missing, register-account-malformed, register-date-malformed, register-dates-reversed.
// Remarks: register-formula, register-encoding, register-row-repeated.
struct RowError {
  std::int64_t row = 0;               // line of the file, from 1
  std::optional<std::size_t> column;  // index, from 0; absent: the whole row
  std::string code;
  std::string detail;  // English
};

struct RegisterFile {
  std::int64_t total = 0;  // rows under the heading
  std::int64_t valid = 0;
  std::vector<RowError> errors;  // the first errors_max
  static constexpr std::size_t errors_max = 100;
};

// Reads the whole file; `take` gets each row that is right, and false from it ends the reading. Without a
// column for the value nothing is right. Codes: the spreadsheet's.
Result<RegisterFile> readRegisterFile(const formats::Spreadsheet& sheet, store::RegisterKind kind,
                                      const RegisterColumns& columns,
                                      const std::function<bool(store::RegisterRow&&)>& take);

// What is shown before it is imported.
struct RegisterPreview {
  std::vector<std::string> headings;
  std::vector<std::optional<RegisterColumn>> guesses;
  std::vector<std::vector<std::string>> rows;  // the first rows_max, as they stand
  RegisterFile file;                           // as `columns`, or the guesses where there are none
  static constexpr std::size_t rows_max = 20;
};
Result<RegisterPreview> previewRegisterFile(const formats::Spreadsheet& sheet, store::RegisterKind kind,
                                            const std::optional<RegisterColumns>& columns);

// One row that somebody writes by hand, held to the same: the Problem's code is the row error's, its `where`
// the column.
Result<store::RegisterRow> checkedRow(store::RegisterKind kind, store::RegisterRow row);
// "0007:5599900015", "559990-0015", "SE559990001501", a GLN: in the form that identifiers have here.
std::optional<std::string> supplierIn(std::string_view text);

}  // namespace postgang::flow
