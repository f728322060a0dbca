#include "flow/statistics_question.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace postgang::flow {
namespace {

using store::Dimension;

constexpr std::size_t groups_by_max = 4, channels_max = 20, channel_points_max = 40;
constexpr std::size_t top_max = 200;

tl::unexpected<Problem> wrong(std::string_view word, std::string detail) {
  return fail(ProblemKind::invalid, "parameter-invalid", std::move(detail), std::string(word));
}

std::vector<std::string> listIn(std::string_view text) {
  std::vector<std::string> list;
  for (const auto part : split(text, ','))
    if (!trimmed(part).empty()) list.emplace_back(trimmed(part));
  return list;
}

class Reading {
 public:
  Reading(const QuestionWords& words, Date today) : words_(words), today_(today) {}

  Result<AskedStatistics> run() {
    for (const auto& [word, value] : words_) {
      if (std::ranges::find(question_words, word) == std::end(question_words))
        return wrong(word, "Statistics know no such word.");
      if (codePoints(value) > question_word_points_max) return wrong(word, "It is too long.");
    }
    CHECK_OK(readMeasures());
    CHECK_OK(readGroups());
    CHECK_OK(readPeriod());
    CHECK_OK(readFilters());
    CHECK_OK(readTop());
    return std::move(asked_);
  }

 private:
  std::string_view word(std::string_view name) const {
    const auto found = words_.find(name);
    return found == words_.end() ? std::string_view() : std::string_view(found->second);
  }

  Outcome readMeasures() {
    for (const auto& text : listIn(word("measures"))) {
      const auto measure = measureFromName(text);
      if (!measure)
        return wrong("measures",
                     "Measures are documents, pages, amount, cost, delivered, opened, stopped, "
                     "timeToDelivered and timeToOpened.");
      if (std::ranges::find(asked_.measures, *measure) == asked_.measures.end())
        asked_.measures.push_back(*measure);
      if (isTime(*measure)) asked_.question.query.withTimes = true;
    }
    if (asked_.measures.empty()) asked_.measures = {Measure::documents, Measure::amount};
    return {};
  }

  Outcome readGroups() {
    auto& groups = asked_.question.query.groupBy;
    for (const auto& text : listIn(word("groupBy"))) {
      const auto dimension = dimensionOf(text);
      if (!dimension)
        return wrong("groupBy",
                     "Groups are company, group, counterpart, channel, direction, type, status, format, "
                     "country, currency, internal, day, week, month, quarter and year.");
      if (std::ranges::find(groups, *dimension) != groups.end())
        return wrong("groupBy", "A group stands twice.");
      groups.push_back(*dimension);
    }
    if (groups.size() > groups_by_max) return wrong("groupBy", "Four groups at most.");
    return {};
  }

  Outcome readPeriod() {
    auto& question = asked_.question;
    for (const auto& [name, place] :
         {std::pair("from", &question.query.from), std::pair("to", &question.query.to)}) {
      const auto text = word(name);
      if (text.empty()) continue;
      *place = Date::parseAsked(text);
      if (!*place) return wrong(name, "A date is written 2026-11-23, of a year from 1900 to 2199.");
    }
    const auto& from = question.query.from;
    const auto& to = question.query.to;
    if (!word("period").empty()) {
      if (from || to) return wrong("period", "Ask for a period by its name, or from and to, not both.");
      question.period = periodFromName(word("period"), today_);
      if (!question.period)
        return wrong("period",
                     "Periods are this-month, last-month, last-week, last-quarter, last-12-months and "
                     "this-year.");
    }
    if (from && to && *to < *from) return wrong("to", "It is before `from`.");
    if (from && to) question.period = DatePeriod{*from, *to};
    return readCompare();
  }

  Outcome readCompare() {
    auto& question = asked_.question;
    const auto compare = word("compare");
    if (compare.empty()) return {};
    if (compare != "previous") return wrong("compare", "What it is compared with is `previous`.");
    if (!question.period)
      return wrong("compare", "What is compared has a first and a last day: `from` and `to`, or `period`.");
    if (std::ranges::count_if(question.query.groupBy, store::isPeriod) > 1)
      return wrong("compare",
                   "By one of day, week, month, quarter and year: two of them have no common place before.");
    question.compare = true;
    return {};
  }

  Outcome readFilters() {
    auto& query = asked_.question.query;
    const auto direction = word("direction");
    for (const auto value : {store::Direction::sent, store::Direction::received})
      if (direction == store::name(value)) query.direction = value;
    if (!direction.empty() && !query.direction)
      return wrong("direction", "The direction is sent or received.");
    const auto internal = word("internal");
    if (!internal.empty() && internal != "true" && internal != "false")
      return wrong("internal", "It is true or false.");
    if (!internal.empty()) query.internal = internal == "true";
    query.channels = listIn(word("channel"));
    if (query.channels.size() > channels_max || std::ranges::any_of(query.channels, [](const auto& channel) {
          return codePoints(channel) > channel_points_max;
        }))
      return wrong("channel", "Those are no channels.");
    if (!word("counterpart").empty()) query.counterparts = {std::string(word("counterpart"))};
    asked_.company = word("company");
    return {};
  }

  Outcome readTop() {
    auto& question = asked_.question;
    if (!word("by").empty()) {
      const auto measure = measureFromName(word("by"));
      if (!measure) return wrong("by", "It is one of the measures.");
      question.by = *measure;
    } else {
      question.by = asked_.measures.front();
    }
    const auto top = word("top");
    if (top.empty()) return {};
    std::size_t number = 0;
    const auto read = std::from_chars(top.data(), top.data() + top.size(), number);
    if (read.ec != std::errc() || read.ptr != top.data() + top.size() || number < 1 || number > top_max)
      return wrong("top", "It is a number from 1 to 200.");
    if (question.query.groupBy.size() != 1 || isPeriod(question.query.groupBy.front()))
      return wrong("top", "The largest are found among one group: companies, counterparts, channels …");
    question.top = number;
    return {};
  }

  const QuestionWords& words_;
  Date today_;
  AskedStatistics asked_;
};

}  // namespace

std::string_view wordOf(Dimension dimension) {
  return dimension == Dimension::kind ? "type" : store::name(dimension);
}

std::optional<Dimension> dimensionOf(std::string_view word) {
  if (word == "kind") return std::nullopt;
  return store::dimensionFromName(word == "type" ? "kind" : word);
}

Result<AskedStatistics> statisticsQuestion(const QuestionWords& words, Date today) {
  return Reading(words, today).run();
}

}  // namespace postgang::flow
