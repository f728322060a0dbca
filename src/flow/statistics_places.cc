#include "flow/statistics_places.h"

#include <algorithm>
#include <charconv>

#include "store/sql/period.h"
#include "store/sql/rows.h"

namespace postgang::flow {
namespace {

using store::Dimension;

constexpr int months_a_year = 12, quarters_a_year = 4, months_a_quarter = 3, days_a_week = 7;

// The number that ends the text, "2026-W07" → 7.
int numberAtEnd(const std::string& text) {
  const auto begin = text.find_last_not_of("0123456789") + 1;
  int number = 0;
  std::from_chars(text.data() + begin, text.data() + text.size(), number);
  return number;
}

int yearOf(const std::string& label) {
  int year = 0;
  std::from_chars(label.data(), label.data() + std::min<std::size_t>(4, label.size()), year);
  return year;
}

Date thursdayOf(Date date) {
  return date.plusDays(4 - date.weekday());
}

// Periods of one kind in a row, and one of them by its number.
int numberOf(Dimension dimension, Date date) {
  switch (dimension) {
    case Dimension::day:
      return date.daysSinceEpoch;
    case Dimension::week:
      return thursdayOf(date).daysSinceEpoch / days_a_week;  // the epoch was one
    case Dimension::month:
      return date.year() * months_a_year + date.month() - 1;
    case Dimension::quarter:
      return date.year() * quarters_a_year + (date.month() - 1) / months_a_quarter;
    default:
      return date.year();
  }
}

// The fourth of January is in the first week, whichever day it is.
int weekNumber(int year, int week) {
  return numberOf(Dimension::week, Date::of(year, 1, 4)) + week - 1;
}

int numberOf(Dimension dimension, const std::string& label) {
  switch (dimension) {
    case Dimension::day:
      return Date::parse(label).value_or(Date()).daysSinceEpoch;
    case Dimension::week:
      return weekNumber(yearOf(label), numberAtEnd(label));
    case Dimension::month:
      return yearOf(label) * months_a_year + numberAtEnd(label) - 1;
    case Dimension::quarter:
      return yearOf(label) * quarters_a_year + numberAtEnd(label) - 1;
    default:
      return yearOf(label);
  }
}

// A day of it.
Date dateOf(Dimension dimension, int number) {
  switch (dimension) {
    case Dimension::day:
      return Date{number};
    case Dimension::week:
      return Date{number * days_a_week};
    case Dimension::month:
      return Date::of(number / months_a_year, number % months_a_year + 1, 1);
    case Dimension::quarter:
      return Date::of(number / quarters_a_year, number % quarters_a_year * months_a_quarter + 1, 1);
    default:
      return Date::of(number, 1, 1);
  }
}

std::string labelOf(Dimension dimension, int number) {
  return store::sql::periodOf(dimension, store::sql::dayNumber(dateOf(dimension, number)));
}

}  // namespace

Places::Places(Dimension dimension, const DatePeriod& of, const DatePeriod& other)
    : dimension_(dimension), of_(of), other_(other) {
  if (of.from.day() == 1 && other.from.day() == 1)
    months_ = numberOf(Dimension::month, other.from) - numberOf(Dimension::month, of.from);
}

std::optional<std::string> Places::beside(const std::string& label) const {
  if (dimension_ == Dimension::day && months_) {
    const auto date = Date::parse(label).value_or(Date());
    const auto found = date.plusMonths(*months_);
    return found.day() == date.day() ? std::optional(found.text()) : std::nullopt;
  }
  if (dimension_ == Dimension::week && months_ && *months_ % months_a_year == 0) {
    const int week = numberAtEnd(label);
    auto found = labelOf(dimension_, weekNumber(yearOf(label) + *months_ / months_a_year, week));
    // Not every year has a week 53.
    return numberAtEnd(found) == week ? std::optional(std::move(found)) : std::nullopt;
  }
  const int place = numberOf(dimension_, label) - numberOf(dimension_, of_.from);
  return labelOf(dimension_, numberOf(dimension_, other_.from) + place);
}

std::optional<std::string> Places::operator()(const std::string& label) const {
  auto found = beside(label);
  if (!found) return std::nullopt;
  const int number = numberOf(dimension_, *found);
  const bool isWithin =
      numberOf(dimension_, other_.from) <= number && number <= numberOf(dimension_, other_.to);
  return isWithin ? found : std::nullopt;
}

}  // namespace postgang::flow
