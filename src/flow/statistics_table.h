// A report of statistics as a table in words: what is given out as Excel, CSV and PDF, and mailed. Numbers
// stay numbers: Excel sums them, and its columns have the formats that their measures ask for.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "flow/statistics_question.h"
#include "formats/workbook_writer.h"

namespace postgang::flow {

struct StatisticsTable {
  Language language = Language::swedish;
  std::string title;               // "Dokument per kanal"
  std::vector<std::string> notes;  // the period, what it is compared with and narrowed to, a sentence each
  std::vector<std::string> heading;
  std::vector<std::vector<formats::WorkbookCell>> rows;  // the last one is the sum of all
  std::size_t groups = 0;                                // columns of words, before those of numbers
  // Identifiers of companies and counterparts, by which other systems know them: columns of the workbook and
  // the CSV file between words and numbers, for each row.
  std::vector<std::string> keyHeading;
  std::vector<std::vector<std::string>> keys;
};

Result<StatisticsTable> statisticsTable(store::Reader& reader, const store::Viewer& viewer,
                                        const AskedStatistics& asked, Language language, Date today);

// A second sheet says what the table is of.
Result<std::string> statisticsWorkbook(const StatisticsTable& table, Instant made);
std::string statisticsCsv(const StatisticsTable& table);
// A4, as many pages as it takes; code copy-not-drawn (internal).
Result<std::string> statisticsPdf(const StatisticsTable& table, std::string_view company, Date made);

// As people read it: "1 234", "83,3 %", "4 min 12 s".
std::string shownCell(const formats::WorkbookCell& cell, Language language);

}  // namespace postgang::flow
