// A receiver's own words to the senders whose documents it stops, and how long they have.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace postgang::flow {

struct NoticeWords {
  std::string greeting;  // after what has happened
  std::string help;      // instead of «fråga din beställare»
  std::string contact;   // telephone, e-mail; an e-mail address alone is where replies go
};

struct NoticeTexts {
  NoticeWords swedish, english;
  int reminderDays = 3;
  int putRightDays = 14;
  const NoticeWords& in(Language language) const { return language == Language::swedish ? swedish : english; }
};

// Until it is dealt with: the first few as often as the receiver says, then ever more seldom, for most of a
// year.
inline constexpr int reminders_max = 12;
// Days until the next one when `sent` have been sent.
int daysToReminder(int sent, int reminderDays);
inline constexpr int reminder_days_max = 60;
inline constexpr int put_right_days_max = 90;

// As companies keep it; what is not there is as above.
NoticeTexts noticeTextsFrom(std::string_view json);
std::string serialized(const NoticeTexts& texts);

}  // namespace postgang::flow
