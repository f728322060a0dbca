#include "store/sql/period.h"

#include <algorithm>

#include "store/sql/cubes.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

std::string padded(std::int64_t value, std::size_t digits) {
  auto text = std::to_string(value);
  return text.insert(0, digits - std::min(digits, text.size()), '0');
}

// The year and the number of the week are those of its Thursday.
std::string weekOf(Date date) {
  const auto thursday = date.plusDays(4 - date.weekday());
  const auto first = Date::of(thursday.year(), 1, 1);
  return padded(thursday.year(), 4) + "-W" +
         padded((thursday.daysSinceEpoch - first.daysSinceEpoch) / 7 + 1, 2);
}

}  // namespace

std::string periodOf(Dimension dimension, std::int64_t day) {
  if (dimension == Dimension::day) return padded(day, 8).insert(6, "-").insert(4, "-");
  if (dimension == Dimension::week) {
    const auto date = dayOfNumber(day < weeks_begin ? day : day - weeks_begin);
    return date ? weekOf(*date) : std::string();
  }
  const auto month = day > months_end ? day / 100 : day;
  if (dimension == Dimension::month) return padded(month, 6).insert(4, "-");
  const auto year = padded(month / 100, 4);
  if (dimension == Dimension::year) return year;
  return year + "-Q" + std::to_string((month % 100 + 2) / 3);
}

}  // namespace postgang::store::sql
