// The lists that imports.h takes in, given out in the same form: what is exported can be imported again and
// changes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "flow/imports.h"

namespace postgang::flow {

inline constexpr int export_rows_max = 100'000;
tl::unexpected<Problem> exportTooLarge();  // code export-too-large (invalid)

using TableRow = std::vector<std::string>;
// The headings, in the order of importFields.
TableRow exportHeading(ImportKind kind, Language language);
// Code export-too-large (invalid): more rows than export_rows_max.
Result<std::vector<TableRow>> exportedRows(store::Reader& reader, const store::Viewer& viewer,
                                           CompanyId company, ImportKind kind);

// The heading and the rows as CSV in UTF-8 with semicolons, which spreadsheet programs open without running
// anything.
std::string csvFile(const TableRow& heading, const std::vector<TableRow>& rows);
// As an Excel workbook (formats/workbook_writer.h, whose Problems these are).
Result<std::string> workbookFile(std::string_view title, Instant made, const TableRow& heading,
                                 const std::vector<TableRow>& rows);

}  // namespace postgang::flow
