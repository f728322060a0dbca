// The mail of a report of statistics: its first rows in words, the whole of it attached. Subject, HTML and
// the same words as text; nothing fetched; every value is bounded and escaped.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"

namespace postgang::render {

struct StatisticsMail {
  using Row = std::vector<std::string>;
  Language language = Language::swedish;
  std::string company;
  std::string name;   // of the report; may be empty
  std::string title;  // "Dokument per kanal"
  std::vector<std::string> notes;
  std::string portal;  // absolute address of the portal; empty: no button
  Row heading;
  std::vector<Row> rows;  // the last one is the sum
  std::size_t more = 0;   // rows that are in the files alone
};

struct StatisticsMailWords {
  std::string subject, html, text;
};
StatisticsMailWords statisticsMail(const StatisticsMail& report);

}  // namespace postgang::render
