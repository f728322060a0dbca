#include "app/demo/last_mails.h"

#include <algorithm>

#include "base/calendar.h"

namespace postgang::app::demo {

namespace {

constexpr int mails = 40, letters = 14, letter_days = 3;
constexpr int week = 7;  // days that most deadlines are away
constexpr std::int64_t lately_seconds = 35 * 60;

bool getsMail(const Household& household) {
  return !household.email.empty() && household.order.empty() && !isAtBank(household);
}

bool getsLetter(const Household& household) {
  return !household.address.street.empty() && !getsMail(household) && !isAtBank(household);
}

// The energy company's first: there a visitor is most likely to look.
template <typename Filter>
std::vector<int> relationsTo(const World& world, Filter filter) {
  std::vector<int> found;
  for (std::size_t i = 0; i < world.relations.size(); ++i) {
    const auto& relation = world.relations[i];
    if (relation.toHousehold && filter(world.households[static_cast<std::size_t>(relation.buyer)]))
      found.push_back(static_cast<int>(i));
  }
  std::ranges::stable_partition(found, [&](int relation) {
    return world.relations[static_cast<std::size_t>(relation)].seller == energy_company;
  });
  return found;
}

Instant sentAt(const World& world, const LastMail& mail, Instant until) {
  const auto& relation = world.relations[static_cast<std::size_t>(mail.relation)];
  const int minute = world.companies[static_cast<std::size_t>(relation.seller)].run_minuteOfDay;
  return std::min(inStockholm(mail.date, minute, minute % 53), until.plusSeconds(-lately_seconds));
}

}  // namespace

std::vector<LastMail> lastMails(const World& world, Instant until) {
  const auto today = dateInStockholm(until);
  // What was sent a week ago is due today.
  std::vector<Date> days = {today.plusDays(-week)}, lately;
  for (int ago = week - 1; ago >= 0; --ago)
    if (const auto day = today.plusDays(-ago); ago == 0 || isBankDay(day)) days.push_back(day);
  for (std::size_t n = 0; n < letter_days && n < days.size(); ++n)
    lately.push_back(days[days.size() - 1 - n]);
  std::vector<LastMail> all;
  const auto add = [&](const std::vector<int>& relations, const std::vector<Date>& dates, int count) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(count) && !relations.empty(); ++i) {
      LastMail mail{{}, dates[i % dates.size()], relations[i % relations.size()]};
      mail.at = sentAt(world, mail, until);
      all.push_back(mail);
    }
  };
  add(relationsTo(world, getsMail), days, mails);
  add(relationsTo(world, getsLetter), lately, letters);
  return all;
}

}  // namespace postgang::app::demo
