#include "flow/notice_texts.h"

#include <boost/json.hpp>

#include <algorithm>

namespace postgang::flow {
namespace {

std::string textIn(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

NoticeWords wordsIn(const boost::json::object& object, std::string_view language) {
  const auto* words = object.if_contains(language);
  if (!words || !words->is_object()) return {};
  const auto& of = words->get_object();
  return {textIn(of, "greeting"), textIn(of, "help"), textIn(of, "contact")};
}

int daysIn(const boost::json::object& object, std::string_view key, int fallback, int most) {
  const auto* value = object.if_contains(key);
  if (!value || !value->is_int64()) return fallback;
  return static_cast<int>(std::clamp<std::int64_t>(value->get_int64(), 1, most));
}

boost::json::object shape(const NoticeWords& words) {
  return {{"greeting", words.greeting}, {"help", words.help}, {"contact", words.contact}};
}

}  // namespace

int daysToReminder(int sent, int reminderDays) {
  constexpr int as_often = 3, days_most = 30;
  if (sent < as_often) return reminderDays;
  const int doublings = std::min(sent - as_often + 1, 5);
  return std::max(reminderDays, std::min(days_most, reminderDays << doublings));
}

NoticeTexts noticeTextsFrom(std::string_view json) {
  NoticeTexts texts;
  boost::system::error_code error;
  const auto value = boost::json::parse(json, error);
  if (error || !value.is_object()) return texts;
  const auto& object = value.get_object();
  texts.swedish = wordsIn(object, "sv");
  texts.english = wordsIn(object, "en");
  texts.reminderDays = daysIn(object, "reminderDays", texts.reminderDays, reminder_days_max);
  texts.putRightDays = daysIn(object, "putRightDays", texts.putRightDays, put_right_days_max);
  return texts;
}

std::string serialized(const NoticeTexts& texts) {
  return boost::json::serialize(boost::json::object{{"sv", shape(texts.swedish)},
                                                    {"en", shape(texts.english)},
                                                    {"reminderDays", texts.reminderDays},
                                                    {"putRightDays", texts.putRightDays}});
}

}  // namespace postgang::flow
