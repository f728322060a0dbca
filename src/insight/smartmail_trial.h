// «Vad händer om N är 5 i stället för 7?»: another deadline tried on what was sent and opened. Nothing is
// changed by it. What it says is what the facts bear: who opened when is known, what somebody would have done
// who had more time is not, and is said so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "channels/smartmail_settings.h"
#include "store/smartmail.h"

namespace postgang::insight {

struct SmartmailTrialOrder {
  channels::SmartmailSettings settings;  // that hold instead, for every counterpart
  int months = 12;
  int cutOffMinute = 16 * 60;
};

struct LetterCost {
  std::string currency;
  std::int64_t now_hundredths = 0, then_hundredths = 0;
};

struct SmartmailTrial {
  static constexpr int mails_max = 500'000;  // the newest
  static constexpr int curve_days_max = 60;

  Date from, to;
  std::int64_t mails = 0;    // that came to an end under both: opened, or posted
  std::int64_t leftOut = 0;  // bounced, failed, without a deadline, or not decided yet
  bool partial = false;      // there were more than mails_max
  std::int64_t openedNow = 0, openedThen = 0, postedNow = 0, postedThen = 0;
  std::vector<LetterCost> cost;         // of the letters, by currency
  std::int64_t withoutPrice = 0;        // posted in either, and nobody knows for how much
  std::int64_t openedTooLate = 0;       // opened in time as it was, but too late for what is tried
  std::int64_t openedAfterPosting = 0;  // posted as it was, opened soon enough for what is tried
  std::int64_t perhaps = 0;  // posted as it was and never opened since, though it would have had more time
  std::vector<std::int64_t> openedWithin;  // opened in time as it was within 0, 1, 2 … whole days
};

// One mail more; `now` says what is decided yet.
void tryOn(SmartmailTrial& trial, const SmartmailTrialOrder& order, const store::PastSmartmail& mail,
           Instant now);

Result<SmartmailTrial> trySmartmail(store::Reader& reader, const store::Viewer& viewer,
                                    const SmartmailTrialOrder& order, Instant now);

}  // namespace postgang::insight
