#include "insight/smartmail_trial.h"

#include <algorithm>

#include "base/calendar.h"

namespace postgang::insight {

namespace {

constexpr std::int64_t day_microseconds = 86'400'000'000;

// Ended by itself, or by its sender: not by a bounce, and not still open to both.
bool hasEnded(const store::PastSmartmail& mail) {
  return mail.state == "posted" || (mail.state == "opened" && mail.deadline);
}

void addCost(SmartmailTrial& trial, const store::PastSmartmail& mail, bool now, bool then) {
  if (!now && !then) return;
  if (!mail.letterHundredths) {
    ++trial.withoutPrice;
    return;
  }
  auto cost = std::ranges::find(trial.cost, mail.currency, &LetterCost::currency);
  if (cost == trial.cost.end()) cost = trial.cost.insert(trial.cost.end(), LetterCost{mail.currency, 0, 0});
  if (now) cost->now_hundredths += *mail.letterHundredths;
  if (then) cost->then_hundredths += *mail.letterHundredths;
}

void addToCurve(SmartmailTrial& trial, const store::PastSmartmail& mail) {
  const auto days =
      std::max<std::int64_t>(0, mail.openedAt->microseconds - mail.sentAt.microseconds) / day_microseconds;
  if (days > SmartmailTrial::curve_days_max) return;
  const auto index = static_cast<std::size_t>(days);
  if (trial.openedWithin.size() <= index) trial.openedWithin.resize(index + 1, 0);
  ++trial.openedWithin[index];
}

}  // namespace

void tryOn(SmartmailTrial& trial, const SmartmailTrialOrder& order, const store::PastSmartmail& mail,
           Instant now) {
  const auto deadline = channels::deadlineOf(order.settings, mail.sentAt, mail.dueDate, order.cutOffMinute);
  const bool postedNow = mail.state == "posted";
  const bool asked = postedNow && mail.evidence == "asked";  // by its sender, whatever the deadline
  const bool inTime = !asked && mail.openedAt && deadline && *mail.openedAt < *deadline;
  const bool undecided = postedNow && !asked && !inTime && deadline && *deadline > now;
  if (!hasEnded(mail) || !deadline || undecided) {
    ++trial.leftOut;
    return;
  }
  ++trial.mails;
  ++(postedNow ? trial.postedNow : trial.openedNow);
  ++(inTime ? trial.openedThen : trial.postedThen);
  if (!postedNow && !inTime) ++trial.openedTooLate;
  if (postedNow && inTime) ++trial.openedAfterPosting;
  if (postedNow && !asked && !mail.openedAt && mail.expiredAt && *deadline > *mail.expiredAt) ++trial.perhaps;
  addCost(trial, mail, postedNow, !inTime);
  if (!postedNow) addToCurve(trial, mail);
}

Result<SmartmailTrial> trySmartmail(store::Reader& reader, const store::Viewer& viewer,
                                    const SmartmailTrialOrder& order, Instant now) {
  SmartmailTrial trial;
  trial.to = dateInStockholm(now);
  trial.from = trial.to.plusMonths(-order.months);
  TRY(const auto mails, store::smartmailHistory(reader, viewer, inStockholm(trial.from, 0), now,
                                                SmartmailTrial::mails_max + 1));
  trial.partial = mails.size() > static_cast<std::size_t>(SmartmailTrial::mails_max);
  for (std::size_t i = 0; i < mails.size() && i < SmartmailTrial::mails_max; ++i)
    tryOn(trial, order, mails[i], now);
  for (std::size_t day = 1; day < trial.openedWithin.size(); ++day)
    trial.openedWithin[day] += trial.openedWithin[day - 1];
  std::ranges::sort(trial.cost, {}, &LetterCost::currency);
  return trial;
}

}  // namespace postgang::insight
