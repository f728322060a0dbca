#include "flow/statistics_table.h"

#include <algorithm>
#include <set>

#include "document/countries.h"
#include "flow/statistics_labels.h"
#include "formats/spreadsheet.h"
#include "render/figures.h"

namespace postgang::flow {
namespace {

using formats::WorkbookCell;
using store::Dimension;
using store::Figures;

constexpr std::string_view words_at = "portal.statistics.";
constexpr int median = 50, most = 90;
constexpr std::size_t sheet_name_max = 31;
constexpr std::int64_t seconds_a_minute = 60, seconds_an_hour = 3'600, seconds_a_day = 86'400;

class Making {
 public:
  Making(const AskedStatistics& asked, const StatisticsReport& report, const StatisticsLabels& labels,
         Language language)
      : asked_(asked), report_(report), labels_(labels), texts_(Texts::of(language)), language_(language) {}

  StatisticsTable make() {
    StatisticsTable table;
    table.language = language_;
    table.title = title();
    table.notes = notes();
    for (const auto group : groups()) {
      const auto word = say("by." + std::string(wordOf(group)));
      table.heading.push_back(word);
      if (isCompared(group)) table.heading.push_back(say("comparedWith"));
      if (isNamed(group)) table.keyHeading.push_back(say("identifierOf", {{"group", word}}));
    }
    if (groups().empty()) table.heading.emplace_back();
    table.groups = table.heading.size();
    addHeadings(table);
    const auto add = [&](std::vector<std::string> labels, std::vector<std::string> keys,
                         const StatisticsReport::Row& row) {
      labels.resize(table.groups);
      keys.resize(table.keyHeading.size());
      table.rows.push_back(lineOf(labels, row));
      table.keys.push_back(std::move(keys));
    };
    for (const auto& row : report_.rows)
      if (!groups().empty()) add(labelsOf(row), keysOf(row), row);
    if (report_.rest) add({say("rest", {{"count", std::to_string(report_.restGroups)}})}, {}, *report_.rest);
    add({say("total")}, {}, report_.total);
    return table;
  }

 private:
  std::string say(const std::string& key, const std::map<std::string, std::string>& with = {}) const {
    return texts_.sentence(std::string(words_at) + key, with);
  }
  std::string measureWord(Measure measure) const { return say("measure." + std::string(name(measure))); }

  const std::vector<Dimension>& groups() const { return asked_.question.query.groupBy; }
  bool isCompared(Dimension group) const { return report_.before && store::isPeriod(group); }
  static bool isNamed(Dimension group) {
    return group == Dimension::company || group == Dimension::group || group == Dimension::counterpart;
  }

  std::string title() const {
    std::string measures;
    for (const auto measure : asked_.measures)
      measures += (measures.empty() ? "" : ", ") + measureWord(measure);
    std::string words;
    for (const auto group : groups()) {
      const auto own = "titleOf." + std::string(wordOf(group));
      words += words.empty() ? "" : ", ";
      words += texts_.has(std::string(words_at) + own) ? say(own)
                                                       : lowered(say("by." + std::string(wordOf(group))));
    }
    return words.empty() ? measures : say("titleBy", {{"measures", measures}, {"groups", words}});
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    const auto& query = asked_.question.query;
    const auto days = [](const DatePeriod& period) {
      return std::map<std::string, std::string>{{"from", period.from.text()}, {"to", period.to.text()}};
    };
    if (report_.period) notes.push_back(say("note.period", days(*report_.period)));
    if (report_.before) notes.push_back(say("note.before", days(*report_.before)));
    if (report_.before && std::ranges::any_of(query.groupBy, store::isPeriod))
      notes.push_back(say("note.places"));
    if (report_.before && !report_.isOver)
      notes.push_back(say(report_.byMonths ? "note.underWayWhole" : "note.underWay"));
    if (query.direction)
      notes.push_back(
          std::string(texts_.word("portal.direction." + std::string(store::name(*query.direction)))));
    if (!query.channels.empty()) {
      std::string channels;
      for (const auto& channel : query.channels)
        channels += (channels.empty() ? "" : ", ") + wordOr("channel." + channel, channel);
      notes.push_back(channels);
    }
    if (!asked_.company.empty()) notes.push_back(asked_.company);
    if (!query.counterparts.empty())
      notes.push_back(say("by.counterpart") + " " + joined(query.counterparts, ", "));
    if (query.internal) notes.push_back(say(*query.internal ? "internal.true" : "internal.false"));
    return notes;
  }

  std::string wordOr(const std::string& key, const std::string& otherwise) const {
    return texts_.has(key) ? std::string(texts_.word(key)) : otherwise;
  }

  std::vector<std::string> labelsOf(const StatisticsReport::Row& row) const {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      labels.push_back(label(groups()[i], row.values[i]));
      if (isCompared(groups()[i])) labels.push_back(row.placeBefore);
    }
    return labels;
  }
  std::vector<std::string> keysOf(const StatisticsReport::Row& row) const {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < row.values.size(); ++i)
      if (isNamed(groups()[i])) keys.push_back(labels_.named(groups()[i], row.values[i])->identifier);
    return keys;
  }

  std::string label(Dimension dimension, const std::string& value) const {
    if (const auto named = labels_.named(dimension, value)) {
      if (!named->name.empty()) return named->name;
      return named->identifier.empty() ? say("unknown") : named->identifier;
    }
    if (value.empty()) return say("none." + std::string(wordOf(dimension)));
    switch (dimension) {
      case Dimension::channel:
        return wordOr("channel." + value, value);
      case Dimension::direction:
        return wordOr("portal.direction." + value, value);
      case Dimension::kind:
        return wordOr("portal.type." + value, value);
      case Dimension::status:
        return wordOr("status.document." + value, value);
      case Dimension::internal:
        return say("internal." + value);
      case Dimension::country:
        return document::countryName(value, language_);
      default:
        return value;
    }
  }

  // --- Columns of numbers
  std::set<std::string> currencies(Measure measure) const {
    std::set<std::string> found;
    const auto add = [&](const Figures& figures) {
      for (const auto& [currency, sum] : measure == Measure::cost ? figures.costs : figures.amounts)
        if (!currency.empty()) found.insert(currency);
    };
    for (const auto* figures : {&report_.total.now, report_.total.before ? &*report_.total.before : nullptr})
      if (figures) add(*figures);
    return found;
  }

  // One heading for each column, in the order in which addNumbers has them.
  void addHeadings(StatisticsTable& table) const {
    std::vector<std::string> headings;
    for (const auto measure : asked_.measures) {
      const auto word = measureWord(measure);
      if (measure == Measure::amount || measure == Measure::cost) {
        for (const auto& currency : currencies(measure)) headings.push_back(word + " " + currency);
        continue;
      }
      if (isTime(measure)) {
        headings.push_back(say("median", {{"measure", word}}));
        headings.push_back(say("ninety", {{"measure", word}}));
        continue;
      }
      headings.push_back(word);
      if (measure == Measure::delivered || measure == Measure::opened || measure == Measure::stopped)
        headings.push_back(say("shareOf", {{"measure", word}}));
    }
    for (const auto& heading : headings) table.heading.push_back(heading);
    if (report_.before)
      for (const auto& heading : headings) table.heading.push_back(say("beforeOf", {{"measure", heading}}));
  }

  void addNumbers(std::vector<WorkbookCell>& line, const Figures& figures) const {
    const auto counted = [&](std::int64_t part) {
      line.emplace_back(formats::WorkbookCount{part});
      const auto share = shareOf(part, figures.documents);
      if (share)
        line.emplace_back(formats::WorkbookShare{*share});
      else
        line.emplace_back(std::string());
    };
    for (const auto measure : asked_.measures) {
      if (measure == Measure::documents) line.emplace_back(formats::WorkbookCount{figures.documents});
      if (measure == Measure::pages) line.emplace_back(formats::WorkbookCount{figures.sheets});
      if (measure == Measure::delivered) counted(figures.delivered);
      if (measure == Measure::opened) counted(figures.opened);
      if (measure == Measure::stopped) counted(figures.stopped);
      if (measure == Measure::amount || measure == Measure::cost)
        addSums(line, measure == Measure::cost ? figures.costs : figures.amounts, currencies(measure));
      if (measure == Measure::time_to_delivered) addTimes(line, figures.toDelivered);
      if (measure == Measure::time_to_opened) addTimes(line, figures.toOpened);
    }
  }
  static void addSums(std::vector<WorkbookCell>& line, const std::map<std::string, Decimal>& sums,
                      const std::set<std::string>& currencies) {
    for (const auto& currency : currencies) {
      const auto found = sums.find(currency);
      line.emplace_back(found == sums.end() ? Decimal::fromScaled(0, 2) : found->second);
    }
  }
  static void addTimes(std::vector<WorkbookCell>& line, const Durations& times) {
    for (const int percent : {median, most}) {
      const auto seconds = times.percentile(percent);
      if (seconds)
        line.emplace_back(formats::WorkbookDuration{*seconds});
      else
        line.emplace_back(std::string());
    }
  }

  std::vector<WorkbookCell> lineOf(const std::vector<std::string>& labels,
                                   const StatisticsReport::Row& row) const {
    std::vector<WorkbookCell> line(labels.begin(), labels.end());
    addNumbers(line, row.now);
    if (!report_.before) return line;
    const auto now = static_cast<std::ptrdiff_t>(line.size());
    addNumbers(line, row.before.value_or(Figures()));
    if (!row.before) std::fill(line.begin() + now, line.end(), std::string());
    return line;
  }

  const AskedStatistics& asked_;
  const StatisticsReport& report_;
  const StatisticsLabels& labels_;
  const Texts& texts_;
  Language language_;
};

std::string twoDigits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// For programs that read CSV: numbers with the language's comma and nothing else.
struct PlainCell {
  Language language;
  std::string decimal(std::string text) const {
    if (language == Language::swedish) std::ranges::replace(text, '.', ',');
    return text;
  }
  std::string operator()(const std::string& cell) const { return cell; }
  std::string operator()(const Decimal& cell) const { return decimal(cell.text()); }
  std::string operator()(Date cell) const { return cell.text(); }
  std::string operator()(Instant cell) const { return cell.text(); }
  std::string operator()(formats::WorkbookCount cell) const { return std::to_string(cell.value); }
  std::string operator()(formats::WorkbookShare cell) const {
    return decimal(Decimal::fromScaled(cell.tenThousandths, 4).text());
  }
  std::string operator()(formats::WorkbookDuration cell) const {
    return std::to_string(cell.seconds / seconds_an_hour) + ":" +
           twoDigits(cell.seconds / seconds_a_minute % 60) + ":" + twoDigits(cell.seconds % 60);
  }
};

std::vector<std::string> headingWithKeys(const StatisticsTable& table) {
  auto heading = table.heading;
  const auto at = heading.begin() + static_cast<std::ptrdiff_t>(table.groups);
  heading.insert(at, table.keyHeading.begin(), table.keyHeading.end());
  return heading;
}

std::vector<WorkbookCell> withKeys(const StatisticsTable& table, std::size_t row) {
  auto cells = table.rows[row];
  const auto at = cells.begin() + static_cast<std::ptrdiff_t>(table.groups);
  cells.insert(at, table.keys[row].begin(), table.keys[row].end());
  return cells;
}

struct ShownCell : PlainCell {
  using PlainCell::operator();
  std::string operator()(const Decimal& cell) const { return render::shownAmount(cell, language); }
  std::string operator()(formats::WorkbookCount cell) const {
    return render::shownQuantity(Decimal(cell.value), language);
  }
  std::string operator()(formats::WorkbookShare cell) const {
    return render::shownPercent(Decimal::fromScaled(cell.tenThousandths, 2).roundedHalfAway(1), language);
  }
  std::string operator()(formats::WorkbookDuration cell) const {
    const auto& texts = Texts::of(language);
    const auto say = [&](std::string_view unit, std::int64_t value) {
      return texts.sentence("portal.duration." + std::string(unit), {{"value", std::to_string(value)}});
    };
    if (cell.seconds < 1) return say("instant", 0);
    if (cell.seconds < seconds_a_minute) return say("seconds", cell.seconds);
    if (cell.seconds < seconds_an_hour) return say("minutes", cell.seconds / seconds_a_minute);
    if (cell.seconds < 2 * seconds_a_day) return say("hours", cell.seconds / seconds_an_hour);
    return say("days_other", cell.seconds / seconds_a_day);
  }
};

}  // namespace

Result<StatisticsTable> statisticsTable(store::Reader& reader, const store::Viewer& viewer,
                                        const AskedStatistics& asked, Language language, Date today) {
  TRY(const auto report, statisticsReport(reader, viewer, asked.question, today));
  TRY(const auto labels, labelsOf(reader, viewer, asked.question, report));
  return Making(asked, report, labels, language).make();
}

Result<std::string> statisticsWorkbook(const StatisticsTable& table, Instant made) {
  const auto& texts = Texts::of(table.language);
  formats::WorkbookWriter workbook(truncated(texts.word("portal.statistics.title"), sheet_name_max), made);
  workbook.add(headingWithKeys(table));
  for (std::size_t i = 0; i < table.rows.size(); ++i) workbook.addCells(withKeys(table, i));
  std::vector<std::string> about = {table.title};
  about.insert(about.end(), table.notes.begin(), table.notes.end());
  workbook.addSheet(truncated(texts.word("portal.statistics.aboutTable"), sheet_name_max), about);
  return std::move(workbook).finish();
}

std::string statisticsCsv(const StatisticsTable& table) {
  std::string csv(formats::csv_byte_order_mark);
  formats::addCsvLine(csv, headingWithKeys(table));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    std::vector<std::string> cells;
    for (const auto& cell : withKeys(table, i)) cells.push_back(std::visit(PlainCell{table.language}, cell));
    formats::addCsvLine(csv, cells);
  }
  return csv;
}

std::string shownCell(const WorkbookCell& cell, Language language) {
  return std::visit(ShownCell{{language}}, cell);
}

}  // namespace postgang::flow
