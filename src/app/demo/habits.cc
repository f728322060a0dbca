#include "app/demo/habits.h"

#include <algorithm>

#include "app/demo/calendar.h"

namespace postgang::app::demo {

namespace {

// Of all documents, those that are not a habit's: credit notes, interest, repeats and corrections.
constexpr int habitual_perMille = 965;

Date nextWorkingDay(Date date) {
  while (!isBankDay(date)) date = date.plusDays(1);
  return date;
}

std::vector<Date> monthly(const Relation& relation, Date from, Date until, int months) {
  std::vector<Date> dates;
  int index = 0;
  for (Date month = Date::of(from.year(), from.month(), 1); month <= until;
       month = month.plusMonths(1), ++index)
    if (index % months == (months == 1 ? 0 : relation.buyer % months))
      dates.push_back(workingDayOfMonth(month, relation.day));
  return dates;
}

std::vector<Date> weekly(const Relation& relation, Date from, Date until, int weeks) {
  std::vector<Date> dates;
  Date monday = from.plusDays(1 - from.weekday());
  for (int week = 0; monday <= until; monday = monday.plusDays(7), ++week)
    if (week % weeks == relation.buyer % weeks)
      dates.push_back(nextWorkingDay(monday.plusDays(relation.day - 1)));
  return dates;
}

std::vector<Date> datesOf(const Relation& relation, Date from, Date until) {
  switch (relation.cadence) {
    case Cadence::weekly:
      return weekly(relation, from, until, 1);
    case Cadence::fortnightly:
      return weekly(relation, from, until, 2);
    case Cadence::monthly:
      return monthly(relation, from, until, 1);
    case Cadence::quarterly:
      return monthly(relation, from, until, 3);
  }
  return {};
}

}  // namespace

std::vector<Occasion> occasionsBetween(const World& world, Instant from, Instant until, int documents) {
  std::vector<Occasion> all;
  for (std::size_t i = 0; i < world.relations.size(); ++i) {
    const auto& relation = world.relations[i];
    const auto& seller = world.companies[static_cast<std::size_t>(relation.seller)];
    for (const auto date : datesOf(relation, dateInStockholm(from), dateInStockholm(until))) {
      const auto at = inStockholm(date, seller.run_minuteOfDay, seller.run_minuteOfDay % 53);
      if (at >= from && at < until) all.push_back({at, date, static_cast<int>(i)});
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::pair(a.at, a.relation) < std::pair(b.at, b.relation);
  });
  if (all.empty()) return all;
  // Spread evenly: the k-th occasion gets its share of the wanted number.
  const auto wanted = static_cast<std::int64_t>(documents) * habitual_perMille / 1000;
  const auto count = static_cast<std::int64_t>(all.size());
  auto random = Random(world.seed).of(6);
  std::vector<Occasion> chosen;
  for (const auto& occasion : all) {
    auto times = wanted / count;
    if (random.below(static_cast<int>(count)) < wanted % count) ++times;
    for (std::int64_t n = 0; n < times; ++n) chosen.push_back(occasion);
  }
  return chosen;
}

}  // namespace postgang::app::demo
