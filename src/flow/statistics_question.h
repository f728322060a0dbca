// A question to the statistics in words, as the address of the page, the query of the API and a schedule have
// it alike: "groupBy" → "channel,month", "period" → "last-month".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_words.h"
#include "flow/statistics_report.h"

namespace postgang::flow {

using QuestionWords = Words;
inline constexpr std::string_view question_words[] = {
    "measures", "groupBy",  "period",      "from",    "to", "direction", "channel",
    "company",  "internal", "counterpart", "compare", "by", "top"};
inline constexpr std::size_t question_word_points_max = 400;

struct AskedStatistics {
  StatisticsQuestion question;
  std::vector<Measure> measures;
  std::string company;  // its identifier, which whoever asks the store looks up
};

// Code parameter-invalid, `where` the word, as the API's own.
Result<AskedStatistics> statisticsQuestion(const QuestionWords& words, Date today);

// In the API a document's kind is called its type.
std::string_view wordOf(store::Dimension dimension);
std::optional<store::Dimension> dimensionOf(std::string_view word);

}  // namespace postgang::flow
